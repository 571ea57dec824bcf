"""The run's settings as text, for a note, a mail or a script, and back from there."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from catdog_gui import theme
from catdog_gui.training_tab import dialogs

_SENTENCE = "All settings of the next run. The text can be kept, sent, and pasted again."
_COPIED = "The text is on the clipboard."


class TextView(QWidget):
    """The text, and what can be done with it.

    Signals:
        pasted: The text on the clipboard, which the user wants to be the settings.
        save_requested: The user wants to write the text to a file.
        open_requested: The user wants the text of a file to be the settings.
    """

    pasted = Signal(str)
    save_requested = Signal()
    open_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = QPlainTextEdit(readOnly=True)
        self.sentence = QLabel(_SENTENCE, wordWrap=True)
        self.copy_button = _button("Copy", "Put the text on the clipboard")
        self.paste_button = _button("Paste", "Take the settings that are on the clipboard")
        self.save_button = _button("Save…", "Write the text to a file")
        self.open_button = _button("Open…", "Take the settings that are in a file")
        self._can_change = True
        self._dress()
        self._lay_out()
        self._connect()

    def show_text(self, text: str) -> None:
        """Show the settings."""
        if text != self.text.toPlainText():
            self.text.setPlainText(text)
        self._show(_SENTENCE, is_whole=True)

    def show_reason(self, reason: str) -> None:
        """Say why there is no text: the settings cannot be used."""
        self.text.clear()
        self._show(reason, is_whole=False)

    def set_can_change(self, *, can_change: bool) -> None:
        """Say whether other settings can be taken."""
        self._can_change = can_change
        for button in (self.paste_button, self.open_button):
            button.setEnabled(can_change)

    def ask_where_to_save(self, folder: Path, name: str) -> Path | None:
        """Let the user choose the file to write; None where the user thought better of it."""
        return dialogs.ask_to_save_settings(self.window(), folder, name)

    def ask_what_to_open(self, folder: Path) -> Path | None:
        """Let the user choose the file to read; None where the user thought better of it."""
        return dialogs.ask_to_open_settings(self.window(), folder)

    def _show(self, sentence: str, *, is_whole: bool) -> None:
        self.sentence.setText(sentence)
        for button in (self.copy_button, self.save_button):
            button.setEnabled(is_whole)

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.sentence.setText(_COPIED)

    def _on_paste_requested(self) -> None:
        if self._can_change:
            self.pasted.emit(QGuiApplication.clipboard().text())

    def _dress(self) -> None:
        self.text.setFont(theme.fixed_font())
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setAccessibleName("The settings as text")
        self.text.setTabChangesFocus(True)
        theme.caption(self.sentence)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SPACE_8)
        for button in (self.copy_button, self.paste_button, self.save_button, self.open_button):
            buttons.addWidget(button)
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_8)
        column.addLayout(buttons)
        column.addWidget(self.sentence)
        column.addWidget(self.text, 1)

    def _connect(self) -> None:
        self.copy_button.clicked.connect(self._on_copy_clicked)
        self.paste_button.clicked.connect(self._on_paste_requested)
        self.save_button.clicked.connect(lambda *_: self.save_requested.emit())
        self.open_button.clicked.connect(lambda *_: self.open_requested.emit())
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self.text)
        paste.activated.connect(self._on_paste_requested)


def _button(words: str, help_text: str) -> QPushButton:
    button = QPushButton(words)
    button.setToolTip(help_text)
    button.setAccessibleDescription(help_text)
    return button
