"""What the network from inside says, in each language: the same sentences with the same gaps.

What kinds of layers do stands in `layer_words`. The Portuguese is that of Brazil where the two
differ, in words that are plain in Portugal too; `docs/glossary.md` has the terms.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from catdog_gui.language import Language


@dataclass(frozen=True)
class InsideSentences:
    """The sentences of one language. Gaps in braces are filled in by name.

    Attributes:
        title: Above the view.
        back: The button that closes it.
        maps: The button for what a layer makes of the picture.
        kernel: The button for a layer's weights.
        shown: For a screen reader: what is chosen between the two.
        layers: For a screen reader: the list.
        maps_of_layer: For a screen reader: the small maps.
        chosen_map: For a screen reader: the large map.
        one_map: What a layer gives, in the list.
        many_maps: Likewise.
        one_number: Likewise.
        many_numbers: Likewise.
        learned: How many numbers a layer has learned.
        no_maps: Of a layer that gives none.
        in_rows: Of numbers that have no places in the picture.
        kernel_caption: What the images of a kernel are.
        untold: Of a layer whose numbers are not told of.
        map_place: Which number of a map it is.
        number_place: Which number it is where there are no maps.
        field: What it sees of the picture.
        summed: The sum of a convolution.
        activated: What the activation makes of the sum.
        parts: What each part of the sum is.
        map_term: A part of the sum.
        number_term: Likewise, where there are no maps.
        colour_terms: Likewise, of a picture's three colours.
        other_map: The parts that are not shown.
        other_maps: Likewise.
        other_number: Likewise.
        other_numbers: Likewise.
        window: Above the numbers of a pooling layer's window.
        wide_window: In their place, where they are too many.
        mean: What pooling by the mean gives.
        largest: What pooling by the largest gives.
        normalised: What normalisation does with a number.
        rectified: What ReLU does with a number.
        capped: Likewise, with a bound above.
        added: A sum of roads.
        activations: What Keras' activations are called.
    """

    title: str
    back: str
    maps: str
    kernel: str
    shown: str
    layers: str
    maps_of_layer: str
    chosen_map: str
    one_map: str
    many_maps: str
    one_number: str
    many_numbers: str
    learned: str
    no_maps: str
    in_rows: str
    kernel_caption: str
    untold: str
    map_place: str
    number_place: str
    field: str
    summed: str
    activated: str
    parts: str
    map_term: str
    number_term: str
    colour_terms: tuple[str, str, str]
    other_map: str
    other_maps: str
    other_number: str
    other_numbers: str
    window: str
    wide_window: str
    mean: str
    largest: str
    normalised: str
    rectified: str
    capped: str
    added: str
    activations: Mapping[str, str]


_ENGLISH = InsideSentences(
    title="The network from inside",
    back="Back to the pictures",
    maps="Maps",
    kernel="Kernel",
    shown="Shown",
    layers="Layers",
    maps_of_layer="Maps of this layer",
    chosen_map="Chosen map: click a place",
    one_map="1 map, {rows} x {columns}",
    many_maps="{count} maps, {rows} x {columns}",
    one_number="1 number",
    many_numbers="{count} numbers",
    learned="It has {count} learned numbers.",
    no_maps="It gives no maps to look at.",
    in_rows="Its numbers have no places in the picture: here they lie in rows.",
    kernel_caption="The kernel of map {map}: one small image of weights for each map that it looks "
    "at, the least black and the largest white.",
    untold="Of this layer it is not told what made a number. Choose another.",
    map_place="Map {map}, row {row}, column {column}: <b>{value}</b>.",
    number_place="Number {number}: <b>{value}</b>.",
    field="It sees {rows} x {columns} pixels: rows {top} to {bottom}, columns {left} to {right}.",
    summed="{sum} (the bias) = <b>{total}</b>",
    activated=", after {activation} <b>{value}</b>",
    parts="Each part is what it looks at, times the weights.",
    map_term="Map {map} before adds {total}:",
    number_term="Number {number} before adds {total}:",
    colour_terms=("Red adds {total}:", "Green adds {total}:", "Blue adds {total}:"),
    other_map="The other map before adds {total}.",
    other_maps="The other {count} maps before add {total}.",
    other_number="The other number before adds {total}.",
    other_numbers="The other {count} numbers before add {total}.",
    window="What it sees:",
    wide_window="It sees {rows} x {columns} numbers of its map.",
    mean="It gives their mean, {value}.",
    largest="It keeps the largest, {value}, and drops the rest.",
    normalised="The number before, less the mean of its map, divided by its spread, times a "
    "learned scale, plus a learned shift:",
    rectified="The number before is {given}. What is below 0 becomes 0: it gives {value}.",
    capped="The number before is {given}. What is below 0 becomes 0, what is above {most} becomes "
    "{most}: it gives {value}.",
    added="The numbers at its place, one from each road that meets here:",
    activations={"relu": "ReLU", "relu6": "ReLU6", "sigmoid": "the sigmoid"},
)

_PORTUGUESE = InsideSentences(
    title="A rede por dentro",
    back="Voltar às imagens",
    maps="Mapas",
    kernel="Núcleo",
    shown="Em exibição",
    layers="Camadas",
    maps_of_layer="Mapas desta camada",
    chosen_map="Mapa escolhido: clique em um ponto",
    one_map="1 mapa, {rows} x {columns}",
    many_maps="{count} mapas, {rows} x {columns}",
    one_number="1 número",
    many_numbers="{count} números",
    learned="Tem {count} números aprendidos.",
    no_maps="Não produz mapas que se possam ver.",
    in_rows="Os seus números não têm lugar na imagem: aqui aparecem em linhas.",
    kernel_caption="O núcleo do mapa {map}: uma pequena imagem de pesos para cada mapa que ele "
    "observa, com o menor peso em preto e o maior em branco.",
    untold="Desta camada não se mostra o que produziu cada número. Escolha outra.",
    map_place="Mapa {map}, linha {row}, coluna {column}: <b>{value}</b>.",
    number_place="Número {number}: <b>{value}</b>.",
    field="Vê {rows} x {columns} pixels: linhas {top} a {bottom}, colunas {left} a {right}.",
    summed="{sum} (o viés) = <b>{total}</b>",
    activated=", depois de aplicar {activation} <b>{value}</b>",
    parts="Cada parcela é o que a unidade observa, multiplicado pelos pesos.",
    map_term="O mapa anterior {map} contribui com {total}:",
    number_term="O número anterior {number} contribui com {total}:",
    colour_terms=(
        "O vermelho contribui com {total}:",
        "O verde contribui com {total}:",
        "O azul contribui com {total}:",
    ),
    other_map="O outro mapa anterior contribui com {total}.",
    other_maps="Os outros {count} mapas anteriores contribuem com {total}.",
    other_number="O outro número anterior contribui com {total}.",
    other_numbers="Os outros {count} números anteriores contribuem com {total}.",
    window="O que vê:",
    wide_window="Vê {rows} x {columns} números do seu mapa.",
    mean="Dá a média deles, {value}.",
    largest="Fica com o maior, {value}, e descarta os demais.",
    normalised="O número anterior, menos a média do seu mapa, dividido pelo desvio-padrão, vezes "
    "uma escala aprendida, mais um deslocamento aprendido:",
    rectified="O número anterior é {given}. O que está abaixo de 0 passa a 0: o resultado é "
    "{value}.",
    capped="O número anterior é {given}. O que está abaixo de 0 passa a 0, o que está acima de "
    "{most} passa a {most}: o resultado é {value}.",
    added="Os números do seu lugar, um de cada caminho que aqui se encontra:",
    activations={"relu": "a ReLU", "relu6": "a ReLU6", "sigmoid": "a sigmoide"},
)

SENTENCES: Mapping[Language, InsideSentences] = {
    Language.ENGLISH: _ENGLISH,
    Language.PORTUGUESE: _PORTUGUESE,
}
