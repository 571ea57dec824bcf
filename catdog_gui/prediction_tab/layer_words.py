"""What each kind of layer does, in plain words: a table for each language."""

from collections.abc import Mapping
from dataclasses import dataclass

from catdog_gui.language import Language
from catdog_gui.prediction_tab.inside_sentences import SENTENCES
from training.events import LayerFacts

_PLACES = 3  # rows, columns and maps


@dataclass(frozen=True)
class LayerWords:
    """A kind of layer.

    Attributes:
        title: Its name for people.
        caption: What it does, in a sentence or two.
    """

    title: str
    caption: str


_SCALING = LayerWords(
    "Scaling",
    "Makes the numbers small, as the network learned them: 0 to 255 becomes about 0 to 1.",
)
_POOLED = "Each map becomes smaller, and a shift by a pixel matters less."
_ENGLISH: Mapping[str, LayerWords] = {
    "Rescaling": _SCALING,
    "Normalization": _SCALING,
    "Conv2D": LayerWords(
        "Convolution",
        "A kernel slides over what came before. Where the picture looks like it, its map is "
        "bright: all numbers of a map share the kernel's weights, so it finds one thing anywhere.",
    ),
    "DepthwiseConv2D": LayerWords(
        "Convolution of each map",
        "Each map before gets a kernel of its own and becomes one map.",
    ),
    "SeparableConv2D": LayerWords(
        "Separable convolution",
        "Each map before gets a kernel of its own; then each new map is a sum of all of them, each "
        "times one weight. It does a convolution's work with far fewer learned numbers.",
    ),
    "MaxPooling2D": LayerWords(
        "Pooling", f"Of each small window only the largest number is kept. {_POOLED}"
    ),
    "AveragePooling2D": LayerWords(
        "Pooling by the mean", f"Each small window becomes the mean of its numbers. {_POOLED}"
    ),
    "GlobalAveragePooling2D": LayerWords(
        "Mean of each map",
        "Each map becomes one number: how strongly it found its thing, wherever that was.",
    ),
    "GlobalMaxPooling2D": LayerWords(
        "Largest of each map",
        "Each map becomes one number: how strongly it found its thing at the best place.",
    ),
    "BatchNormalization": LayerWords(
        "Normalisation",
        "Shifts and scales each map to the range that the training got used to.",
    ),
    "ReLU": LayerWords(
        "ReLU", "What is below 0 becomes 0: a kernel says where its thing is, not where it is not."
    ),
    "Activation": LayerWords("Activation", "Bends each number by itself."),
    "Add": LayerWords(
        "Sum of two roads", "Adds the maps of a shortcut, so that nothing found earlier is lost."
    ),
    "Multiply": LayerWords("Weighting of maps", "Makes some maps count more than others."),
    "ZeroPadding2D": LayerWords(
        "Edge of zeros", "Adds zeros around each map, so that kernels reach the picture's edge."
    ),
    "Dropout": LayerWords(
        "Dropout",
        "Only a training sees it: it leaves numbers out by chance, so that none is relied on "
        "alone. Here everything passes.",
    ),
    "Flatten": LayerWords(
        "Flattening", "Puts the numbers of all maps in one row; places are told apart no more."
    ),
    "Dense": LayerWords(
        "Dense",
        "Each of its numbers is a sum over all numbers before it, each times a weight of its own. "
        "The last one says how likely a dog is.",
    ),
}

