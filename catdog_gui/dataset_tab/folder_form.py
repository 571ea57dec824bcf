"""Which class the pictures of each folder show, where the names of the folders do not say it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from catdog_gui import theme
from catdog_gui.dataset_tab.jobs import EXAMPLES
from catdog_gui.dataset_tab.words import counted
from catdog_gui.widgets.elided_label import ElidedLabel
from training.config import FOLDER_CLASSES, LEAVE_OUT
from training.dataset.picture import CLASSES

if TYPE_CHECKING:
    from training.dataset.class_folders import ClassFolder
    from training.dataset.decode import Pixels

_EXAMPLE_SIZE = QSize(56, 56)
_CHOICES = ("Cat", "Dog", "Neither", "Leave out")
_WIDTH_PX = 720
_ASKED = (
    "Some folders are named otherwise than cat or dog. Say what their pictures show: "
    "“Neither” keeps them excluded, “Leave out” does not import them."
)


_CHANGED = (
    "The pictures are corrected in the dataset, as one step that can be undone; your files stay as "
    "they are. “Neither” and “Leave out” exclude them. What you corrected one by one stays."
)


class FolderForm(QWidget):
    """Each folder with some of its pictures, how many it has, and what they show.

    Signals:
        answered: The user said it; a dict of `FOLDER_CLASSES` by the folders' keys.
        closed: The user thought better of it.
    """

    answered = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choices: dict[str, QComboBox] = {}
        self.button, self.cancel = QPushButton(), QPushButton("Cancel")
        self._needs_both = True
        self._what, self._missing = QLabel(wordWrap=True), QLabel()
        self._area = QScrollArea()
        self._dress()
        self._lay_out()

    def ask(
        self, folders: Sequence[ClassFolder], *, needs_both: bool, is_imported: bool = False
    ) -> None:
        """Ask; what is not clear comes first.

        Args:
            folders: All of them, with what they are taken for.
            needs_both: Whether cats and dogs both have to be among them.
            is_imported: Whether their pictures are in the dataset already, to be corrected there.
        """
        self._needs_both = needs_both
        self._what.setText(_CHANGED if is_imported else _ASKED)
        self.button.setText("Change" if is_imported else "Import")
        theme.emphasise(self.button, icon_name="check" if is_imported else "add")
        self.choices = {}
        rows = QWidget()
        grid = QGridLayout(rows)
        grid.setHorizontalSpacing(theme.SPACE_12)
        grid.setVerticalSpacing(theme.SPACE_8)
        grid.setColumnStretch(1, 1)
        for row, folder in enumerate(sorted(folders, key=lambda each: each.is_clear)):
            self._add_row(grid, row, folder)
        grid.setRowStretch(len(folders), 1)
        self._area.setWidget(rows)
        self._settle()

    def answers(self) -> Mapping[str, str]:
        """What the form says, by the folders' keys."""
        return {key: FOLDER_CLASSES[box.currentIndex()] for key, box in self.choices.items()}

    def _add_row(self, grid: QGridLayout, row: int, folder: ClassFolder) -> None:
        name = ElidedLabel()
        name.setText(folder.name)
        name.setToolTip(folder.key)
        count = QLabel(counted(folder.pictures, "picture"))
        theme.caption(count)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch()
        words.addWidget(name)
        words.addWidget(count)
        words.addStretch()
        box = QComboBox()
        box.addItems(_CHOICES)
        box.setCurrentIndex(FOLDER_CLASSES.index(folder.shown))
        box.setAccessibleName(f"What {folder.name} shows")
        box.currentIndexChanged.connect(self._settle)
        self.choices[folder.key] = box
        grid.addWidget(_strip(folder.examples), row, 0)
        grid.addLayout(words, row, 1)
        grid.addWidget(box, row, 2)

    def _settle(self) -> None:
        shown = set(self.answers().values())
        missing = [f"{each}s" for each in CLASSES if each not in shown]
        if self._needs_both:
            words = f"Say which folders show {' and which show '.join(missing)}." if missing else ""
        else:
            words = "Say what one of them shows at least." if shown == {LEAVE_OUT} else ""
        self._missing.setText(words)
        self.button.setEnabled(not words)

    def _dress(self) -> None:
        for label in (self._what, self._missing):
            theme.caption(label)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.button.clicked.connect(lambda *_: self.answered.emit(self.answers()))
        self.cancel.clicked.connect(lambda *_: self.closed.emit())

    def _lay_out(self) -> None:
        title = QLabel("What do these folders show?")
        theme.heading(title)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SPACE_8)
        buttons.addWidget(self.button)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self._missing, 1)
        inside = QWidget()
        inside.setMaximumWidth(_WIDTH_PX)
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.SPACE_8, theme.SPACE_8, theme.SPACE_8, theme.SPACE_8)
        column.setSpacing(theme.SPACE_12)
        for widget in (title, self._what):
            column.addWidget(widget)
        column.addWidget(self._area, 1)
        column.addLayout(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(inside, 100)
        row.addStretch(1)


def _strip(examples: Sequence[Pixels]) -> QWidget:
    strip = QWidget()
    row = QHBoxLayout(strip)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.SPACE_4)
    for place in range(EXAMPLES):
        label = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        label.setFixedSize(_EXAMPLE_SIZE)
        if place < len(examples):
            label.setPixmap(_pixmap(examples[place], strip.devicePixelRatio()))
        row.addWidget(label)
    return strip


def _pixmap(pixels: Pixels, ratio: float) -> QPixmap:
    height, width, channels = pixels.shape
    form = QImage.Format.Format_RGB888
    image = QImage(pixels.tobytes(), width, height, channels * width, form).copy()
    small = QPixmap.fromImage(image).scaled(
        _EXAMPLE_SIZE * ratio,
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    small.setDevicePixelRatio(ratio)
    return small
