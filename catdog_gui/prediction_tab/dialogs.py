"""The dialogs for choosing files."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

_SUFFIXES = {"Tables (*.csv)": "csv", "JSON (*.json)": "json"}


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


def ask_for_results_file(parent: QWidget, folder: Path) -> Path | None:
    """Let the user choose a CSV or JSON file to write; None where the user thought better of it."""
    dialog = QFileDialog(parent, "Export the verdicts", str(folder))
    dialog.setNameFilters(list(_SUFFIXES))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("csv")  # the dialog knows the whole name and asks before replacing
    dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(_SUFFIXES[chosen]))
    dialog.selectFile("verdicts")
    return Path(dialog.selectedFiles()[0]) if dialog.exec() else None


def ask_for_sorted_folder(parent: QWidget, folder: Path) -> Path | None:
    """Let the user choose where pictures are sorted into; None where they thought better of it."""
    name = QFileDialog.getExistingDirectory(
        parent, "Choose a folder that gets the folders cat, dog and neither", str(folder)
    )
    return Path(name) if name else None


def ask_for_zip(parent: QWidget, folder: Path) -> Path | None:
    """Let the user choose a competition's zip; None where the user thought better of it."""
    name, _ = QFileDialog.getOpenFileName(
        parent, "Choose the competition's pictures", str(folder), "Zip archives (*.zip)"
    )
    return Path(name) if name else None


def ask_for_file_to_send(parent: QWidget, folder: Path) -> Path | None:
    """Let the user choose a submission that lies there; None where they thought better of it."""
    name, _ = QFileDialog.getOpenFileName(
        parent, "Choose a submission to send", str(folder), "Tables (*.csv);;All files (*)"
    )
    return Path(name) if name else None


def ask_for_submission_file(parent: QWidget, folder: Path) -> Path | None:
    """Let the user choose a CSV file to write; None where the user thought better of it."""
    name, _ = QFileDialog.getSaveFileName(
        parent, "Write the submission", str(folder / "submission.csv"), "Tables (*.csv)"
    )
    return Path(name) if name else None
