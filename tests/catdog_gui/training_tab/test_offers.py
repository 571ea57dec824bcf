"""What the banner offers after a training, and when the window opens on a stopped one."""

import dataclasses
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QToolButton

from catdog_gui.settings import Settings
from catdog_gui.training_tab.offers import Offers
from catdog_gui.training_tab.page import TrainingPage
from catdog_gui.widgets.banner import BannerKind
from training.errors import NotANumberError, TrainingError
from training.events import RunStarted
from training.learning.trainer import TrainingResult
from training.runs.lab_book import RunInfo
from training.runs.run_folder import CHECKPOINT_FOLDER, STATE_FILE, UNFINISHED

RUN = RunStarted("run", Path("run"), 0, 30, steps_per_epoch=2, batch_size=20, device="CPU")
STOPPED = RunInfo(
    "run", Path("run"), "notebook", "kaggle", UNFINISHED, 12, 30, 6, None, None, "2026-11-26T05:11"
)


class Bench:
    def __init__(self, qtbot, settings: Settings) -> None:
        self._qtbot = qtbot
        self.page = TrainingPage()
        qtbot.addWidget(self.page)
        self.resumed: list[str] = []
        self.tried = 0
        self.offers = Offers(self.page, settings)
        self.offers.resume_requested.connect(self.resumed.append)
        self.offers.prediction_requested.connect(self._try)

    def _try(self) -> None:
        self.tried += 1

    @property
    def message(self) -> str:
        return self.page.banner.message()

    @property
    def offers_resume(self) -> bool:
        buttons = self.page.banner.findChildren(QPushButton)
        return any(one.text() == "Resume" and not one.isHidden() for one in buttons)

    def press(self, words: str) -> None:
        (button,) = (
            each for each in self.page.banner.findChildren(QPushButton) if each.text() == words
        )
        self._qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def close_message(self) -> None:
        (cross,) = (
            each
            for each in self.page.banner.findChildren(QToolButton)
            if each.accessibleName() == "Close this message"
        )
        self._qtbot.mouseClick(cross, Qt.MouseButton.LeftButton)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.ini")


@pytest.fixture
def bench(qtbot, settings: Settings) -> Bench:
    return Bench(qtbot, settings)


def test_a_stopped_run_is_offered_with_the_place_where_it_stopped(bench: Bench) -> None:
    bench.offers.ask_to_continue(STOPPED)
    assert bench.message == (
        "Run “notebook · 2026-11-26 05:11” stopped at epoch 12 of 30. Continue?"
    )
    bench.press("Resume")
    assert bench.resumed == ["run"]
    assert bench.message == ""


def test_a_run_that_stopped_in_its_first_epoch_says_so(bench: Bench) -> None:
    bench.offers.ask_to_continue(dataclasses.replace(STOPPED, epochs=0))
    assert "stopped in epoch 1 of 30" in bench.message


def test_a_closed_question_is_not_put_again_until_the_run_has_come_further(
    qtbot, bench: Bench, settings: Settings
) -> None:
    bench.offers.ask_to_continue(STOPPED)
    bench.close_message()
    later = Bench(qtbot, settings)
    later.offers.ask_to_continue(STOPPED)
    assert later.message == ""
    later.offers.ask_to_continue(dataclasses.replace(STOPPED, epochs=13))
    assert "epoch 13 of 30" in later.message


def test_a_question_that_a_training_takes_away_is_put_again(
    qtbot, bench: Bench, settings: Settings
) -> None:
    bench.offers.ask_to_continue(STOPPED)
    bench.page.banner.dismiss()
    later = Bench(qtbot, settings)
    later.offers.ask_to_continue(STOPPED)
    assert later.message


def test_closing_another_message_says_nothing_about_the_stopped_run(
    qtbot, bench: Bench, settings: Settings
) -> None:
    bench.offers.ask_to_continue(STOPPED)
    bench.page.banner.show_message(BannerKind.ERROR, "The disk is full.")
    bench.close_message()
    later = Bench(qtbot, settings)
    later.offers.ask_to_continue(STOPPED)
    assert later.message


def test_a_paused_run_can_go_on_at_once(bench: Bench) -> None:
    bench.offers.show_paused(RUN)
    bench.press("Resume")
    assert bench.resumed == ["run"]


def test_a_training_that_had_not_begun_has_nothing_to_resume(bench: Bench) -> None:
    bench.offers.show_paused(None)
    assert "before it began" in bench.message
    assert all(not button.isVisible() for button in bench.page.banner.findChildren(QPushButton))


def test_after_a_done_run_the_button_is_not_the_one_of_the_paused_run_before(bench: Bench) -> None:
    bench.offers.show_paused(RUN)
    bench.offers.show_done(TrainingResult("run", Path("run"), 30, 8, 0.98), "")
    bench.press("Try it on a picture")
    assert (bench.tried, bench.resumed) == (1, [])


def begun_in(folder: Path) -> RunStarted:
    (folder / CHECKPOINT_FOLDER).mkdir()
    (folder / CHECKPOINT_FOLDER / STATE_FILE).touch()
    return dataclasses.replace(RUN, folder=folder)


def test_a_training_that_broke_off_can_go_on_once_its_cause_is_gone(
    bench: Bench, tmp_path: Path
) -> None:
    error = TrainingError("The training pauses. The disk is full.", "Free some space and resume.")
    bench.offers.show_failed(error, begun_in(tmp_path))
    assert bench.message == "The training pauses. The disk is full."
    bench.press("Resume")
    assert bench.resumed == ["run"]


@pytest.mark.parametrize("has_run", [False, True])
def test_what_has_no_checkpoint_is_not_offered_again(
    bench: Bench, tmp_path: Path, has_run: bool
) -> None:
    run = dataclasses.replace(RUN, folder=tmp_path) if has_run else None
    bench.offers.show_failed(TrainingError("The disk is full.", "Free some space."), run)
    assert bench.message
    assert not bench.offers_resume


def test_what_would_lose_its_number_again_is_not_offered(bench: Bench, tmp_path: Path) -> None:
    error = NotANumberError("The loss is no longer a number.", "Choose a smaller learning rate.")
    bench.offers.show_failed(error, begun_in(tmp_path))
    assert not bench.offers_resume
