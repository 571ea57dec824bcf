"""The program's window over a home of drawn pictures, and the user's hands on what it opens."""

import shutil

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from catdog_gui.main_window import MainWindow
from catdog_gui.wiring import TabName
from tests.training.dataset.making import Import
from training.cancellation import CancelToken
from training.dataset.catalog import Split
from training.dataset.library import open_dataset
from training.dataset.sample import draw_sample
from training.runs.lab_book import default_run

OTHER = "other"
WRONG = "dog.90.jpg"


def shown(desk):
    """What the window's own facts say, to compare with what it shows."""
    return desk.tabs.judging.controller._judged


class Desk:
    """The window, the judging window, and keys and clicks."""

    def __init__(self, qtbot, home):
        self.qtbot, self.home = qtbot, home
        self.window = MainWindow(home)
        qtbot.addWidget(self.window)
        self.window.resize(1180, 760)
        self.window.show()
        self.jobs, self.tabs = self.window.jobs, self.window.tabs
        self.settle()

    @property
    def page(self):
        return self.tabs.judging.controller.page

    def settle(self):
        self.qtbot.waitUntil(lambda: not self.jobs.running, timeout=60_000)

    def open(self):
        self.tabs.show(TabName.PREDICTION)
        self.tabs.prediction_page._header.judge_action.trigger()
        self.settle()

    def click(self, button):
        assert button.isEnabled()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def judge(self):
        self.click(self.page.header.judge_button)

    def choose(self, combo, words):
        row = next(row for row in range(combo.count()) if words in combo.itemText(row))
        combo.setCurrentIndex(row)
        combo.activated.emit(row)
        self.settle()

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        self.view.setFocus()
        QTest.keyClick(self.view, key, modifier)
        self.settle()

    def click_chart(self, place, across, upward):
        """Click at a place of a chart, given in the drawing's own units."""
        at = self.place_in_chart(place, across, upward)
        QTest.mouseClick(self.page.chart.canvas, Qt.MouseButton.LeftButton, pos=at)
        self.settle()

    def told_over_chart(self, place, across, upward):
        """The lines that are told where the pointer rests."""
        at = QPointF(self.place_in_chart(place, across, upward))
        canvas, none = self.page.chart.canvas, Qt.MouseButton.NoButton
        above = canvas.mapToGlobal(at)
        moved = QMouseEvent(QEvent.Type.MouseMove, at, above, none, none, Qt.KeyboardModifier(0))
        QApplication.sendEvent(canvas, moved)
        return canvas.toolTip().split("\n")

    def place_in_chart(self, place, across, upward):
        chart = self.page.chart
        chart.segments.button(place).click()
        canvas = chart.canvas
        canvas.draw()
        x, y = canvas.figure.axes[0].transData.transform((across, upward))
        ratio = canvas.device_pixel_ratio
        return QPointF(x / ratio, canvas.height() - y / ratio).toPoint()

    @property
    def view(self):
        return self.page.pictures.desk.view

    @property
    def figures(self):
        return self.page.figures

    @property
    def names(self):
        return [self.view.tile(row).name for row in range(self.view.count())]

    @property
    def marks(self):
        return [self.view.tile(row).mark for row in range(self.view.count())]

    @property
    def group(self):
        return self.page.pictures.groups.currentText()

    def label_of(self, name):
        with open_dataset(self.home, "pets") as catalog:
            return next(p.label for p in catalog.pictures(state=None) if p.name == name)


@pytest.fixture(scope="session")
def drawn_once(tmp_path_factory):
    folder = tmp_path_factory.mktemp("drawn")
    draw_sample(folder, count=16, seed=3, emit=lambda _: None, token=CancelToken())
    return folder


@pytest.fixture
def pictures(drawn_once, tmp_path):
    """Eight drawn cats and eight drawn dogs; cat.0 is said to be a dog."""
    folder = shutil.copytree(drawn_once, tmp_path / "my pictures")
    (folder / "cat.0.jpg").rename(folder / "dog.90.jpg")
    return folder


@pytest.fixture
def pets(pictures, home):
    """A dataset of them: all but two are for validation, those two for the test."""
    Import(pictures, home)
    with open_dataset(home, "pets") as catalog:
        rows = {p.id: Split.VALIDATION for p in catalog.pictures()}
        for name in ("cat.7.jpg", "dog.7.jpg"):
            rows[next(p.id for p in catalog.pictures() if p.name == name)] = Split.TEST
        catalog.assign_splits(rows)
    return home


@pytest.fixture
def other(home):
    """A second run, which answers as the one that ships does."""
    return shutil.copytree(default_run().folder, home.runs / OTHER)


@pytest.fixture
def open_desk(qtbot, home):
    opened = []

    def open_one():
        opened.append(Desk(qtbot, home))
        opened[-1].open()
        return opened[-1]

    yield open_one
    for desk in opened:
        desk.window.leave()


@pytest.fixture
def desk(open_desk, pets):
    return open_desk()


@pytest.fixture
def judged(desk):
    desk.judge()
    return desk
