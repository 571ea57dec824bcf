"""The window's top lines: which run, which pictures, which other run, and what becomes of it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from catdog_gui import theme
from catdog_gui.judging.controls import Controls

_NO_RUN = "No model yet"
_NO_PICTURES = "No split with pictures"
_NO_OTHER = "No other run"
_LEAST_CHARACTERS = 14


class Header(QWidget):
    """Run, pictures, folder, the run to compare with; Judge, and the report.

    Signals:
        chosen: The user chose another run or other pictures.
        rival_chosen: The user chose another run to compare with, or none.
        folder_requested: The user wants to judge on the pictures of a folder.
        judge_requested: The user wants the figures.
        report_requested: The user wants a report: True with the worst mistakes as pictures.
    """

    chosen = Signal()
    rival_chosen = Signal()
    folder_requested = Signal()
    judge_requested = Signal()
    report_requested = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.runs, self.sources, self.rivals = QComboBox(), QComboBox(), QComboBox()
        self.folder_button = QPushButton(theme.icon("folder"), "Folder…")
        self.judge_button = QPushButton("Judge")
        self.report_button = QPushButton("Report")
        self.hint = QLabel(wordWrap=True)
        self._dress()
        self._lay_out()
        self._connect()
        self.set_runs([], 0)
        self.set_sources([], 0)

    def set_runs(self, words: Sequence[str], chosen: int) -> None:
        """Offer runs, to judge and to compare with; `chosen` is the row that is judged."""
        rival = self.rivals.currentIndex()
        _offer(self.runs, words or [_NO_RUN], chosen)
        _offer(self.rivals, [_NO_OTHER, *words], min(max(rival, 0), len(words)))

    def set_sources(self, words: Sequence[str], chosen: int) -> None:
        """Offer pictures; `chosen` is the row that is judged on."""
        _offer(self.sources, words or [_NO_PICTURES], chosen)

    def set_rival(self, row: int) -> None:
        """Mark the run in that row as the one to compare with; -1 for none."""
        self.rivals.setCurrentIndex(row + 1)

    def set_hint(self, words: str) -> None:
        """Say what to know before; empty for nothing."""
        self.hint.setText(words)
        self.hint.setVisible(bool(words))

    def set_controls(self, controls: Controls) -> None:
        """Switch what is live."""
        for part in (self.runs, self.sources, self.rivals, self.folder_button):
            part.setEnabled(controls.can_choose)
        self.judge_button.setEnabled(controls.can_judge)
        self.report_button.setEnabled(controls.can_report)

    def _dress(self) -> None:
        for combo, name, help_words in (
            (self.runs, "Run", "The run that is judged"),
            (self.sources, "Pictures", "The pictures that it is judged on"),
            (self.rivals, "Compare with", "Another run, asked about the same pictures"),
        ):
            combo.setAccessibleName(name)
            combo.setToolTip(help_words)
            combo.setMinimumContentsLength(_LEAST_CHARACTERS)
            combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            combo.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
        self.folder_button.setToolTip(
            "Judge on a folder: cats and dogs in folders named so, or files named cat.1.jpg"
        )
        theme.emphasise(self.judge_button)
        menu = QMenu(self.report_button)
        for words, with_pictures in (
            ("Without pictures…", False),
            ("With the worst mistakes as pictures…", True),
        ):
            action = menu.addAction(words)
            action.triggered.connect(lambda *_, it=with_pictures: self.report_requested.emit(it))
        self.report_button.setMenu(menu)
        self.report_button.setToolTip("All that is shown, as one web page")
        theme.caption(self.hint)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_8)
        for words, combo in (
            ("Run", self.runs),
            ("on", self.sources),
            ("against", self.rivals),
        ):
            label = QLabel(words)
            label.setBuddy(combo)
            row.addWidget(label)
            row.addWidget(combo, 1)
            if combo is self.sources:
                row.addWidget(self.folder_button)
        row.addWidget(self.judge_button)
        row.addWidget(self.report_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_4)
        column.addLayout(row)
        column.addWidget(self.hint)

    def _connect(self) -> None:
        self.runs.activated.connect(lambda _: self.chosen.emit())
        self.sources.activated.connect(lambda _: self.chosen.emit())
        self.rivals.activated.connect(lambda _: self.rival_chosen.emit())
        self.folder_button.clicked.connect(self.folder_requested)
        self.judge_button.clicked.connect(self.judge_requested)


def _offer(combo: QComboBox, words: Sequence[str], chosen: int) -> None:
    combo.clear()
    combo.addItems(list(words))
    combo.setCurrentIndex(chosen)
