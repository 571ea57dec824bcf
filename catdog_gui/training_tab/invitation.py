"""What the tab shows while there is nothing to train on."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from catdog_gui import theme

_ICON_SIZE = QSize(64, 64)


class Invitation(QWidget):
    """A sentence and the way to the pictures.

    Signals:
        dataset_needed: The user wants to go and bring pictures.
    """

    dataset_needed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = QPushButton("Go to Dataset")
        theme.emphasise(self.button, icon_name="dataset")
        middle = Qt.AlignmentFlag.AlignCenter
        icon, title = QLabel(alignment=middle), QLabel("Choose pictures first.", alignment=middle)
        icon.setPixmap(theme.icon("training").pixmap(_ICON_SIZE, self.devicePixelRatio()))
        theme.heading(title)
        sentence = QLabel(
            "A network learns from pictures whose class is known: your own, or a drawn sample.",
            alignment=middle,
        )
        column = QVBoxLayout(self)
        column.setSpacing(theme.SPACE_12)
        column.addStretch()
        for widget in (icon, title, sentence):
            column.addWidget(widget)
        column.addWidget(self.button, alignment=middle)
        column.addStretch()
        self.button.clicked.connect(lambda *_: self.dataset_needed.emit())
