"""What the self-tests say and refuse. That all their steps work is for the slow tests to say."""

import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLabel, QWidget

from catdog_gui import selftest, selftest_steps, viewer_selftest
from catdog_gui.selftest_steps import is_blank, own_home, perform, require_drawn
from training.dataset.sample import draw_picture
from training.errors import DatasetError, TrainingError, UserError
from training.events import Verdict
from training.inference.classifier import Classifier
from training.runs.lab_book import default_run


@pytest.fixture(autouse=True)
def same_surroundings(monkeypatch):
    """What a self-test sets for its process is gone with the test."""
    monkeypatch.setattr(os, "environ", os.environ.copy())


def test_each_step_says_a_line_that_begins_with_its_word(capsys):
    assert perform({"draw": lambda work: "300 pictures", "split": lambda work: "done"}, None) == 0
    first, second, last = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"draw +300 pictures \(\d+\.\d s\)", first)
    assert second.startswith("split ")
    assert re.fullmatch(r"ok +everything works \(\d+\.\d s\)", last)


def test_the_first_step_that_fails_is_the_last(capsys):
    def fail(work):
        raise DatasetError("There are no pictures.", "Import some.")

    assert perform({"draw": lambda work: "fine", "split": fail, "never": fail}, None) == 1
    said = capsys.readouterr()
    assert said.out.splitlines()[1:] == ["FAIL split: There are no pictures. Import some."]
    assert "DatasetError" in said.err


def test_the_steps_have_their_words_in_their_order():
    assert list(selftest.STEPS) == [
        "import",
        "check",
        "train",
        "export",
        "classify",
        "plot",
        "tabs",
    ]
    assert list(viewer_selftest.STEPS) == ["classify", "window"]


def test_nothing_is_left_and_nothing_is_written_elsewhere(monkeypatch):
    monkeypatch.setenv("CATDOG_HOME", "the user's")
    with own_home() as home:
        assert os.environ["CATDOG_HOME"] == str(home.root)
        for name in ("MPLCONFIGDIR", "KERAS_HOME", "XDG_CACHE_HOME"):
            assert home.root in Path(os.environ[name]).parents
    assert not home.root.exists()


def test_without_streams_it_still_works(monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    with own_home():
        assert perform({"draw": lambda work: "fine"}, None) == 0
        sys.stdout.close()


def test_what_is_blank_is_refused_and_letters_are_not(qtbot):
    nothing, words = QWidget(), QLabel("Drop pictures here")
    for widget in (nothing, words):
        qtbot.addWidget(widget)
        widget.resize(200, 40)
        widget.show()
    require_drawn(words, "The label")
    with pytest.raises(UserError, match="The widget is blank"):
        require_drawn(nothing, "The widget")


def test_a_picture_of_one_colour_or_of_none_is_blank():
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    assert is_blank(image)
    assert is_blank(QImage())


@pytest.fixture
def pictures(tmp_path):
    paths = [tmp_path / f"cat.{number}.png" for number in range(3)]
    for number, path in enumerate(paths):
        draw_picture("cat", number, seed=1).save(path)
    return paths


def test_the_model_that_ships_answers_the_same_alone_and_together(pictures):
    selftest.require_same_alone(default_run().folder, pictures)


def test_a_model_that_answers_otherwise_alone_is_refused(pictures, monkeypatch):
    def classify(self, sources):
        return [Verdict(str(path), "cat", 0.1 * len(sources), 0.9) for path in sources]

    monkeypatch.setattr(Classifier, "classify", classify)
    with pytest.raises(TrainingError, match="answers otherwise"):
        selftest.require_same_alone(default_run().folder, pictures)


def test_the_viewer_passes_its_own(qapp, capsys):
    assert viewer_selftest.run_selftest() == 0
    words = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert words == ["classify", "window", "ok"]


@pytest.mark.slow
@pytest.mark.timeout(420)
def test_the_whole_program_passes_its_own_and_leaves_nothing(tmp_path):
    places = dict.fromkeys(("HOME", "TMPDIR", "TEMP", "TMP"), str(tmp_path))
    done = subprocess.run(
        [sys.executable, "-m", "catdog_gui", "--selftest"],
        check=False,
        capture_output=True,
        text=True,
        timeout=400,
        env={**os.environ, **places},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    words = [line.split()[0] for line in done.stdout.splitlines()]
    assert words == [*selftest.STEPS, "ok"]
    assert list(tmp_path.iterdir()) == []


def test_a_failure_without_a_terminal_is_no_crash(monkeypatch):
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    monkeypatch.setattr(selftest_steps.traceback, "print_exception", lambda *_, **__: None)
    assert perform({"draw": lambda work: 1 / 0}, None) == 1
    assert sys.stdout.getvalue().startswith("FAIL draw: Something unexpected happened")
