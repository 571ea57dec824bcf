"""One part of the form: a heading that opens it, and its settings, each with its problem."""

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from catdog_gui import theme
from catdog_gui.training_tab.form_editors import FieldEditor, build_editor
from catdog_gui.training_tab.form_row import Kind, Row
from catdog_gui.widgets.fold import Fold

_TINT_SHARE = 0.18


class FormGroup(Fold):
    """The settings under one heading.

    Args:
        title: The heading.
        rows: The settings, from top to bottom.

    Signals:
        changed: The user changed a value.
    """

    changed = Signal()

    def __init__(self, title: str, rows: Sequence[Row], parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._title = title
        self._rows = {row.name: row for row in rows}
        self.editors: Mapping[str, FieldEditor] = {row.name: build_editor(row) for row in rows}
        self._labels = {row.name: _label(row, self.editors[row.name]) for row in rows}
        self._problems = {row.name: _problem_label() for row in rows}
        self._lay_out()
        for editor in self.editors.values():
            editor.changed.connect(self.changed)

    def set_shown(self, fields: Collection[str]) -> None:
        """Show only these settings; without any, nothing of the group."""
        for name, editor in self.editors.items():
            editor.setVisible(name in fields)
            self._labels[name].setVisible(name in fields and self._has_label(name))
        self.setVisible(any(name in fields for name in self.editors))

    def show_changed(self, fields: Collection[str]) -> None:
        """Mark the settings that differ from the preset's; the heading counts them."""
        changed = [name for name in self.editors if name in fields]
        for name in self.editors:
            weight = QFont.Weight.DemiBold if name in changed else QFont.Weight.Normal
            widget = self._titled(name)
            font = widget.font()
            font.setWeight(weight)
            widget.setFont(font)
        self.set_title(f"{self._title} · {len(changed)} changed" if changed else self._title)

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Say below each setting what is wrong with it; the group opens where that is news."""
        is_news = False
        for name, label in self._problems.items():
            is_news = is_news or (name in problems and not label.text())
            label.setText(problems.get(name, ""))
            label.setVisible(name in problems)
        self._mark_problems()
        if is_news:
            self.set_open(is_open=True)

    def add(self, widget: QWidget) -> None:
        """Put a widget below the settings."""
        self._grid.addWidget(widget, 2 * len(self._rows), 0, 1, 2, Qt.AlignmentFlag.AlignRight)

    def problem(self, name: str) -> str:
        """What is said below a setting."""
        return self._problems[name].text()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Take the marks' colours from the new palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._mark_problems()

    def _has_label(self, name: str) -> bool:
        return self._rows[name].kind is not Kind.CHECK

    def _titled(self, name: str) -> QWidget:
        """The widget that says a setting's title."""
        return self._labels[name] if self._has_label(name) else self.editors[name].inner

    def _mark_problems(self) -> None:
        shade = theme.colour("warning", text=True)
        for name, label in self._problems.items():
            words, field = QPalette(), QPalette()
            words.setColor(QPalette.ColorRole.WindowText, shade)
            label.setPalette(words)
            if label.text():
                base = _tinted(self.palette().base().color(), shade)
                field.setColor(QPalette.ColorRole.Base, base)
            self.editors[name].setPalette(field)

    def _lay_out(self) -> None:
        grid = self._grid = QGridLayout(self.body)
        grid.setContentsMargins(theme.SPACE_4, theme.SPACE_4, 0, theme.SPACE_8)
        grid.setHorizontalSpacing(theme.SPACE_12)
        grid.setVerticalSpacing(theme.SPACE_4)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        for place, (name, editor) in enumerate(self.editors.items()):
            if self._has_label(name):
                grid.addWidget(self._labels[name], 2 * place, 0)
                grid.addWidget(editor, 2 * place, 1)
            else:
                grid.addWidget(editor, 2 * place, 0, 1, 2)
            grid.addWidget(self._problems[name], 2 * place + 1, 0, 1, 2)


def _label(row: Row, editor: FieldEditor) -> QLabel:
    label = QLabel(row.title, wordWrap=True)
    label.setToolTip(row.help_text)
    label.setBuddy(editor)
    return label


def _problem_label() -> QLabel:
    label = QLabel(wordWrap=True)
    theme.caption(label)
    label.setForegroundRole(QPalette.ColorRole.WindowText)
    label.hide()
    return label


def _tinted(base: QColor, shade: QColor) -> QColor:
    pairs = (
        (base.red(), shade.red()),
        (base.green(), shade.green()),
        (base.blue(), shade.blue()),
    )
    return QColor(*(round(a + (b - a) * _TINT_SHARE) for a, b in pairs))
