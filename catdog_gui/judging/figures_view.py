"""The figures of a judged run, each of which opens the pictures behind it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from catdog_gui import theme
from catdog_gui.judging import words
from catdog_gui.judging.facts import Behind, Judged, Special
from training.dataset.picture import CLASSES
from training.inference.figures import ThresholdFigures, at_threshold
from training.inference.groups import ALL, MISTAKES, NEITHER_GROUP, RIGHT, Group

_METRICS = {
    "log_loss": ("Log loss", "Mean negative logarithm of the label's probability, in nats"),
    "brier": ("Brier", "Mean squared difference of probability and truth, from 0 to 1"),
    "auc": ("AUC", "Area below the ROC curve, from 0 to 1"),
    "ece": ("ECE", "Expected calibration error: how far confidence and accuracy lie apart"),
}
"""Those that no threshold changes: name and help by the field of `Metrics`."""

_SIDES = (Special.BOTH, Special.ONLY_FIRST, Special.ONLY_SECOND, Special.NONE)
_PRECISION = "Of the pictures that are called so, those that are so"
_RECALL = "Of the pictures that are so, those that are called so"
_INTERVAL = (
    "Where the figure would settle with ever more pictures of the same kind;\n"
    "95 of 100 such intervals are right"
)
_CHANCE = "p: how often two equally good runs would differ by at least as much, by chance alone"
_STYLE = """
QPushButton { border: 1px solid transparent; border-radius: 4px; padding: 2px 0px;
    color: palette(link); text-align: left; }
QPushButton:hover { background: palette(midlight); text-decoration: underline; }
QPushButton:focus { border-color: palette(highlight); }
"""


class FiguresView(QWidget):
    """Accuracy with its interval, mistakes, figures by class, and what two runs have in common.

    Signals:
        group_requested: The user wants to see the pictures behind a figure: a `Behind`.
    """

    group_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = QLabel(wordWrap=True)
        self.accuracy = self._link(RIGHT)
        self.interval = QLabel()
        self.kinds = {each: self._link(each) for each in (MISTAKES, NEITHER_GROUP, Special.UNREAD)}
        self.precision = [self._link(Group(called=name)) for name in CLASSES]
        self.recall = [self._link(Group(label=name)) for name in CLASSES]
        self.metrics = {name: self._link(ALL) for name in _METRICS}
        self.sides = {each: self._link(each) for each in _SIDES}
        self.chance = QLabel(wordWrap=True)
        self.cautions = QLabel(wordWrap=True)
        self._rival = self._build_rival()
        self._dress()
        self._lay_out()

    def show_judged(self, judged: Judged, threshold: float) -> None:
        """Show all figures."""
        self.title.setText(words.judged_words(judged))
        self.show_cautions(judged.cautions)
        for name, button in self.metrics.items():
            value = getattr(judged.metrics, name)
            _say(button, f"{_METRICS[name][0]} {value:.4f}", _METRICS[name][1])
        self._show_rival(judged, threshold)
        self.show_threshold(judged, threshold)

    def show_cautions(self, sentences: Sequence[str]) -> None:
        """Say how far the figures can be trusted."""
        self.cautions.setText("\n".join(sentences))
        self.cautions.setVisible(bool(sentences))

    def show_threshold(self, judged: Judged, threshold: float) -> None:
        """Show the figures that a threshold changes."""
        at = at_threshold(judged.answers, threshold)
        _say(
            self.accuracy,
            f"{words.percent_words(at.accuracy.value)} right",
            words.share_help(at.accuracy),
        )
        interval = words.interval_words(at.accuracy.interval)
        self.interval.setText(f"{interval}, of {at.accuracy.of:,} pictures")
        for behind, button in self.kinds.items():
            _count(button, behind, judged.count(behind, threshold))
        self.kinds[Special.UNREAD].setVisible(bool(judged.unread))
        self._show_classes(at)

    def _show_classes(self, at: ThresholdFigures) -> None:
        for each, precision, recall in zip(at.classes, self.precision, self.recall, strict=True):
            for button, share, meaning in (
                (precision, each.precision, _PRECISION),
                (recall, each.recall, _RECALL),
            ):
                help_words = f"{meaning}: {words.share_help(share)}"
                _say(button, words.percent_words(share.value), help_words)

    def _show_rival(self, judged: Judged, threshold: float) -> None:
        self._rival.setVisible(judged.agreement is not None)
        if judged.agreement is not None:
            self.chance.setText(words.chance_words(judged.agreement.p_value))
            for side, button in self.sides.items():
                _count(button, side, judged.count(side, threshold))

    def _link(self, behind: Behind) -> QPushButton:
        button = QPushButton()
        button.setStyleSheet(_STYLE)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(lambda: self.group_requested.emit(behind))
        return button

    def _dress(self) -> None:
        theme.strong(self.title)
        font = self.accuracy.font()
        font.setPointSizeF(font.pointSizeF() * 1.5)
        self.accuracy.setFont(font)
        for label in (self.interval, self.chance, self.cautions):
            theme.caption(label)
        self.interval.setToolTip(_INTERVAL)
        self.chance.setToolTip(_CHANCE)
        for name, precision, recall in zip(CLASSES, self.precision, self.recall, strict=True):
            precision.setAccessibleName(f"Precision of {name}s")
            recall.setAccessibleName(f"Recall of {name}s")

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_4)
        column.addWidget(self.title)
        column.addWidget(self.accuracy, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.interval)
        column.addLayout(_row(*self.kinds.values()))
        column.addLayout(self._class_grid())
        column.addLayout(_row(*list(self.metrics.values())[:2]))
        column.addLayout(_row(*list(self.metrics.values())[2:]))
        column.addWidget(self._rival)
        column.addWidget(self.cautions)

    def _class_grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.SPACE_12)
        grid.setVerticalSpacing(0)
        for column, (word, meaning) in enumerate(
            (("Precision", _PRECISION), ("Recall", _RECALL)), start=1
        ):
            head = QLabel(word)
            head.setToolTip(meaning)
            theme.caption(head)
            grid.addWidget(head, 0, column)
        for row, name in enumerate(CLASSES):
            grid.addWidget(QLabel(f"{name}s".capitalize()), row + 1, 0)
            grid.addWidget(self.precision[row], row + 1, 1, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(self.recall[row], row + 1, 2, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(3, 1)
        return grid

    def _build_rival(self) -> QWidget:
        part = QWidget()
        grid = QGridLayout(part)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(0)
        for place, button in enumerate(self.sides.values()):
            grid.addWidget(button, place // 2, place % 2, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(self.chance, 2, 0, 1, 2)
        grid.setColumnStretch(1, 1)
        return part


def _row(*buttons: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.SPACE_16)
    for button in buttons:
        row.addWidget(button)
    row.addStretch()
    return row


def _say(button: QPushButton, text: str, help_words: str) -> None:
    button.setText(text)
    button.setToolTip(help_words)
    button.setAccessibleDescription(help_words)


def _count(button: QPushButton, behind: Behind, pictures: int) -> None:
    button.setText(words.counted_words(behind, pictures))
