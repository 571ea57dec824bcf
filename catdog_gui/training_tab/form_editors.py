"""What a setting is edited with: one widget for each kind of row, all used alike."""

import math
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QLocale, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QDoubleValidator
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from catdog_gui import theme
from catdog_gui.training_tab.file_field import FileField
from catdog_gui.training_tab.form_row import Kind, Row, Value
from training.config import RANGES
from training.ranges import Range

_DECIMALS = 2
_SMALL_DECIMALS = 12
_LEAST_CHOICE_CHARACTERS = 12


class FieldEditor(QWidget):
    """The editor of one setting.

    Args:
        inner: The widget that has the keyboard.

    Signals:
        changed: The user changed the value.
    """

    changed = Signal()

    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        self.inner = inner
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.SPACE_4)
        self._row.addWidget(inner, 1)
        self.setFocusProxy(inner)
        inner.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        inner.installEventFilter(self)

    def value(self) -> Value:
        """What it says; NaN where a number cannot be read."""
        raise NotImplementedError

    def set_value(self, value: Value) -> None:
        """Show a value, without telling."""
        raise NotImplementedError

    def add(self, widget: QWidget) -> None:
        """Put another widget beside it, for the hand and for the Tab key."""
        self._row.addWidget(widget)
        self.setTabOrder(self.inner, widget)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """The wheel scrolls the form; it turns only the number that has the keyboard."""
        if event.type() == QEvent.Type.Wheel and not self.inner.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)


class WholeEditor(FieldEditor):
    """A whole number within its range."""

    def __init__(self, row: Row) -> None:
        self.box = QSpinBox()
        super().__init__(self.box)
        allowed = RANGES[row.name]
        self.box.setRange(int(allowed.low), int(allowed.high))
        self.box.setSingleStep(int(row.step))
        self.box.setGroupSeparatorShown(True)
        self.box.setSpecialValueText(row.least)
        self.box.setSuffix(row.unit)
        self.box.valueChanged.connect(lambda _: self.changed.emit())

    def value(self) -> int:
        """The number."""
        return self.box.value()

    def set_value(self, value: Value) -> None:
        """Show a number."""
        with QSignalBlocker(self.box):
            self.box.setValue(int(value))


class _DecimalBox(QDoubleSpinBox):
    """Shows no zeros that say nothing."""

    def textFromValue(self, value: float) -> str:  # noqa: N802 - Qt's name
        """A number as Qt writes it, as short as it may be."""
        return self.locale().toString(round(value, _DECIMALS), "g")


class DecimalEditor(FieldEditor):
    """A number with two decimals within its range; one that was set keeps its others."""

    def __init__(self, row: Row) -> None:
        self.box = _DecimalBox()
        super().__init__(self.box)
        self._set = 0.0
        self.box.setDecimals(_DECIMALS)
        self.box.setRange(_least(RANGES[row.name]), RANGES[row.name].high)
        self.box.setSingleStep(row.step)
        self.box.setSpecialValueText(row.least)
        self.box.setSuffix(row.unit)
        self.box.valueChanged.connect(lambda _: self.changed.emit())

    def value(self) -> float:
        """The number."""
        shown = self.box.value()
        return self._set if shown == round(self._set, _DECIMALS) else shown

    def set_value(self, value: Value) -> None:
        """Show a number."""
        self._set = float(value)
        with QSignalBlocker(self.box):
            self.box.setValue(self._set)


class SmallEditor(FieldEditor):
    """A number that may be tiny, such as 1e-5, typed with a point or a comma."""

    def __init__(self, row: Row) -> None:
        self.line = QLineEdit()
        super().__init__(self.line)
        self._set = 0.0
        allowed = RANGES[row.name]
        validator = QDoubleValidator(allowed.low, allowed.high, _SMALL_DECIMALS, self.line)
        validator.setLocale(QLocale.c())
        self.line.setValidator(validator)
        self.line.textEdited.connect(lambda _: self.changed.emit())

    def value(self) -> float:
        """The number."""
        if self.line.text() == _small_words(self._set):
            return self._set
        number, is_number = QLocale.c().toDouble(self.line.text().replace(",", "."))
        return number if is_number else math.nan

    def set_value(self, value: Value) -> None:
        """Show a number."""
        self._set = float(value)
        self.line.setText(_small_words(self._set))


