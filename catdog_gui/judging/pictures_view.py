"""The pictures behind a figure, which can be put right where they are seen."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from catdog_gui import theme
from catdog_gui.dataset_tab.found import Corrected, Journal
from catdog_gui.dataset_tab.picture_desk import PictureDesk
from catdog_gui.judging import words
from catdog_gui.judging.facts import Behind, Judged, Special
from catdog_gui.judging.remarks import AnswerRemarks
from catdog_gui.widgets.elided_label import ElidedLabel
from training.dataset.pages import PicturePages
from training.dataset.picture import CLASSES, Picture
from training.inference.evaluation import ECE_BINS
from training.inference.figures import CONFIDENCE_BINS
from training.inference.groups import ALL, MISTAKES, NEITHER_GROUP, RIGHT, Group

_LEAST_COMBO_CHARACTERS = 24
_NO_LEAKS: dict[int, str] = {}
_IN_FOLDER = "Labels of a folder are the names that you gave: nothing is put right here."

LISTED: Sequence[Behind] = (
    MISTAKES,
    *(Group(label=label, called=called) for label in CLASSES for called in CLASSES),
    ALL,
    RIGHT,
    NEITHER_GROUP,
    *(Group(label=name) for name in CLASSES),
    *(Group(called=name) for name in CLASSES),
    *Special,
    *(
        Group(bar=bar, is_right=is_right)
        for is_right in (False, True)
        for bar in reversed(range(CONFIDENCE_BINS))
    ),
    *(Group(bin=each) for each in reversed(range(ECE_BINS))),
)
"""All that a figure or a chart can open, for who chooses by name."""


class PicturesView(QWidget):
    """A list of groups, the grid of the chosen one, and what puts pictures right.

    Args:
        cover: What the large picture covers.

    Signals:
        group_chosen: The user chose a `Behind`.
        decided: A `Decision` that the user took, and the ids of the pictures that it is about.
        undo_requested, redo_requested: The user wants to take a step back, or to do it again.
    """

    group_chosen = Signal(object)
    decided = Signal(object, object)
    undo_requested = Signal()
    redo_requested = Signal()

    def __init__(self, cover: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.groups = QComboBox()
        self.desk = PictureDesk(cover, self)
        self.nothing = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self.caption = ElidedLabel()
        self._offered: list[Behind] = []
        self._body = QStackedWidget()
        self._dress()
        self._lay_out()
        self._connect()

    def set_groups(self, judged: Judged, threshold: float, chosen: Behind) -> None:
        """Offer the groups that have pictures, without telling; one is chosen.

        The four cells and the mistakes are always offered.
        """
        counts = {behind: judged.count(behind, threshold) for behind in {*LISTED, chosen}}
        always = {*LISTED[:5], chosen}
        order = LISTED if chosen in LISTED else (*LISTED, chosen)
        self._offered = [each for each in order if counts[each] or each in always]
        with QSignalBlocker(self.groups):
            self.groups.clear()
            self.groups.addItems([words.counted_words(e, counts[e]) for e in self._offered])
            self.groups.setCurrentIndex(self._offered.index(chosen))

    def show_pictures(self, judged: Judged, threshold: float, behind: Behind) -> None:
        """Show the pictures behind a figure, the most surprising first."""
        ids = judged.behind(behind, threshold)
        self._tell(judged, threshold)
        self.desk.view.set_pictures(PicturePages(ids, judged.pictures_of))
        self.nothing.setText(words.no_pictures_words(behind))
        self._body.setCurrentIndex(0 if ids else 1)
        if ids:
            self.desk.view.look_at(0)

    def show_corrected(self, judged: Judged, threshold: float, corrected: Corrected) -> None:
        """Show what pictures are now, each where it is."""
        self._tell(judged, threshold)
        self.desk.replace(corrected.pictures)

    def look_at(self, pictures: Iterable[Picture]) -> bool:
        """Go to the first of some pictures; False where none of them is shown."""
        rows = self.desk.rows_of(picture.id for picture in pictures)
        if rows:
            self.desk.go_to(min(rows))
        return bool(rows)

    def set_changeable(self, can_change: bool) -> None:  # noqa: FBT001 - a setter's one value
        """Say whether the pictures can be put right."""
        self.desk.put_right.set_changeable(can_change)

    def _tell(self, judged: Judged, threshold: float) -> None:
        kept = judged.kept
        self.desk.view.set_notes(_NO_LEAKS, AnswerRemarks(judged, threshold))
        self.desk.put_right.set_journal(Journal() if kept is None else kept.journal)
        self.caption.setText(_IN_FOLDER if kept is None else "")

    def _on_groups_activated(self, place: int) -> None:
        self.group_chosen.emit(self._offered[place])

    def _dress(self) -> None:
        self.groups.setAccessibleName("Which pictures are shown")
        self.groups.setMinimumContentsLength(_LEAST_COMBO_CHARACTERS)
        self.groups.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.groups.setMaxVisibleItems(24)
        theme.caption(self.caption)
        self.caption.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.desk.view.set_detailed(True)

    def _lay_out(self) -> None:
        label = QLabel("Show")
        label.setBuddy(self.groups)
        top = QHBoxLayout()
        top.setSpacing(theme.SPACE_8)
        top.addWidget(label)
        top.addWidget(self.groups)
        top.addStretch()
        self._body.addWidget(self.desk.view)
        self._body.addWidget(self.nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_8)
        column.addLayout(top)
        column.addWidget(self._body, 1)
        column.addWidget(self.desk.build_foot(self.caption))

    def _connect(self) -> None:
        put_right = self.desk.put_right
        self.groups.activated.connect(self._on_groups_activated)
        self.desk.decided.connect(self.decided)
        put_right.undo_requested.connect(self.undo_requested)
        put_right.redo_requested.connect(self.redo_requested)
        for action, key in (
            (put_right.undo, QKeySequence.StandardKey.Undo),
            (put_right.redo, QKeySequence.StandardKey.Redo),
        ):
            action.setShortcut(QKeySequence(key))
            self.addAction(action)
