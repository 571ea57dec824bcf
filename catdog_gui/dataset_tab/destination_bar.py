"""Where several things that were dropped at once are to go."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from catdog_gui import theme


class DestinationBar(QFrame):
    """A line with a question and its answers; hidden while nothing is asked.

    Signals:
        new_dataset_chosen: They become a dataset of their own.
        addition_chosen: They come to the dataset that is shown.
    """

    new_dataset_chosen = Signal()
    addition_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.question = QLabel(wordWrap=True)
        self.new_dataset = QPushButton(theme.icon("add"), "New dataset")
        self.addition = QPushButton()
        self.cancel = QPushButton("Cancel")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE_16, theme.SPACE_8, theme.SPACE_12, theme.SPACE_8)
        row.setSpacing(theme.SPACE_8)
        row.addWidget(self.question, 1)
        for button in (self.new_dataset, self.addition, self.cancel):
            row.addWidget(button)
            button.clicked.connect(self.hide)
        self.new_dataset.clicked.connect(lambda *_: self.new_dataset_chosen.emit())
        self.addition.clicked.connect(lambda *_: self.addition_chosen.emit())
        self.hide()

    def ask(self, question: str, addition: str) -> None:
        """Ask; `addition` is the answer that names the dataset."""
        self.question.setText(question)
        self.addition.setText(addition)
        self.show()
