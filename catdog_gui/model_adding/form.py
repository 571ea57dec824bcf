"""What must be said of somebody else's model, with what is probable chosen already."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from catdog_gui import theme
from catdog_gui.model_adding.questions import OWN_SIZE, ModelAnswers, ModelQuestions, Question
from catdog_gui.widgets.elided_label import ElidedLabel
from catdog_gui.widgets.segments import Segments
from training.dataset.picture import CLASSES

_WIDTH_PX = 600
_SAID = "The file does not say. What is probable is chosen: change what you know better."


class ModelForm(QScrollArea):
    """Facts, the questions with their guesses and reasons, and below them what to do.

    Signals:
        confirmed: The user says this `ModelAnswers`.
        pictures_wanted: The user wants labelled pictures to tell.
        cancelled: The user thought better of it, or wants what is being done to stop.
    """

    confirmed = Signal(object)
    pictures_wanted = Signal()
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._questions: ModelQuestions | None = None
        self.title = ElidedLabel()
        self._orders: Sequence[str] = ()
        self._facts = QFormLayout()
        self.scaling = QComboBox()
        self.order = Segments([name.capitalize() for name in CLASSES], "Class")
        self.side = QSpinBox()
        self._asked = {key: _Asked(editor) for key, editor in self._editors().items()}
        self._fields = QWidget()
        self.add_button = QPushButton("Add the model")
        self.pictures_button = QPushButton(theme.icon("image"), "")
        self.cancel_button = QPushButton("Cancel")
        self.progress = ElidedLabel()
        self._dress()
        self._lay_out()
        self.add_button.clicked.connect(self._on_add_clicked)
        self.pictures_button.clicked.connect(self.pictures_wanted)
        self.cancel_button.clicked.connect(self.cancelled)

    def show_questions(self, questions: ModelQuestions) -> None:
        """Ask about a model."""
        self._questions = questions
        self.title.setText(f"How is {questions.source.name} to be used?")
        self._show_facts(questions)
        self._show_scaling(questions.scaling)
        self._show_order(questions.order)
        self._show_size(questions)
        self.pictures_button.setText(f"Find out with pictures of “{questions.dataset}”")
        self.pictures_button.setVisible(bool(questions.dataset))
        self.set_working("")
        self.add_button.setFocus()

    def answers(self) -> ModelAnswers:
        """What the form says."""
        has_size = self._questions is not None and self._questions.size is not None
        return ModelAnswers(
            str(self.scaling.currentData()),
            self._orders[self.order.place],
            self.side.value() if has_size else OWN_SIZE,
        )

    def set_working(self, words: str) -> None:
        """Say what is being done, and let nothing be changed meanwhile; empty for nothing."""
        self.progress.setText(words)
        for part in (self._fields, self.add_button, self.pictures_button):
            part.setEnabled(not words)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the button in the new colours between light and dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            theme.emphasise(self.add_button, icon_name="add")

    def _on_add_clicked(self) -> None:
        self.confirmed.emit(self.answers())

    def _show_facts(self, questions: ModelQuestions) -> None:
        while self._facts.rowCount():
            self._facts.removeRow(0)
        for name, words in questions.facts:
            label = QLabel(name)
            label.setForegroundRole(label.palette().ColorRole.PlaceholderText)
            self._facts.addRow(label, QLabel(words, textFormat=Qt.TextFormat.PlainText))

    def _show_scaling(self, question: Question) -> None:
        self.scaling.clear()
        for option in question.options:
            self.scaling.addItem(option.words, option.key)
        self.scaling.setCurrentIndex(self.scaling.findData(question.guess))
        self._asked["scaling"].say(question.title, question.why)

    def _show_order(self, question: Question) -> None:
        self._orders = [option.key for option in question.options]
        self.order.choose(self._orders.index(question.guess))
        self._asked["order"].say(question.title, question.why)

    def _show_size(self, questions: ModelQuestions) -> None:
        self._asked["side"].setVisible(questions.size is not None)
        if questions.size is not None:
            self.side.setRange(questions.size.least, questions.size.most)
            self.side.setValue(questions.size.guess)
            self._asked["side"].say(
                "It takes pictures of any size; they become", questions.size.why
            )

    def _editors(self) -> dict[str, QWidget]:
        return {"scaling": self.scaling, "order": self.order, "side": self.side}

    def _dress(self) -> None:
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        theme.heading(self.title)
        theme.caption(self.progress)
        theme.emphasise(self.add_button, icon_name="add")
        self.side.setSuffix(" pixels a side")
        self.cancel_button.setToolTip("Leave it; nothing is kept")
        self.pictures_button.setToolTip(
            "Tries every scaling and both orders on validation pictures, whose class is known"
        )

    def _lay_out(self) -> None:
        said = QLabel(_SAID, wordWrap=True)
        self._facts.setHorizontalSpacing(theme.SPACE_16)
        self._facts.setVerticalSpacing(theme.SPACE_4)
        fields = QVBoxLayout(self._fields)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.setSpacing(theme.SPACE_16)
        for asked in self._asked.values():
            fields.addWidget(asked)
        inside = QWidget()
        inside.setFixedWidth(_WIDTH_PX)
        column = QVBoxLayout(inside)
        column.setSpacing(theme.SPACE_16)
        column.addStretch()
        for part in (self.title, said):
            column.addWidget(part)
        column.addLayout(self._facts)
        column.addWidget(self._fields)
        column.addLayout(self._buttons())
        column.addWidget(self.progress)
        column.addStretch()
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setWidget(inside)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_8)
        row.addWidget(self.add_button)
        row.addWidget(self.cancel_button)
        row.addStretch()
        row.addWidget(self.pictures_button)
        return row


class _Asked(QWidget):
    """A question above its editor, and the reason for the guess below."""

    def __init__(self, editor: QWidget) -> None:
        super().__init__()
        self._editor = editor
        self._title = QLabel()
        self._why = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._title.setBuddy(editor)
        theme.strong(self._title)
        theme.caption(self._why)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_4)
        column.addWidget(self._title)
        column.addWidget(editor, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._why)

    def say(self, title: str, why: str) -> None:
        self._title.setText(title)
        self._why.setText(why)
        self._editor.setAccessibleName(title)
        self._editor.setAccessibleDescription(why)
