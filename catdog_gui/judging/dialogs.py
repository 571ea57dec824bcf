"""The dialogs for choosing files."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def ask_for_folder(parent: QWidget, folder: Path) -> Path | None:
    """Let the user choose a folder; None where the user thought better of it."""
    name = QFileDialog.getExistingDirectory(
        parent, "Choose a folder with cats and dogs in folders named so", str(folder)
    )
    return Path(name) if name else None


def ask_for_report(parent: QWidget, folder: Path, name: str) -> Path | None:
    """Let the user choose a web page to write; None where the user thought better of it."""
    dialog = QFileDialog(parent, "Save the report", str(folder), "Web pages (*.html)")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("html")  # the dialog knows the whole name and asks before replacing
    dialog.selectFile(name)
    return Path(dialog.selectedFiles()[0]) if dialog.exec() else None
