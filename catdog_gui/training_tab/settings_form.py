"""The settings of a run, in parts that are folded away until somebody wants them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from catdog_gui import theme
from catdog_gui.training_tab.form_editors import FieldEditor, FileEditor, RunEditor
from catdog_gui.training_tab.form_group import FormGroup
from catdog_gui.training_tab.form_row import Group, Value
from catdog_gui.training_tab.form_table import ROWS
from catdog_gui.training_tab.form_values import changed_fields
from training.config import TrainingConfig


class SettingsForm(QWidget):
    """All settings of the chosen preset.

    Signals:
        changed: The user changed a value.
        reset_requested: The user wants the preset's own values back.
        file_requested: The user wants to choose a file of weights.
        rate_requested: The user wants a learning rate to be found.
        preview_requested: The user wants to see pictures varied.
    """

    changed = Signal()
    reset_requested = Signal()
    file_requested = Signal()
    rate_requested = Signal()
    preview_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.groups = {group: _group(group) for group in Group}
        self.find_button = QPushButton("Find…")
        self.preview_button = QPushButton("See it on your pictures")
        self.reset_button = QPushButton("Back to the preset's")
        self._values: TrainingConfig | None = None
        self._shown: Collection[str] = ()
        self._dress()
        self._lay_out()
        self._connect()

    def set_values(self, values: TrainingConfig, shown: Collection[str]) -> None:
        """Fill the form, without telling.

        Args:
            values: The values; those that are not shown stay as they are.
            shown: The fields that are shown.
        """
        self._values, self._shown = values, shown
        for name in shown:
            self.editor(name).set_value(getattr(values, name))
        for group in self.groups.values():
            group.set_shown(shown)
        self._show_changed()

    def values(self) -> TrainingConfig:
        """What the form says; a number that cannot be read is NaN."""
        assert self._values is not None
        said = {name: self.editor(name).value() for name in self._shown}
        return replace(self._values, **said)  # type: ignore[arg-type]

    def set_value(self, name: str, value: Value) -> None:
        """Take a value that the user chose elsewhere."""
        self.editor(name).set_value(value)
        self._on_group_changed()

    def set_sources(self, runs: Sequence[str]) -> None:
        """Offer runs to start from, beside the model that ships, without telling.

        Args:
            runs: The names of the finished runs, newest first.
        """
        self._sources.set_runs(runs)

    def set_live(self, *, can_change: bool, can_find: bool) -> None:
        """Switch what is live; the parts open and close at any time.

        Args:
            can_change: Whether values can be changed.
            can_find: Whether a learning rate can be found.
        """
        for group in self.groups.values():
            group.body.setEnabled(can_change)
        self.find_button.setEnabled(can_find)
        self._can_change = can_change
        self._show_changed()

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Say below each field what is wrong with it."""
        for group in self.groups.values():
            group.show_problems(problems)

    def problem(self, name: str) -> str:
        """What is said below a field."""
        return self.groups[ROWS[name].group].problem(name)

    def editor(self, name: str) -> FieldEditor:
        """The editor of one field."""
        return self.groups[ROWS[name].group].editors[name]

    @property
    def weights_file(self) -> FileEditor:
        """The editor of the file of weights."""
        editor = self.editor("weights_file")
        assert isinstance(editor, FileEditor)
        return editor

    @property
    def _sources(self) -> RunEditor:
        editor = self.editor("start_from")
        assert isinstance(editor, RunEditor)
        return editor

    def _show_changed(self) -> None:
        changed = changed_fields(self.values()) if self._values is not None else frozenset()
        for group in self.groups.values():
            group.show_changed(changed)
        self.reset_button.setEnabled(self._can_change and bool(changed))

    def _on_group_changed(self) -> None:
        self._show_changed()
        self.changed.emit()

    def _dress(self) -> None:
        self._can_change = True
        self.find_button.setToolTip("Find a learning rate: try out many in one short training")
        self.reset_button.setToolTip("Take back all changes of this preset's settings")
        self.editor("learning_rate").add(self.find_button)
        self.groups[Group.AUGMENTATION].add(self.preview_button)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_4)
        for group in self.groups.values():
            column.addWidget(group)
        column.addWidget(self.reset_button, alignment=Qt.AlignmentFlag.AlignRight)

    def _connect(self) -> None:
        for group in self.groups.values():
            group.changed.connect(self._on_group_changed)
        self.weights_file.choice_requested.connect(self.file_requested)
        self.find_button.clicked.connect(lambda *_: self.rate_requested.emit())
        self.preview_button.clicked.connect(lambda *_: self.preview_requested.emit())
        self.reset_button.clicked.connect(lambda *_: self.reset_requested.emit())


def _group(group: Group) -> FormGroup:
    return FormGroup(group, [row for row in ROWS.values() if row.group is group])
