"""The settings of a run, folded away until somebody wants them."""

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import QEvent, QLocale, Qt, Signal
from PySide6.QtGui import QColor, QDoubleValidator, QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from catdog_gui import theme
from catdog_gui.training_tab.file_field import FileField
from catdog_gui.training_tab.form_values import FormValues
from catdog_gui.widgets.fold import Fold
from training.learning.backbones import BACKBONES

_FIELDS: Mapping[str, tuple[str, str]] = {
    "backbone": ("Backbone", "The network trained on ImageNet that this one stands on"),
    "weights_file": ("Weights file", "A file with its weights, instead of a download"),
    "start_from": ("Start from", "The finished run whose model learns on"),
    "epochs": ("Epochs", "How often the network goes through its steps"),
    "batch_size": ("Batch size", "Pictures that are learned from at once"),
    "image_size": ("Image size", "Side of the square that pictures are scaled to, in pixels"),
    "learning_rate": ("Learning rate", "How far each step moves the weights"),
    "seed": ("Seed", "The same seed gives the same first weights and the same order"),
}
_NUMBERS = ("epochs", "batch_size", "image_size", "seed")
_DOWNLOADED, _SHIPPED = "Downloaded once", "The model that ships"
_LEAST_CHOICE_CHARACTERS = 12
_TINT_SHARE = 0.18
_MOST = 999_999  # wider than any range: the sentence below a field says what it is


