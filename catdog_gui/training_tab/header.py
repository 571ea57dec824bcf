"""The tab's top line: which dataset, and Train."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from catdog_gui import theme
from catdog_gui.training_tab.controls import Controls
from catdog_gui.widgets.dataset_combo import DatasetCombo
from catdog_gui.widgets.elided_label import ElidedLabel

_TRAIN_HELP = "Train the network (Ctrl+Return)"


class Header(QWidget):
    """The dataset chooser, a word about its split, and the button that starts, or why it cannot.

    Signals:
        dataset_chosen: The user chose the dataset in that row.
        split_requested: The user wants to go and split the dataset.
        train_requested: The user wants to train.
    """

    dataset_chosen = Signal(int)
    split_requested = Signal()
    train_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.combo = DatasetCombo()
        self.combo.setAccessibleName("Dataset to train on")
        self.combo.setToolTip("Training, validation and test pictures")
        self.split_button = QPushButton(theme.icon("split"), "Split it first…")
        self.train_button = QPushButton("Train")
        self.reason = ElidedLabel()
        self._problem = self._hindrance = ""
        theme.emphasise(self.train_button, icon_name="play")
        self._lay_out()
        self._show_reason()
        self.combo.activated.connect(self.dataset_chosen)
        self.split_button.clicked.connect(lambda *_: self.split_requested.emit())
        self.train_button.clicked.connect(lambda *_: self.train_requested.emit())

    def set_datasets(self, words: Sequence[str], chosen: int) -> None:
        """Offer datasets.

        Args:
            words: A line for each.
            chosen: The row that is chosen.
        """
        self.combo.set_datasets(words, chosen)

    def set_controls(self, controls: Controls) -> None:
        """Switch what is live."""
        self.combo.setEnabled(controls.can_choose_dataset)
        self.train_button.setEnabled(controls.can_train)
        self._hindrance = controls.hindrance
        self._show_reason()
        self.split_button.setVisible(controls.asks_for_split)

    def show_problem(self, problem: str) -> None:
        """Say what is wrong with the form; empty for nothing."""
        self._problem = problem
        self._show_reason()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Take the reason's colour from the new palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

    def _show_reason(self) -> None:
        reason = self._problem or self._hindrance
        self.reason.setText(reason)
        self.train_button.setToolTip(reason or _TRAIN_HELP)
        self.train_button.setAccessibleDescription(reason)

    def _tint(self) -> None:
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.WindowText, theme.colour("warning", text=True))
        self.reason.setPalette(palette)

    def _lay_out(self) -> None:
        label = QLabel("Dataset")
        label.setBuddy(self.combo)
        self.reason.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._tint()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_8)
        row.addWidget(label)
        row.addWidget(self.combo)
        row.addWidget(self.split_button)
        row.addWidget(self.reason, 1)
        row.addWidget(self.train_button)