class ChoiceEditor(FieldEditor):
    """One of some words."""

    def __init__(self, row: Row) -> None:
        self.box = QComboBox()
        super().__init__(self.box)
        adjusting = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.box.setSizeAdjustPolicy(adjusting)
        self.box.setMinimumContentsLength(_LEAST_CHOICE_CHARACTERS)  # longer ones elide
        self._offer(row.choices)
        self.box.activated.connect(self._on_box_activated)

    def value(self) -> str:
        """What is chosen."""
        return str(self.box.currentData())

    def set_value(self, value: Value) -> None:
        """Choose; what is not among the choices is the first of them."""
        self.box.setCurrentIndex(max(0, self.box.findData(value)))

    def _offer(self, choices: Mapping[str, str]) -> None:
        self.box.clear()
        for value, words in choices.items():
            self.box.addItem(words, value)
            self.box.setItemData(self.box.count() - 1, words, Qt.ItemDataRole.ToolTipRole)

    def _on_box_activated(self) -> None:
        self.changed.emit()


class RunEditor(ChoiceEditor):
    """A finished run, or the model that ships."""

    def __init__(self, row: Row) -> None:
        super().__init__(row)
        self._shipped = row.least
        self._wanted: Value = ""  # runs may be listed after it is set
        self.set_runs(())

    def set_value(self, value: Value) -> None:
        """Choose a run; one that is gone meanwhile is the model that ships."""
        self._wanted = value
        super().set_value(value)

    def set_runs(self, runs: Sequence[str]) -> None:
        """Offer runs, newest first, without telling; the chosen one stays while it is there."""
        self._offer({"": self._shipped, **{run: run for run in runs}})
        super().set_value(self._wanted)

    def _on_box_activated(self) -> None:
        self._wanted = self.value()
        super()._on_box_activated()


class CheckEditor(FieldEditor):
    """Yes or no; it says its title itself."""

    def __init__(self, row: Row) -> None:
        self.box = QCheckBox(row.title)
        super().__init__(self.box)
        self.box.clicked.connect(lambda *_: self.changed.emit())

    def value(self) -> bool:
        """Whether it is checked."""
        return self.box.isChecked()

    def set_value(self, value: Value) -> None:
        """Check it, or not."""
        self.box.setChecked(bool(value))


class FileEditor(FieldEditor):
    """A file's path, or none.

    Signals:
        choice_requested: The user wants to choose a file.
    """

    choice_requested = Signal()

    def __init__(self, row: Row) -> None:
        self.field = FileField(row.least)
        super().__init__(self.field)
        self.field.changed.connect(self.changed)
        self.field.choice_requested.connect(self.choice_requested)

    def value(self) -> str:
        """The path."""
        return self.field.path

    def set_value(self, value: Value) -> None:
        """Show a path."""
        self.field.set_path(str(value))


_EDITORS: Mapping[Kind, Callable[[Row], FieldEditor]] = {
    Kind.WHOLE: WholeEditor,
    Kind.DECIMAL: DecimalEditor,
    Kind.SMALL: SmallEditor,
    Kind.CHOICE: ChoiceEditor,
    Kind.CHECK: CheckEditor,
    Kind.FILE: FileEditor,
    Kind.RUN: RunEditor,
}


def build_editor(row: Row) -> FieldEditor:
    """The editor of a row, with its names for who cannot see it."""
    editor = _EDITORS[row.kind](row)
    has_keyboard = editor.inner.focusProxy() or editor.inner
    has_keyboard.setAccessibleName(row.title)
    has_keyboard.setAccessibleDescription(row.help_text)
    editor.setToolTip(row.help_text)
    return editor


def _least(allowed: Range) -> float:
    return allowed.low + 10**-_DECIMALS if allowed.low_excluded else allowed.low


def _small_words(number: float) -> str:
    return f"{number:g}"
