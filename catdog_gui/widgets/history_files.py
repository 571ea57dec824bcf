"""The curves of a run as a file: where to, and what is in it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from training import atomic
from training.errors import UserError
from training.events import EpochEnded
from training.runs.history import history_csv

_INCHES, _DPI = (9.0, 3.6), 200
_FILTERS = {
    "PNG picture (*.png)": "png",
    "SVG drawing (*.svg)": "svg",
    "CSV table (*.csv)": "csv",
}


def ask_for_file(parent: QWidget) -> Path | None:
    """Let the user choose a PNG, SVG or CSV file; None where the user thought better of it."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    dialog = QFileDialog(parent, "Save the curves", folder, ";;".join(_FILTERS))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("png")  # the dialog knows the whole name and asks before replacing
    dialog.filterSelected.connect(lambda words: dialog.setDefaultSuffix(_FILTERS[words]))
    dialog.selectFile("curves")
    return Path(dialog.selectedFiles()[0]) if dialog.exec() else None


def write_history_file(path: Path, epochs: Sequence[EpochEnded]) -> None:
    """Write the curves as a picture, or their figures as a table; whole or not at all.

    Args:
        path: Its suffix chooses the format: .png, .svg or .csv. An existing file is replaced.
        epochs: What to write.

    Raises:
        UserError: The suffix is another one.
        OSError: The file cannot be written.
    """
    suffix = path.suffix.lower().removeprefix(".")
    if suffix not in _FILTERS.values():
        raise UserError(
            f"The curves cannot be saved as “{path.name}”.",
            "Choose a name that ends in .png, .svg or .csv.",
        )
    if suffix == "csv":
        atomic.write_text(path, history_csv(epochs))
        return
    with atomic.replacing(path) as temporary:
        _draw(temporary, suffix, epochs=epochs)


def _draw(path: Path, suffix: str, *, epochs: Sequence[EpochEnded]) -> None:
    """Light whatever the theme: most pages are white."""
    from training.plots.history import history_figure
    from training.plots.style import LIGHT

    figure, artists = history_figure(LIGHT)
    figure.set_size_inches(_INCHES)
    artists.show(epochs)
    artists.fit()
    figure.savefig(path, format=suffix, dpi=_DPI)
