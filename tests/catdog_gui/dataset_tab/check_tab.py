"""The tab with a real page over a home of real pictures, and the user's hands."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from catdog_gui.background import Jobs
from catdog_gui.dataset_tab.controller import DatasetController
from catdog_gui.dataset_tab.page import DatasetPage
from catdog_gui.settings import Settings
from catdog_gui.widgets.image_drop import Dropped
from training.dataset.finding import LABEL_KINDS, Finding, FindingKind
from training.dataset.library import open_dataset


class CheckTab:
    """A tab, what it shows, and keys and clicks."""

    def __init__(self, qtbot, home):
        self.qtbot, self.home = qtbot, home
        self.page, self.jobs = DatasetPage(), Jobs()
        qtbot.addWidget(self.page)
        self.page.resize(1024, 640)
        self.page.show()
        self.controller = DatasetController(
            self.page, home=home, jobs=self.jobs, settings=Settings(home.settings_file)
        )
        self.gallery, self.view = self.page.gallery, self.page.gallery.view
        self.problems = self.page.problems
        self.settle()

    def settle(self):
        self.qtbot.waitUntil(lambda: not self.jobs.running, timeout=20_000)

    def drop(self, *paths):
        self.page.dropped.emit(Dropped(tuple(paths)))
        self.settle()

    def show(self, problem):
        self.page.show_problem(problem)
        self.settle()

    def select(self, *rows):
        """As a user does who holds Ctrl from the second picture on."""
        for row in rows:
            held = Qt.KeyboardModifier.ControlModifier if row != rows[0] else Qt.NoModifier
            place = self.view.visualRect(self.view.model().index(row, 0)).center()
            QTest.mouseClick(self.view.viewport(), Qt.MouseButton.LeftButton, held, place)
        self.view.setFocus()

    def press(self, key, *, on=None):
        QTest.keyClick(on or self.view, key)
        self.settle()

    def click(self, button):
        assert button.isEnabled()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def trigger(self, action):
        assert action.isEnabled()
        action.trigger()
        self.settle()

    def undo(self):
        self.trigger(self.gallery.put_right.undo)

    def redo(self):
        self.trigger(self.gallery.put_right.redo)

    @property
    def row(self):
        return self.view.currentIndex().row()

    @property
    def names(self):
        return [self.view.tile(row).name for row in range(self.view.count())]

    @property
    def marks(self):
        return [self.view.tile(row).mark for row in range(self.view.count())]

    @property
    def lines(self):
        """The problems' lines that are in sight."""
        rows = [*self.problems.rows.values(), self.problems.dismissed, self.problems.excluded]
        return [row.text().removesuffix(" ▸") for row in rows if not row.isHidden()]


def plant(home, name, *reasons):
    """Keep findings as a check of labels does: one for each of the first pictures, the worst first.

    Args:
        home: Where the dataset lives.
        name: The dataset.
        *reasons: Why each is suspicious.
    """
    with open_dataset(home, name) as catalog:
        findings = [
            Finding(FindingKind.LABEL, picture.id, 1 - place / 100, reason, picture.label)
            for place, (picture, reason) in enumerate(
                zip(catalog.pictures(), reasons, strict=False)
            )
        ]
        catalog.findings.replace(LABEL_KINDS, findings, of="planted")
