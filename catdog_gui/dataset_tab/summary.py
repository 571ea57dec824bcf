"""A dataset in figures: how many pictures, of which class, in which split, with how many leaks."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from catdog_gui import theme
from catdog_gui.dataset_tab.controls import Controls
from catdog_gui.dataset_tab.picture_filter import Problem
from catdog_gui.dataset_tab.problem_button import ProblemButton
from catdog_gui.dataset_tab.words import counted, is_split, unsplit
from catdog_gui.widgets.share_bar import Share, ShareBar
from training.dataset.picture import DatasetInfo

_BIG_SCALE = 2.2
_ICON_PX = 18
_SWATCH_PX = 12
_SPLIT_SHADES = (1.0, 0.6, 0.35)  # of the accent: training, validation, test


class Summary(QWidget):
    """The figures of one dataset. Its leaks can be clicked.

    Signals:
        problem_requested: The user wants to see the pictures with a `Problem`.
        leave_copies_out_requested: The user wants no leaks.
    """

    problem_requested = Signal(object)
    leave_copies_out_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.count = QLabel()
        self._noun = QLabel()
        self._classes = ShareBar()
        self.cats, self.dogs = QLabel(), QLabel()
        self._split = ShareBar()
        self._legend = _SplitLegend()
        self.split_state = QLabel()
        self.leaks = ProblemButton()
        self.leave_copies_out = QToolButton()
        self.all_well = QLabel()
        self._dress()
        self._lay_out()

    def show_info(self, info: DatasetInfo) -> None:
        """Show a dataset's figures."""
        self.count.setText(f"{info.pictures:,}")
        self._noun.setText("picture" if info.pictures == 1 else "pictures")
        self.cats.setText(counted(info.cats, "cat"))
        self.dogs.setText(counted(info.dogs, "dog"))
        self._classes.set_shares(
            [
                Share("cats", info.cats, partial(theme.colour, "cat")),
                Share("dogs", info.dogs, partial(theme.colour, "dog")),
            ]
        )
        self._show_split(info)
        self._show_findings(info)

    def set_controls(self, controls: Controls) -> None:
        """Switch what is live."""
        self.leave_copies_out.setEnabled(controls.can_leave_copies_out)

    def _show_split(self, info: DatasetInfo) -> None:
        counts = (info.train, info.validation, info.test)
        words = ("for training", "for validation", "for the test")
        shades = [partial(_accent, share) for share in _SPLIT_SHADES]
        rest = Share("in no split", unsplit(info), partial(theme.colour, "neither"))
        shares = [Share(*each) for each in zip(words, counts, shades, strict=True)]
        self._split.set_shares([*shares, rest] if is_split(info) else [])
        self._legend.show_counts((*counts, rest.count))
        self._legend.setVisible(is_split(info))
        self.split_state.setText("" if is_split(info) else "Not split yet")

    def _show_findings(self, info: DatasetInfo) -> None:
        self.leaks.show_count(info.leaks, counted(info.leaks, "leak"))
        self.leave_copies_out.setVisible(info.leaks > 0)
        well = [
            *(["0 leaks."] if is_split(info) and not info.leaks else []),
            *([] if info.quarantined else ["Every picture can be read."]),
        ]
        self.all_well.setText(" ".join(well))
        self.all_well.setVisible(bool(well))

    def _dress(self) -> None:
        big = QFont(self.count.font())
        big.setPointSizeF(big.pointSizeF() * _BIG_SCALE)
        big.setWeight(QFont.Weight.DemiBold)
        self.count.setFont(big)
        for label in (self._noun, self.split_state, self.all_well):
            theme.caption(label)
        self.leave_copies_out.setText("Leave the copies out")
        self.leave_copies_out.setToolTip(
            "Of a picture that is in several splits keep one, and exclude the others"
        )
        self.leave_copies_out.clicked.connect(lambda *_: self.leave_copies_out_requested.emit())
        self.leaks.setToolTip(
            "The same picture in two splits: a network is tested on what it learned by heart"
        )
        self.leaks.clicked.connect(lambda *_: self.problem_requested.emit(Problem.LEAK))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_8)
        column.addLayout(_row(self.count, self._noun, baseline=True))
        column.addWidget(self._classes)
        column.addLayout(self._class_legend())
        column.addSpacing(theme.SPACE_8)
        title = QLabel("Split")
        theme.strong(title)
        column.addLayout(_row(title, self.split_state))
        column.addWidget(self._split)
        column.addWidget(self._legend)
        column.addSpacing(theme.SPACE_4)
        column.addLayout(_row(self.leaks, self.leave_copies_out))
        column.addWidget(self.all_well)

    def _class_legend(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_8)
        row.addWidget(_icon_label("cat"))
        row.addWidget(self.cats)
        row.addStretch()
        row.addWidget(_icon_label("dog"))
        row.addWidget(self.dogs)
        return row


class _SplitLegend(QWidget):
    """A line for each split: its colour in the bar, its name, its count."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.SPACE_8)
        self._grid.setVerticalSpacing(theme.SPACE_4)
        self._grid.setColumnStretch(1, 1)
        shades = [partial(_accent, share) for share in _SPLIT_SHADES]
        names = ("Training", "Validation", "Test", "In no split")
        self._counts = [QLabel(alignment=Qt.AlignmentFlag.AlignRight) for _ in names]
        self._rows: list[tuple[QWidget, ...]] = []
        for number, name in enumerate(names):
            shade = shades[number] if number < len(shades) else partial(theme.colour, "neither")
            row = (_Swatch(shade), QLabel(name), self._counts[number])
            for place, widget in enumerate(row):
                self._grid.addWidget(widget, number, place)
            self._rows.append(row)

    def show_counts(self, counts: tuple[int, ...]) -> None:
        """Show the counts; what is in no split only where there is any."""
        for label, count in zip(self._counts, counts, strict=True):
            label.setText(f"{count:,}")
        for widget in self._rows[-1]:
            widget.setVisible(counts[-1] > 0)


class _Swatch(ShareBar):
    """A small piece of a bar, beside the words that say what it stands for."""

    def __init__(self, shade: Callable[[], QColor]) -> None:
        super().__init__()
        self.setFixedSize(_SWATCH_PX, _SWATCH_PX)
        self.set_shares([Share("", 1, shade)])


def _row(first: QWidget, second: QWidget, *, baseline: bool = False) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.SPACE_8)
    place = Qt.AlignmentFlag.AlignBottom if baseline else Qt.AlignmentFlag.AlignVCenter
    row.addWidget(first, 0, place)
    row.addWidget(second, 0, place)
    row.addStretch()
    return row


def _icon_label(name: str) -> QLabel:
    label = QLabel()
    label.setPixmap(theme.icon(name, meaning=name).pixmap(QSize(_ICON_PX, _ICON_PX)))
    return label


def _accent(share: float) -> QColor:
    """The accent, mixed with what it lies on."""
    palette = QGuiApplication.palette()
    accent = palette.color(QPalette.ColorRole.Highlight)
    accent.setAlphaF(share)
    return accent
