"""The dialogs for choosing a file and for what cannot be undone."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QInputDialog, QMessageBox, QWidget

from catdog_gui.training_tab.lab_book_words import more_epochs_words
from training.config import RANGES
from training.runs.given import SHARED_SUFFIX
from training.runs.lab_book import RunInfo

_SETTINGS_FILES = "Settings of a run (*.json)"


def ask_for_h5(parent: QWidget, folder: Path, name: str) -> Path | None:
    """Let the user choose an .h5 file to write; None where the user thought better of it."""
    dialog = QFileDialog(parent, "Save the model", str(folder), "Keras models (*.h5)")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("h5")  # the dialog knows the whole name and asks before replacing
    dialog.selectFile(name)
    return Path(dialog.selectedFiles()[0]) if dialog.exec() else None


def ask_for_shared_file(parent: QWidget, folder: Path, name: str) -> Path | None:
    """Let the user choose a file to share; None where the user thought better of it."""
    kinds = f"Models of CatDog (*{SHARED_SUFFIX})"
    dialog = QFileDialog(parent, "Share the model", str(folder), kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(SHARED_SUFFIX.removeprefix("."))
    dialog.selectFile(name)
    return Path(dialog.selectedFiles()[0]) if dialog.exec() else None


def ask_for_event_folder(parent: QWidget, folder: Path) -> Path | None:
    """Let the user choose a folder for TensorBoard; None where the user thought better of it."""
    name = QFileDialog.getExistingDirectory(
        parent, "Choose the folder that TensorBoard is given", str(folder)
    )
    return Path(name) if name else None


def ask_for_weights(parent: QWidget, path: str) -> Path | None:
    """Let the user choose a file of weights; None where the user thought better of it."""
    dialog = QFileDialog(parent, "Choose the weights", path, "Keras weights (*.h5)")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return Path(dialog.selectedFiles()[0]) if dialog.exec() else None


def ask_for_epochs(parent: QWidget, info: RunInfo) -> int | None:
    """Let the user say to which epoch a run learns on; None where the user thought better of it.

    Args:
        parent: The window.
        info: The run; fewer epochs than it was asked for cannot be chosen.
    """
    planned, most = info.epochs_planned, int(RANGES["epochs"].high)
    dialog = QInputDialog(parent)
    dialog.setWindowTitle("CatDog")
    dialog.setLabelText(more_epochs_words(info))
    dialog.setInputMode(QInputDialog.InputMode.IntInput)
    dialog.setIntRange(planned, most)
    dialog.setIntValue(2 * planned)
    dialog.setOkButtonText("Resume")
    return dialog.intValue() if dialog.exec() else None


def ask_to_save_settings(parent: QWidget, folder: Path, name: str) -> Path | None:
    """Let the user choose a file for settings; None where the user thought better of it."""
    dialog = QFileDialog(parent, "Save the settings", str(folder), _SETTINGS_FILES)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("json")
    dialog.selectFile(name)
    return Path(dialog.selectedFiles()[0]) if dialog.exec() else None


def ask_to_open_settings(parent: QWidget, folder: Path) -> Path | None:
    """Let the user choose a file of settings; None where the user thought better of it."""
    dialog = QFileDialog(parent, "Open settings", str(folder), _SETTINGS_FILES)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return Path(dialog.selectedFiles()[0]) if dialog.exec() else None


def ask(parent: QWidget, question: str, *, meaning: str, yes: str) -> bool:
    """Ask before something that cannot be undone; No is the default.

    Args:
        parent: The window.
        question: One sentence.
        meaning: What a yes does.
        yes: The word on the button that does it.
    """
    box = QMessageBox(QMessageBox.Icon.Question, "CatDog", question, parent=parent)
    box.setInformativeText(meaning)
    agreed = box.addButton(yes, QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
    box.exec()
    return box.clickedButton() is agreed