_ESCALA = LayerWords(
    "Escala",
    "Torna os números pequenos, como a rede os conheceu ao aprender: de 0 a 255 passam a cerca "
    "de 0 a 1.",
)
_MENOR = "Cada mapa fica menor, e um desvio de um pixel importa menos."
_PORTUGUESE: Mapping[str, LayerWords] = {
    "Rescaling": _ESCALA,
    "Normalization": _ESCALA,
    "Conv2D": LayerWords(
        "Convolução",
        "Um núcleo desliza sobre o que veio antes. Onde a imagem se parece com ele, o mapa fica "
        "claro: todos os números de um mapa usam os mesmos pesos, por isso ele encontra uma só "
        "coisa, esteja ela onde estiver.",
    ),
    "DepthwiseConv2D": LayerWords(
        "Convolução por mapa",
        "Cada mapa anterior tem um núcleo próprio e dá origem a um mapa.",
    ),
    "SeparableConv2D": LayerWords(
        "Convolução separável",
        "Cada mapa anterior tem um núcleo próprio; depois, cada novo mapa é uma soma de todos "
        "eles, cada um multiplicado por um peso. Faz o trabalho de uma convolução com muito menos "
        "números aprendidos.",
    ),
    "MaxPooling2D": LayerWords(
        "Pooling", f"De cada pequena janela fica apenas o maior número. {_MENOR}"
    ),
    "AveragePooling2D": LayerWords(
        "Pooling pela média", f"Cada pequena janela torna-se a média dos seus números. {_MENOR}"
    ),
    "GlobalAveragePooling2D": LayerWords(
        "Média de cada mapa",
        "Cada mapa torna-se um só número: com que força encontrou o que procura, onde quer que "
        "estivesse.",
    ),
    "GlobalMaxPooling2D": LayerWords(
        "Maior de cada mapa",
        "Cada mapa torna-se um só número: com que força encontrou o que procura, no melhor lugar.",
    ),
    "BatchNormalization": LayerWords(
        "Normalização",
        "Desloca e escala cada mapa para a faixa de valores a que o treinamento se habituou.",
    ),
    "ReLU": LayerWords(
        "ReLU",
        "O que está abaixo de 0 passa a 0: um núcleo diz onde está o que procura, não onde não "
        "está.",
    ),
    "Activation": LayerWords("Ativação", "Transforma cada número por si só."),
    "Add": LayerWords(
        "Soma de dois caminhos",
        "Soma os mapas de um atalho, para que nada do que foi encontrado antes se perca.",
    ),
    "Multiply": LayerWords(
        "Ponderação de mapas", "Faz com que alguns mapas contem mais do que outros."
    ),
    "ZeroPadding2D": LayerWords(
        "Borda de zeros",
        "Acrescenta zeros em volta de cada mapa, para que os núcleos cheguem à borda da imagem.",
    ),
    "Dropout": LayerWords(
        "Dropout",
        "Só o treinamento o vê: deixa números de fora ao acaso, para que a rede não dependa de "
        "nenhum deles sozinho. Aqui tudo passa.",
    ),
    "Flatten": LayerWords(
        "Achatamento",
        "Põe os números de todos os mapas em uma só fila; os lugares já não se distinguem.",
    ),
    "Dense": LayerWords(
        "Densa",
        "Cada um dos seus números é uma soma de todos os números anteriores, cada um vezes um "
        "peso próprio. O último diz quão provável é um cão.",
    ),
}
KINDS: Mapping[Language, Mapping[str, LayerWords]] = {
    Language.ENGLISH: _ENGLISH,
    Language.PORTUGUESE: _PORTUGUESE,
}
OTHER: Mapping[Language, str] = {
    Language.ENGLISH: "Reshapes or combines what came before.",
    Language.PORTUGUESE: "Reorganiza ou combina o que veio antes.",
}


def words_of(kind: str, language: Language) -> LayerWords:
    """The words for a kind of layer; a kind that the table lacks keeps Keras' name."""
    return KINDS[language].get(kind, LayerWords(kind, OTHER[language]))


def size_words(facts: LayerFacts, language: Language) -> str:
    """What a layer gives: "16 maps, 148 x 148", "512 numbers"."""
    say, count, shape = SENTENCES[language], language.count, facts.output_shape
    if has_places(facts):
        sentence = say.one_map if shape[2] == 1 else say.many_maps
        return sentence.format(count=count(shape[2]), rows=count(shape[0]), columns=count(shape[1]))
    numbers = shape[-1] if shape else 1
    return say.one_number if numbers == 1 else say.many_numbers.format(count=count(numbers))


def has_places(facts: LayerFacts) -> bool:
    """Whether a layer gives maps."""
    return len(facts.output_shape) == _PLACES


def caption_of(facts: LayerFacts, language: Language, *, is_shown: bool) -> str:
    """What a layer does and how it came to know it.

    Args:
        facts: The layer.
        language: Of the sentences.
        is_shown: Whether its numbers can be looked at, as maps or else in rows.
    """
    say = SENTENCES[language]
    words = [words_of(facts.kind, language).caption]
    if facts.parameters:
        words.append(say.learned.format(count=language.count(facts.parameters)))
    if not is_shown:
        words.append(say.no_maps)
    elif not has_places(facts):
        words.append(say.in_rows)
    return " ".join(words)
