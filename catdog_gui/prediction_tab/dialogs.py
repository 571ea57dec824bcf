"""The dialogs for choosing files."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def ask_for_pictures(parent: QWidget, folder: Path) -> list[Path]:
    """Let the user choose pictures.

    Args:
        parent: The window.
        folder: Where to begin.

    Returns:
        The files; none where the user thought better of it.
    """
    from training.dataset.decode import SUFFIXES

    patterns = " ".join(f"*{suffix}" for suffix in sorted(SUFFIXES))
    names, _ = QFileDialog.getOpenFileNames(
        parent, "Open pictures", str(folder), f"Pictures ({patterns});;All files (*)"
    )
    return [Path(name) for name in names]


def ask_for_folder(parent: QWidget, folder: Path) -> Path | None:
    """Let the user choose a folder; None where the user thought better of it."""
    name = QFileDialog.getExistingDirectory(parent, "Choose a folder of pictures", str(folder))
    return Path(name) if name else None


def ask_for_model(parent: QWidget, folder: Path) -> Path | None:
    """Let the user choose a model's folder; None where the user thought better of it."""
    name = QFileDialog.getExistingDirectory(
        parent, "Choose the folder of a model, with run.json in it", str(folder)
    )
    return Path(name) if name else None


def ask_for_table(parent: QWidget, folder: Path) -> Path | None:
    """Let the user choose a CSV file to write; None where the user thought better of it."""
    dialog = QFileDialog(parent, "Save the verdicts", str(folder), "Tables (*.csv)")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("csv")  # the dialog knows the whole name and asks before replacing
    dialog.selectFile("verdicts.csv")
    return Path(dialog.selectedFiles()[0]) if dialog.exec() else None
