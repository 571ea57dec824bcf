"""A stopped run in the whole window: asked about, resumed, let learn longer, or in other hands."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from catdog_gui.main_window import MainWindow
from catdog_gui.training_tab import jobs as training_jobs
from catdog_gui.training_tab.page import TrainingPage
from training.cancellation import CancelToken
from training.dataset.library import open_dataset
from training.events import EpochEnded, EventSink
from training.home import Home
from training.learning.pipeline import SplitPictures
from training.learning.presets import training_config
from training.learning.trainer import TrainingResult
from training.runs.history import write_history
from training.runs.lab_book import RunInfo, list_runs
from training.runs.run_folder import CHECKPOINT_FOLDER, STATE_FILE, RunRecord, create_run
from training.runs.training_lock import training_lock

EPOCH = EpochEnded(0, 0.7, 0.5, 0.6, 0.62, 10.0, 190.0)


class PlayedResume:
    """Stands in for `resume`, and is done at once."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int | None]] = []

    def __call__(
        self,
        run: str,
        home: Home,
        *,
        emit: EventSink,
        token: CancelToken,
        epochs: int | None = None,
    ) -> TrainingResult:
        self.asked.append((run, epochs))
        return TrainingResult(run, home.runs / run, 30, 8, 0.98)


@pytest.fixture
def folder(home: Home, sample_root: Path) -> Path:
    """A run that stopped after its first epoch of 30."""
    shutil.copytree(sample_root, home.root)
    config = training_config("notebook", "sample", epochs=30)
    with open_dataset(home, "sample") as catalog:
        fingerprint = SplitPictures.of(catalog, config).fingerprint
    record = RunRecord(
        config, "2026-11-26T05:11:00+00:00", fingerprint, ("cat", "dog"), "", {}, epochs_done=1
    )
    made = create_run(home, record)
    (made / CHECKPOINT_FOLDER / STATE_FILE).touch()
    write_history(made, [EPOCH])
    return made


@pytest.fixture
def opened(qtbot, home: Home) -> Iterator[Callable[[], TrainingPage]]:
    windows: list[MainWindow] = []

    def open_window() -> TrainingPage:
        window = MainWindow(home)
        qtbot.addWidget(window)
        windows.append(window)
        page = window.tabs.training_page
        with qtbot.waitSignal(window.jobs.ended):
            pass  # the home is listed
        qtbot.waitUntil(lambda: not window.jobs.running)
        return page

    yield open_window
    for window in windows:
        window.leave()


def test_a_window_that_opens_asks_about_the_stopped_run(opened, folder: Path) -> None:
    assert opened().banner.message().endswith("stopped at epoch 1 of 30. Continue?")


@pytest.mark.fault(86)
def test_a_run_that_another_trains_is_neither_asked_about_nor_trained_nor_deleted(
    qtbot, opened, home: Home, folder: Path
) -> None:
    with training_lock(folder):
        page = opened()
        assert page.banner.message() == ""
        for ask in (
            lambda: page.resume_requested.emit(folder.name),
            lambda: page.delete_requested.emit((folder.name,)),
        ):
            ask()
            qtbot.waitUntil(lambda: "is being trained by another" in page.banner.message())
            page.banner.dismiss()
    assert [info.run for info in list_runs(home)] == [folder.name]


@pytest.mark.parametrize(("answer", "asked"), [(50, True), (None, False)])
def test_a_run_learns_as_long_as_the_user_says(
    qtbot, opened, folder: Path, monkeypatch: pytest.MonkeyPatch, answer: int | None, asked: bool
) -> None:
    def answered(info: RunInfo) -> int | None:
        assert (info.run, info.epochs_planned) == (folder.name, 30)
        return answer

    resume = PlayedResume()
    monkeypatch.setattr(training_jobs, "resume", resume)
    page = opened()
    monkeypatch.setattr(page, "ask_for_epochs", answered)
    page.more_epochs_requested.emit(folder.name)
    if asked:
        qtbot.waitUntil(lambda: page.banner.message().startswith("Training is done"))
    assert resume.asked == ([(folder.name, answer)] if asked else [])