class SettingsForm(Fold):
    """What a run starts from, epochs, batch size, image size, learning rate and seed.

    Signals:
        changed: The user changed a value.
        reset_requested: The user wants the preset's own values back.
        file_requested: The user wants to choose a file of weights.
    """

    changed = Signal()
    reset_requested = Signal()
    file_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Settings", parent)
        self.boxes = {name: _number_box() for name in _NUMBERS}
        self.boxes["image_size"].setSuffix(" px")
        self.learning_rate = QLineEdit()
        self.backbone, self.start_from = _choice(), _choice()
        self.weights_file = FileField(_DOWNLOADED)
        self.reset_button = QPushButton("Back to the preset's")
        self._fields: Mapping[str, QWidget] = {
            **self.boxes,
            "learning_rate": self.learning_rate,
            "backbone": self.backbone,
            "weights_file": self.weights_file,
            "start_from": self.start_from,
        }
        self._labels = {name: QLabel(words) for name, (words, _) in _FIELDS.items()}
        self._problems = {name: QLabel(wordWrap=True) for name in _FIELDS}
        self._wanted_source = ""  # runs may be listed after the form is filled
        for row in BACKBONES.values():
            self.backbone.addItem(row.title, row.key)
        self.set_sources(())
        self._lay_out()
        self._connect()

    def values(self) -> FormValues:
        """What the form says; a learning rate that is no number counts as 0."""
        rate, is_number = QLocale.c().toDouble(self.learning_rate.text().replace(",", "."))
        return FormValues(
            epochs=self.boxes["epochs"].value(),
            batch_size=self.boxes["batch_size"].value(),
            image_size=self.boxes["image_size"].value(),
            learning_rate=rate if is_number else 0.0,
            seed=self.boxes["seed"].value(),
            backbone=self.backbone.currentData(),
            weights_file=self.weights_file.path,
            start_from=self.start_from.currentData(),
        )

    def set_values(self, values: FormValues) -> None:
        """Fill the form, without telling."""
        for name, box in self.boxes.items():
            box.blockSignals(True)  # noqa: FBT003 - Qt's form
            box.setValue(getattr(values, name))
            box.blockSignals(False)  # noqa: FBT003 - Qt's form
        self.learning_rate.setText(f"{values.learning_rate:g}")
        self.backbone.setCurrentIndex(max(0, self.backbone.findData(values.backbone)))
        self.weights_file.set_path(values.weights_file)
        self._wanted_source = values.start_from
        self._choose_source()

    def set_weights_file(self, path: str) -> None:
        """Take the file that the user chose."""
        self.weights_file.set_path(path)
        self.changed.emit()

    def set_sources(self, runs: Sequence[str]) -> None:
        """Offer runs to start from, beside the model that ships, without telling.

        Args:
            runs: The names of the finished runs, newest first.
        """
        self.start_from.clear()
        self.start_from.addItem(_SHIPPED, "")
        for run in runs:
            self.start_from.addItem(run, run)
        self._choose_source()

    def set_shown(self, fields: Collection[str]) -> None:
        """Show only these fields."""
        for name, field in self._fields.items():
            for widget in (self._labels[name], field):
                widget.setVisible(name in fields)

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Say below each field what is wrong with it; the form unfolds where something is."""
        for name, label in self._problems.items():
            label.setText(problems.get(name, ""))
            label.setVisible(name in problems)
        self._mark_problems()
        if problems:
            self.set_open(is_open=True)

    def problem(self, field: str) -> str:
        """What is said below a field."""
        return self._problems[field].text()

    def field(self, name: str) -> QWidget:
        """The widget of one setting."""
        return self._fields[name]

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Take the marks' colours from the new palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._mark_problems()

    def _choose_source(self) -> None:
        """Mark the run to start from; one that is gone meanwhile is the model that ships."""
        self.start_from.setCurrentIndex(max(0, self.start_from.findData(self._wanted_source)))

    def _on_start_from_activated(self) -> None:
        self._wanted_source = self.start_from.currentData()
        self.changed.emit()

    def _mark_problems(self) -> None:
        shade = theme.colour("warning", text=True)
        for name, label in self._problems.items():
            words, field = QPalette(), QPalette()
            words.setColor(QPalette.ColorRole.WindowText, shade)
            label.setPalette(words)
            if label.text():
                field.setColor(
                    QPalette.ColorRole.Base, _tinted(self.palette().base().color(), shade)
                )
            self.field(name).setPalette(field)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.SPACE_12)
        grid.setVerticalSpacing(theme.SPACE_4)
        grid.setColumnStretch(1, 1)
        for row, (name, (words, help_text)) in enumerate(_FIELDS.items()):
            field, label = self.field(name), self._labels[name]
            label.setBuddy(field)
            field.setAccessibleName(words)
            for widget in (label, field):
                widget.setToolTip(help_text)
            grid.addWidget(label, 2 * row, 0)
            grid.addWidget(field, 2 * row, 1)
            grid.addWidget(self._problem_label(name), 2 * row + 1, 0, 1, 2)
        column = QVBoxLayout(self.body)
        column.setContentsMargins(theme.SPACE_4, theme.SPACE_4, 0, theme.SPACE_8)
        column.addLayout(grid)
        column.addWidget(self.reset_button, alignment=Qt.AlignmentFlag.AlignRight)

    def _problem_label(self, name: str) -> QLabel:
        label = self._problems[name]
        theme.caption(label)
        label.setForegroundRole(QPalette.ColorRole.WindowText)
        label.hide()
        return label

    def _connect(self) -> None:
        for box in self.boxes.values():
            box.valueChanged.connect(lambda *_: self.changed.emit())
        validator = QDoubleValidator(0.0, 10.0, 10, self.learning_rate)
        validator.setLocale(QLocale.c())
        self.learning_rate.setValidator(validator)
        self.learning_rate.textEdited.connect(lambda *_: self.changed.emit())
        self.backbone.activated.connect(lambda *_: self.changed.emit())
        self.weights_file.changed.connect(self.changed)
        self.weights_file.choice_requested.connect(self.file_requested)
        self.start_from.activated.connect(self._on_start_from_activated)
        self.reset_button.clicked.connect(lambda *_: self.reset_requested.emit())


def _tinted(base: QColor, shade: QColor) -> QColor:
    pairs = (
        (base.red(), shade.red()),
        (base.green(), shade.green()),
        (base.blue(), shade.blue()),
    )
    return QColor(*(round(a + (b - a) * _TINT_SHARE) for a, b in pairs))


def _choice() -> QComboBox:
    box = QComboBox()
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(_LEAST_CHOICE_CHARACTERS)  # names of runs are longer: they elide
    return box


def _number_box() -> QSpinBox:
    box = QSpinBox()
    box.setRange(0, _MOST)
    box.setGroupSeparatorShown(True)
    box.setKeyboardTracking(True)
    return box
