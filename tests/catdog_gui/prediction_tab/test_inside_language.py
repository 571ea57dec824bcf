"""The network from inside in English and in Portuguese."""

import dataclasses
import string

import keras
import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QListWidget, QPushButton

from catdog_gui.language import Language, language_named, language_of
from catdog_gui.prediction_tab.inside_sentences import SENTENCES, InsideSentences
from catdog_gui.prediction_tab.layer_words import KINDS, OTHER
from catdog_gui.settings import INSIDE_LANGUAGE, Settings
from tests.catdog_gui.prediction_tab.sight import SIDE, Sight
from training.learning.models import build_notebook

ENGLISH, PORTUGUESE = Language.ENGLISH, Language.PORTUGUESE
FIELDS = [field.name for field in dataclasses.fields(InsideSentences)]


def texts(sentences):
    """Each sentence by its name; those of a tuple or a table by theirs."""
    found = {}
    for name in FIELDS:
        value = getattr(sentences, name)
        many = dict(enumerate(value)) if isinstance(value, tuple) else value
        if isinstance(many, str):
            found[name] = many
        else:
            found |= {f"{name} {key}": text for key, text in many.items()}
    return found


def gaps(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_every_language_has_the_same_sentences_with_the_same_gaps():
    assert set(SENTENCES) == set(KINDS) == set(OTHER) == set(Language)
    english, portuguese = texts(SENTENCES[ENGLISH]), texts(SENTENCES[PORTUGUESE])
    assert {name: gaps(text) for name, text in english.items()} == {
        name: gaps(text) for name, text in portuguese.items()
    }
    assert set(KINDS[ENGLISH]) == set(KINDS[PORTUGUESE])


def test_every_sentence_is_translated():
    portuguese = texts(SENTENCES[PORTUGUESE])
    same = {name for name, text in texts(SENTENCES[ENGLISH]).items() if portuguese[name] == text}
    assert same == set()
    for kind, words in KINDS[ENGLISH].items():
        assert words.caption != KINDS[PORTUGUESE][kind].caption


def test_sentences_stay_about_as_long_as_the_english_ones():
    english, portuguese = texts(SENTENCES[ENGLISH]), texts(SENTENCES[PORTUGUESE])
    assert sum(map(len, portuguese.values())) <= 1.3 * sum(map(len, english.values()))
    for kind, words in KINDS[PORTUGUESE].items():
        assert len(words.caption) <= max(50, 1.5 * len(KINDS[ENGLISH][kind].caption))


@pytest.mark.parametrize(
    ("locale", "language"),
    [("pt_BR", PORTUGUESE), ("pt_PT", PORTUGUESE), ("en_GB", ENGLISH), ("ja_JP", ENGLISH)],
)
def test_the_systems_language_is_the_first_one(locale, language):
    assert language_of(QLocale(locale)) is language


def test_a_language_that_nobody_knows_is_the_systems():
    assert language_named("Klingon") is language_named("") is language_of(QLocale.system())
    assert language_named("Português") is PORTUGUESE


def test_numbers_are_written_as_the_language_writes_them():
    assert (ENGLISH.count(9248), PORTUGUESE.count(9248)) == ("9,248", "9.248")
    assert (ENGLISH.decimal(-0.125), PORTUGUESE.decimal(-0.125)) == ("-0.125", "-0,125")


@pytest.fixture
def sight(qtbot, tmp_path):
    keras.utils.set_random_seed(1)
    sight = Sight(qtbot, tmp_path, build_notebook(SIDE))
    yield sight
    assert sight.jobs.cancel_all_and_wait(limit_ms=20_000)


def press(sight, qtbot, place):
    inside = sight.page.inside
    qtbot.mouseClick(inside._languages.button(place), Qt.MouseButton.LeftButton)


def test_a_click_puts_all_that_is_shown_into_portuguese_and_back(sight, qtbot):
    sight.open()
    inside = sight.page.inside
    in_english = sight.plain
    assert "It sees 3 x 3 pixels" in in_english
    press(sight, qtbot, 1)
    assert "Vê 3 x 3 pixels" in sight.plain
    assert "O vermelho contribui com" in sight.plain
    assert inside._caption.text().startswith("Um núcleo desliza")
    layers = inside.findChild(QListWidget)
    assert layers.item(1).text() == "Convolução\n16 mapas, 62 x 62"
    buttons = {button.text() for button in inside.findChildren(QPushButton)}
    assert "Voltar às imagens" in buttons
    assert [inside._shown.button(place).text() for place in (0, 1)] == ["Mapas", "Núcleo"]
    press(sight, qtbot, 0)
    assert sight.plain == in_english


def test_a_layer_and_a_kernel_are_told_of_in_the_language_that_was_chosen(sight, qtbot):
    sight.open()
    press(sight, qtbot, 1)
    inside = sight.page.inside
    qtbot.mouseClick(inside._shown.button(1), Qt.MouseButton.LeftButton)
    assert inside._caption.text().startswith("O núcleo do mapa 1:")
    sight.choose(next(name for name in sight.names if "flatten" in name))
    assert "Não produz mapas que se possam ver." in inside._caption.text()


def test_the_language_is_remembered(sight, qtbot, tmp_path):
    sight.open()
    press(sight, qtbot, 1)
    assert sight.settings.get(INSIDE_LANGUAGE) == "Português"
    sight.settings.save()
    assert Settings(tmp_path / "settings.ini").get(INSIDE_LANGUAGE) == "Português"
    again = Sight(qtbot, tmp_path, sight.network)
    assert again.page.inside._title.text() == "A rede por dentro"
