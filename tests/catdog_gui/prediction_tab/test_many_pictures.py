"""Thousands of pictures in one drop: they queue, say how far they are, and can be stopped."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QPushButton

from catdog_gui.background import Jobs
from catdog_gui.prediction_tab.controller import PredictionController
from catdog_gui.prediction_tab.page import PredictionPage
from catdog_gui.settings import Settings
from catdog_gui.widgets.image_drop import ImageDrop
from tests.patience import CANCEL_S
from training.dataset.sample import draw_picture
from training.home import Home
from training.progress import StageState

MANY = 5_000


class Sight:
    """A real page, and the model that ships."""

    def __init__(self, home: Home, qtbot) -> None:
        self.page, self.jobs = PredictionPage(), Jobs()
        qtbot.addWidget(self.page)
        self.page.show()
        settings = Settings(home.settings_file)
        self.controller = PredictionController(
            self.page, home=home, jobs=self.jobs, settings=settings
        )
        self.states: list[StageState] = []
        self.controller._queue.state_changed.connect(self.states.append)

    def drop(self, *paths: Path) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        offered = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton)
        for kind in (QDragEnterEvent, QDropEvent):
            event = kind(QPoint(9, 9), *offered, Qt.KeyboardModifier.NoModifier)
            QApplication.sendEvent(self.page.findChild(ImageDrop), event)

    @property
    def rows(self) -> int:
        return self.controller._model.rowCount()

    @property
    def read(self) -> int:
        return self.controller._model.tally().read

    def is_idle(self) -> bool:
        return not self.jobs.running


@pytest.fixture
def sight(home: Home, qtbot) -> Iterator[Sight]:
    sight = Sight(home, qtbot)
    qtbot.waitUntil(sight.is_idle)  # until the runs are listed, whatever is dropped waits together
    yield sight
    assert sight.jobs.cancel_all_and_wait(limit_ms=10_000)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many")
    first = folder / "cat.0.jpg"
    draw_picture("cat", 0, seed=1).save(first)
    for number in range(1, MANY):
        os.link(first, folder / f"cat.{number}.jpg")
    return folder


@pytest.mark.fault(64)
@pytest.mark.parametrize(
    "dropped", [lambda folder: [folder], lambda folder: sorted(folder.iterdir())],
    ids=["a folder", "files"],
)  # fmt: skip
def test_five_thousand_pictures_say_how_far_they_are_and_stop_at_a_word(
    sight: Sight, many: Path, tmp_path: Path, qtbot, dropped: Callable[[Path], list[Path]]
) -> None:
    later = tmp_path / "later.jpg"
    draw_picture("dog", 0, seed=2).save(later)
    sight.drop(*dropped(many))
    sight.drop(later)
    qtbot.waitUntil(lambda: sight.read > 0, timeout=30_000)
    assert sight.rows == MANY, "what is dropped later waits"
    assert MANY in {state.stage.total for state in sight.states}
    began = time.monotonic()
    sight.page.cancel_requested.emit()
    qtbot.waitUntil(sight.is_idle, timeout=10_000)
    assert time.monotonic() - began < CANCEL_S
    assert 0 < sight.read < MANY
    words = {one.text() for one in sight.page.banner.findChildren(QPushButton)}
    assert sight.page.banner.isVisible()
    assert "Read the rest" in words
