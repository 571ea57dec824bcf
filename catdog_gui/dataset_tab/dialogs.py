"""The dialogs for choosing files, and the one before a deletion."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget


def ask_for_zip(parent: QWidget, folder: str) -> Path | None:
    """Let the user choose a zip; None where the user thought better of it."""
    name, _ = QFileDialog.getOpenFileName(
        parent, "Choose a zip of pictures", folder, "Zip archives (*.zip *.ZIP);;All files (*)"
    )
    return Path(name) if name else None


def ask_for_folder(parent: QWidget, folder: str) -> Path | None:
    """Let the user choose a folder; None where the user thought better of it."""
    name = QFileDialog.getExistingDirectory(parent, "Choose a folder of pictures", folder)
    return Path(name) if name else None


def ask_for_token_file(parent: QWidget) -> Path | None:
    """Let the user choose a file that holds a token; None where the user thought better of it."""
    downloads = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
    name, _ = QFileDialog.getOpenFileName(
        parent,
        "Choose a file with a token for Kaggle",
        downloads,
        "Kaggle's files (*.json access_token access_token.txt);;All files (*)",
    )
    return Path(name) if name else None


def ask_for_table(parent: QWidget, folder: str) -> Path | None:
    """Let the user choose a table of a split; None where the user thought better of it."""
    tables = "Tables (*.csv);;All files (*)"
    name, _ = QFileDialog.getOpenFileName(parent, "Choose a table of a split", folder, tables)
    return Path(name) if name else None


def ask_where_to_export(parent: QWidget, proposed: str, *, as_table: bool) -> Path | None:
    """Let the user name a table, or a new folder; None where the user thought better of it."""
    title = "Export the split as a table" if as_table else "Name a new folder for the links"
    kinds = "Tables (*.csv)" if as_table else "Folders (*)"
    name, _ = QFileDialog.getSaveFileName(parent, title, proposed, kinds)
    return Path(name) if name else None


def ask_to_delete(parent: QWidget, question: str, meaning: str) -> bool:
    """Ask before something is lost for good; no is the answer unless the user says otherwise."""
    box = QMessageBox(QMessageBox.Icon.Warning, "Delete dataset", question, parent=parent)
    box.setInformativeText(meaning)
    delete = box.addButton("Delete dataset", QMessageBox.ButtonRole.DestructiveRole)
    keep = box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(keep)
    box.exec()
    return box.clickedButton() is delete
