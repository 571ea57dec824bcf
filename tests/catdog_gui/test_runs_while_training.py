"""While one run is trained, the model of any other gives verdicts in the Prediction tab."""

import shutil
from pathlib import Path

import pytest
from PIL import Image

from catdog_gui.background import Jobs
from catdog_gui.prediction_tab.controller import PredictionController
from catdog_gui.prediction_tab.page import PredictionPage
from catdog_gui.settings import Settings
from catdog_gui.training_tab.controller import TrainingController
from catdog_gui.training_tab.controls import Phase
from catdog_gui.training_tab.page import TrainingPage
from catdog_gui.widgets.image_drop import Dropped
from tests.catdog_gui.training_tab.conftest import EPOCH, PlayedTraining
from tests.training.runs.making import record
from training.cancellation import CancelToken
from training.dataset.importing import make_sample
from training.events import RunStarted, Stage, StageStarted
from training.home import Home
from training.resources import resource
from training.runs.notes import change_notes
from training.runs.run_folder import (
    CHECKPOINT_FOLDER,
    DEFAULT_RUN,
    ONNX_FILE,
    STATE_FILE,
    UNFINISHED,
    write_record,
)

FINISHED_RUN, TRAINED_RUN = "20260101-100000_express", "20260102-100000_notebook"
_PATIENCE_MS = 60_000


class Window:
    """Both tabs on one home, wired as the window wires them, and a training that is played."""

    def __init__(self, home: Home, settings: Path) -> None:
        self.jobs, self.training = Jobs(), PlayedTraining()
        self.training_page, self.prediction_page = TrainingPage(), PredictionPage()
        shared = {"home": home, "jobs": self.jobs, "settings": Settings(settings)}
        self.trainer = TrainingController(self.training_page, train=self.training, **shared)
        self.prediction = PredictionController(self.prediction_page, **shared)
        self.trainer.runs_changed.connect(self.prediction.models.refresh)

    @property
    def offered(self) -> list[str]:
        return [info.run for info in self.prediction.models._choice.runs]


@pytest.fixture(scope="module")
def sample_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("home")
    make_sample("sample", Home(root), emit=lambda _: None, token=CancelToken())
    return root


@pytest.fixture
def window(qtbot, home: Home, sample_root: Path, tmp_path: Path):
    shutil.copytree(sample_root, home.root)
    shutil.copytree(resource(DEFAULT_RUN), home.runs / FINISHED_RUN)
    window = Window(home, tmp_path / "settings.ini")
    qtbot.waitUntil(lambda: not window.jobs.running, timeout=_PATIENCE_MS)
    yield window
    window.training.ends.set()
    qtbot.waitUntil(lambda: not window.jobs.running, timeout=_PATIENCE_MS)


def begin_training(qtbot, window: Window, home: Home) -> None:
    """A run with a checkpoint, and even with a model that is being put in its place."""
    folder = home.runs / TRAINED_RUN
    (folder / CHECKPOINT_FOLDER).mkdir(parents=True)
    write_record(folder, record(state=UNFINISHED, created="2026-01-02T10:00:00+00:00"))
    (folder / CHECKPOINT_FOLDER / STATE_FILE).touch()
    (folder / ONNX_FILE).touch()
    window.training.told = [
        RunStarted(TRAINED_RUN, folder, 0, 2, steps_per_epoch=2, batch_size=20, device="CPU"),
        StageStarted(Stage.TRAINING, total=4, unit="steps"),
        EPOCH,
    ]
    window.trainer.train_requested()
    qtbot.waitUntil(lambda: window.trainer.phase is Phase.TRAINING, timeout=_PATIENCE_MS)


def test_another_runs_model_gives_verdicts_while_one_is_trained(
    qtbot, window: Window, home: Home, tmp_path: Path
) -> None:
    begin_training(qtbot, window, home)
    window.prediction.models.refresh()
    qtbot.waitUntil(lambda: not window.prediction.models._reading.is_running)
    assert window.offered == [DEFAULT_RUN, FINISHED_RUN]
    window.prediction_page.run_chosen.emit(window.offered.index(FINISHED_RUN))
    picture = tmp_path / "grey.png"
    Image.new("RGB", (64, 64), "grey").save(picture)
    window.prediction_page.pictures_dropped.emit(Dropped((picture,)))
    model = window.prediction._model
    qtbot.waitUntil(
        lambda: model.rowCount() == 1 and model.result(0).verdict is not None,
        timeout=_PATIENCE_MS,
    )
    assert model.result(0).verdict.error is None
    assert window.trainer.phase is Phase.TRAINING


def test_a_title_that_is_given_while_one_is_trained_shows_in_the_other_tab(
    qtbot, window: Window, home: Home
) -> None:
    begin_training(qtbot, window, home)
    window.training_page.title_given.emit(FINISHED_RUN, "Grey cats")
    combo = window.prediction_page._header._runs
    qtbot.waitUntil(lambda: combo.itemText(1).startswith("Grey cats"))
    words = [combo.itemText(row) for row in range(combo.count())]
    assert [word.startswith("Grey cats · ") for word in words] == [False, True]


def test_words_on_the_run_that_is_trained_stay_with_it(qtbot, window: Window, home: Home) -> None:
    begin_training(qtbot, window, home)
    change_notes(home.runs / TRAINED_RUN, title="Learning")
    window.trainer.refresh_datasets()
    book = window.training_page._lab_book
    qtbot.waitUntil(lambda: "Learning" in {info.title for info in book._runs.runs})
    window.training_page.star_requested.emit(TRAINED_RUN)
    (shown,) = (info for info in book._runs.runs if info.run == TRAINED_RUN)
    assert (shown.title, shown.starred, shown.state, shown.epochs) == (
        "Learning",
        True,
        "training",
        1,
    )
