"""A submission's lower part: the competition, a message, a file, and the button that sends."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from catdog_gui import theme
from catdog_gui.prediction_tab import dialogs
from catdog_gui.prediction_tab.submission_controls import SubmissionControls
from catdog_gui.widgets.elided_label import ElidedLabel
from training.dataset.kaggle.places import COMPETITIONS, Competition

_LONGEST_MESSAGE = 500


class SendForm(QWidget):
    """Where to, what is said of it, and Send.

    Signals:
        send_requested, reveal_requested: The user wants the file sent; to see where it lies.
        file_requested: The user wants to choose one that lies there already.
        competition_chosen: The user chose the competition of that key.
    """

    send_requested = Signal()
    reveal_requested = Signal()
    file_requested = Signal()
    competition_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice = QComboBox()
        self.message = QLineEdit()
        self.send = QPushButton("Send to Kaggle")
        self.reveal = QPushButton(theme.icon("folder"), "Show it")
        self.choose = QPushButton(theme.icon("notes"), "Choose a file…")
        self.file = ElidedLabel()
        self._judged = QLabel(wordWrap=True)
        self._dress()
        self._lay_out()
        self._connect()
        self._settle()

    def competition(self) -> Competition:
        """Where to."""
        return COMPETITIONS[self.choice.currentIndex()]

    def set_competition(self, key: str) -> None:
        """Show the competition of that key; the first for one that there is not."""
        keys = [competition.key for competition in COMPETITIONS]
        self.choice.setCurrentIndex(keys.index(key) if key in keys else 0)
        self._settle()

    def set_controls(self, controls: SubmissionControls) -> None:
        """Switch what is live."""
        self.send.setEnabled(controls.can_send)
        self.reveal.setEnabled(controls.can_send)
        for part in (self.choice, self.message, self.choose):
            part.setEnabled(controls.can_choose)

    def ask_for_file(self, folder: Path) -> Path | None:
        """Let the user choose a submission that lies there; see `dialogs`."""
        return dialogs.ask_for_file_to_send(self, folder)

    def _settle(self) -> None:
        chosen = self.competition()
        self._judged.setText(f"{chosen.judged} Its pictures are in {chosen.test_file}.")

    def _on_choice_activated(self, _row: int) -> None:
        self._settle()
        self.competition_chosen.emit(self.competition().key)

    def _dress(self) -> None:
        self.choice.addItems([competition.title for competition in COMPETITIONS])
        self.choice.setAccessibleName("Competition")
        self.message.setPlaceholderText("What Kaggle shows beside it; may be left empty")
        self.message.setAccessibleName("Message")
        self.message.setMaxLength(_LONGEST_MESSAGE)
        self.send.setToolTip("Send the file with your token, and wait for the score")
        self.choose.setToolTip("Choose a submission that was written before; it is checked first")
        theme.caption(self._judged)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.SPACE_12)
        grid.setVerticalSpacing(theme.SPACE_8)
        for row, (words, part) in enumerate(
            (("Competition", self.choice), ("Message", self.message))
        ):
            label = QLabel(words)
            label.setBuddy(part)
            grid.addWidget(label, 2 * row, 0)
            grid.addWidget(part, 2 * row, 1)
        grid.addWidget(self._judged, 1, 1)
        grid.setColumnStretch(1, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SPACE_8)
        for button in (self.send, self.reveal, self.choose):
            buttons.addWidget(button)
        buttons.addWidget(self.file, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_16)
        column.addLayout(grid)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self.choice.activated.connect(self._on_choice_activated)
        self.send.clicked.connect(lambda *_: self.send_requested.emit())
        self.reveal.clicked.connect(lambda *_: self.reveal_requested.emit())
        self.choose.clicked.connect(lambda *_: self.file_requested.emit())
