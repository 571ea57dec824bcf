"""The Viewer's `--selftest`: verdicts on drawn pictures, and the window, a line a step."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QTimer

from catdog_gui.selftest_steps import own_home, perform, require_drawn
from training.errors import UserError
from training.home import Home

if TYPE_CHECKING:
    from catdog_gui.viewer_window import ViewerWindow

_PICTURES = 4
_PATIENCE_MS = 30_000


def run_selftest() -> int:
    """Do each step in a home of its own and say how it went.

    Returns:
        0, or 1 where a step failed.
    """
    with own_home() as home:
        return perform(STEPS, home)


def _classify(home: Home) -> str:
    from training.inference.classifier import Classifier
    from training.runs.lab_book import default_run

    pictures = _draw_pictures(home)
    verdicts = Classifier.load(default_run().folder).classify(pictures)
    for verdict in verdicts:
        if verdict.error:
            raise UserError(verdict.error, "The drawn pictures cannot be read here.")
    return f"{len(verdicts)} drawn pictures, by the model that ships"


def _open_window(home: Home) -> str:
    from catdog_gui.program import build_application
    from catdog_gui.viewer_window import VIEWER, ViewerWindow

    app, loop = build_application(VIEWER), QEventLoop()
    window = ViewerWindow(home)
    window.show()
    window.jobs.ended.connect(lambda: loop.quit() if _has_read(window) else None)
    QTimer.singleShot(_PATIENCE_MS, loop.quit)
    window.open_files([_folder(home)])
    loop.exec()
    app.processEvents()
    if not _has_read(window) or window.current_banner().message():
        raise UserError(
            window.current_banner().message() or "The window reads no pictures.",
            "Look at the lines of the step before.",
        )
    require_drawn(window, "The window")
    window.open_guide()
    require_drawn(window.guide, "The guide")
    window.leave()
    return f"opened and drawn; {window.page.summary()}".rstrip(".")


def _has_read(window: "ViewerWindow") -> bool:
    return bool(window.page.summary()) and not window.jobs.running


def _draw_pictures(home: Home) -> list[Path]:
    from training.dataset.picture import CLASSES
    from training.dataset.sample import draw_picture

    folder = _folder(home)
    folder.mkdir(parents=True)
    for number in range(_PICTURES):
        label = CLASSES[number % len(CLASSES)]
        draw_picture(label, number, seed=1).save(folder / f"{label}.{number}.jpg")
    return sorted(folder.iterdir())


def _folder(home: Home) -> Path:
    return home.root / "pictures"


STEPS: Mapping[str, Callable[[Home], str]] = {"classify": _classify, "window": _open_window}
