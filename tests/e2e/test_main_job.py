"""The real program, started by its own `main`, does the main job offscreen."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QElapsedTimer, QMimeData, QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QSpinBox

from catdog_gui import app
from catdog_gui.main_window import MainWindow
from catdog_gui.prediction_tab.results_model import RESULT_ROLE
from catdog_gui.prediction_tab.results_view import ResultsView
from catdog_gui.training_tab.controls import Phase
from catdog_gui.widgets.image_drop import ImageDrop
from catdog_gui.wiring import TabName
from training.home import Home
from training.runs.lab_book import list_runs
from training.runs.run_folder import FINISHED

Script = Iterator[Callable[[], bool]]
LIMIT_MS = 100_000


class Player:
    """Plays a script inside the program's own event loop: each step waits until it is true."""

    def __init__(self, script: Callable[[MainWindow], Script]) -> None:
        self._script = script
        self._steps: Script | None = None
        self._condition: Callable[[], bool] = lambda: True
        self._clock = QElapsedTimer()
        self.window: MainWindow | None = None
        self.error: BaseException | None = None
        self._timer = QTimer(interval=20)
        self._timer.timeout.connect(self._play)

    def start(self) -> None:
        self._clock.start()
        self._timer.start()

    def _play(self) -> None:
        try:
            if self._clock.hasExpired(LIMIT_MS):
                raise TimeoutError(self._condition)
            if self.window is None:
                self._find_window()
            elif self._steps is not None and self._condition():
                self._condition = next(self._steps)
        except StopIteration:
            self._leave()
        except BaseException as error:  # noqa: BLE001 - told to the test, outside the loop
            self.error = error
            self._leave()

    def _find_window(self) -> None:
        shown = [each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow)]
        if shown and shown[0].isVisible():
            self.window = shown[0]
            self._steps = self._script(shown[0])

    def _leave(self) -> None:
        self._timer.stop()
        if self.window is not None:
            self.window.leave()


def button(parent: object, words: str) -> QPushButton:
    (found,) = [each for each in parent.findChildren(QPushButton) if each.text() == words]
    return found


def box(parent: object, name: str) -> QSpinBox:
    (found,) = [each for each in parent.findChildren(QSpinBox) if each.accessibleName() == name]
    return found


def drop(target: ImageDrop, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    offered = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton)
    keys = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(target, QDragEnterEvent(QPoint(9, 9), *offered, keys))
    QApplication.sendEvent(target, QDropEvent(QPoint(9, 9), *offered, keys))


def main_job(window: MainWindow) -> Script:
    tabs, home = window.tabs, window.home
    tabs.dataset_page.sample_requested.emit()
    yield lambda: (home.datasets / "sample").is_dir() and tabs.dataset.chosen == "sample"

    tabs.show(TabName.TRAINING)
    train = button(tabs.training_page, "Train")
    yield train.isEnabled
    box(tabs.training_page, "Epochs").setValue(2)
    box(tabs.training_page, "Image size").setValue(32)
    box(tabs.training_page, "Batch size").setValue(4)
    QTest.mouseClick(train, Qt.MouseButton.LeftButton)
    assert tabs.training.phase is Phase.STARTING
    assert not train.isEnabled()
    yield lambda: tabs.training.phase is Phase.TRAINING
    yield lambda: tabs.training.phase is Phase.IDLE
    (run,) = list_runs(home)
    assert (run.state, run.epochs) == (FINISHED, 2)

    tabs.show(TabName.PREDICTION)
    picture = next((home.datasets / "sample" / "pictures").rglob("dog.1.jpg"))
    yield tabs.prediction_page.isVisible
    areas = tabs.prediction_page.findChildren(ImageDrop)
    (target,) = [area for area in areas if area.isVisible()]
    drop(target, picture)
    (view,) = tabs.prediction_page.findChildren(ResultsView)
    yield lambda: view.model() is not None and view.model().rowCount() == 1
    yield lambda: bool(view.model().index(0, 0).data(RESULT_ROLE).verdict)
    verdict = view.model().index(0, 0).data(RESULT_ROLE).verdict
    assert verdict.verdict in {"cat", "dog", "neither"}
    assert 0.5 <= verdict.confidence <= 1


def second_start(window: MainWindow) -> Script:
    assert window.tabs.widget.currentIndex() == list(TabName).index(TabName.PREDICTION)
    assert box(window.tabs.training_page, "Epochs").value() == 2
    yield lambda: window.tabs.dataset.chosen == "sample"


@pytest.mark.timeout(240)
def test_import_train_and_classify_in_the_window_and_find_all_of_it_after_a_restart(
    qapp: QApplication, home: Home
) -> None:
    for script in (main_job, second_start):
        player = Player(script)
        player.start()
        assert app.main(home.root) == 0
        if player.error is not None:
            raise player.error
        assert player.window is not None
    log = "".join(path.read_text(encoding="utf-8") for path in home.logs.glob("*.log"))
    assert "Traceback" not in log
