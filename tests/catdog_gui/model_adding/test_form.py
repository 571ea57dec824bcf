"""The questions about a model: the guess is chosen, its reason said, the answer what shows."""

import dataclasses
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from catdog_gui.keras_models import questions_for
from catdog_gui.model_adding.form import ModelForm
from catdog_gui.model_adding.questions import OWN_SIZE, ModelAnswers
from training.learning.foreign.facts import ANY_SIZE, Answer, ForeignModel, Guess
from training.learning.foreign.importing import Examined

FILE = Path("/models/garfield.h5")
MODEL = ForeignModel(
    "garfield.h5", "0", "hdf5", "2.5.0", 150, 150, 3, Answer.SIGMOID, 3_453_121, 11, False
)
GUESS = Guess("0-1", "most models are trained so")


@pytest.fixture
def form(qtbot):
    form = ModelForm()
    qtbot.addWidget(form)
    form.resize(700, 600)
    form.show()
    return form


def ask(form, guess=GUESS, **changes):
    model = dataclasses.replace(MODEL, **{k: v for k, v in changes.items() if hasattr(MODEL, k)})
    told = {key: value for key, value in changes.items() if not hasattr(MODEL, key)}
    form.show_questions(questions_for(FILE, Examined(model, guess), **told))
    QApplication.processEvents()  # what is put into a layout is shown by an event


def said(form):
    return " ".join(label.text() for label in form.findChildren(QLabel) if label.isVisible())


def test_what_is_known_is_said_and_what_is_probable_is_chosen_with_its_reason(form):
    ask(form)
    words = said(form)
    for fact in (
        "11 layers, 3,453,121 weights",
        "150 x 150 pixels, in colour",
        "one probability",
        "Keras 2.5.0",
        "Probably: most models are trained so.",
        "A high answer means",
        "order of the alphabet",
    ):
        assert fact in words
    assert form.answers() == ModelAnswers("0-1", "cat,dog", OWN_SIZE)
    assert form.order.button(1).isChecked(), "dog"


def test_of_two_answers_the_first_is_asked_for(form, qtbot):
    ask(form, answer=Answer.SOFTMAX)
    assert "Its first answer stands for" in said(form)
    assert form.order.button(0).isChecked(), "cat"
    qtbot.mouseClick(form.order.button(1), Qt.MouseButton.LeftButton)
    assert form.answers().order == "dog,cat"


def test_pictures_that_told_say_so_and_are_not_asked_again(form):
    guess = Guess("signed", "93% of 48 pictures of “pets” are right that way", ("dog", "cat"), 0.93)
    ask(form, guess, tried_on="pets")
    assert form.answers() == ModelAnswers("signed", "dog,cat")
    assert form.order.button(0).isChecked(), "a high answer means cat"
    assert said(form).count("93% of 48 pictures") == 2
    assert not form.pictures_button.isVisible()


def test_pictures_that_did_not_tell_are_named(form):
    ask(form, tried_on="pets")
    assert "Pictures of “pets” do not tell." in said(form)


def test_labelled_pictures_are_offered_where_there_are_some(form, qtbot):
    ask(form)
    assert not form.pictures_button.isVisible()
    ask(form, could_tell="pets")
    assert form.pictures_button.text() == "Find out with pictures of “pets”"
    with qtbot.waitSignal(form.pictures_wanted):
        qtbot.mouseClick(form.pictures_button, Qt.MouseButton.LeftButton)


def test_the_size_is_asked_for_only_where_the_model_takes_any(form):
    ask(form)
    assert not form.side.isVisible()
    ask(form, height=ANY_SIZE, width=ANY_SIZE)
    assert form.side.isVisible()
    assert form.answers().image_size == 224
    form.side.setValue(10_000)
    assert form.answers().image_size == 512


def test_a_grey_model_is_offered_no_scaling_of_colours(form):
    ask(form, channels=1)
    assert form.scaling.findData("caffe") == -1
    assert "grey" in said(form)


def test_while_something_is_done_nothing_can_be_changed_but_it_can_be_stopped(form, qtbot):
    ask(form, could_tell="pets")
    form.set_working("Loading TensorFlow")
    assert "Loading TensorFlow" in said(form)
    for part in (form.scaling, form.order, form.add_button, form.pictures_button):
        assert not part.isEnabled()
    with qtbot.waitSignal(form.cancelled):
        qtbot.mouseClick(form.cancel_button, Qt.MouseButton.LeftButton)
    form.set_working("")
    assert form.add_button.isEnabled()
