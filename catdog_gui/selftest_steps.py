"""What the self-tests share: a folder of their own, steps that say a line each, and a look."""

import contextlib
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from catdog_gui.log import give_streams
from training.errors import UserError, explain
from training.events import Event
from training.home import HOME_VARIABLE, Home

_CACHES = ("KERAS_HOME", "MPLCONFIGDIR", "XDG_CACHE_HOME")
"""Where libraries would write into the user's own folders."""

_LEAST_COLOURS = 8
_LOOK_PX = 2
_SHOWN_WORD = 9

W = TypeVar("W")


@contextlib.contextmanager
def own_home() -> Iterator[Home]:
    """A home in a temporary folder, which also gets what libraries write for themselves."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    prefix = "catdog-selftest-"
    # a library may still hold a file of it, which Windows then keeps
    with tempfile.TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True) as folder:
        os.environ[HOME_VARIABLE] = folder
        for name in _CACHES:
            os.environ[name] = str(Path(folder, "cache", name.lower()))
        home = Home(Path(folder))
        give_streams(home)
        yield home


def perform(steps: Mapping[str, Callable[[W], str]], work: W) -> int:
    """Do steps one after another, up to the first that fails; each says a line.

    Args:
        steps: What each does, by its word; it gives a few words on how it went.
        work: Handed from step to step.

    Returns:
        0, or 1 where a step failed.
    """
    began = time.monotonic()
    for name, step in steps.items():
        begun = time.monotonic()
        try:
            words = step(work)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is said in a line
            text = explain(error)
            _say(f"FAIL {name}: {text.message} {text.hint}")
            traceback.print_exception(error, file=sys.stderr)
            return 1
        _say(f"{name:{_SHOWN_WORD}} {words} ({time.monotonic() - begun:.1f} s)")
    _say(f"{'ok':{_SHOWN_WORD}} everything works ({time.monotonic() - began:.1f} s)")
    return 0


def require_drawn(widget: QWidget, what: str) -> None:
    """Refuse a widget that paints nothing.

    Args:
        widget: It is shown.
        what: Its name in a sentence, such as "The Dataset tab".

    Raises:
        UserError: It is blank.
    """
    if is_blank(widget.grab().toImage()):
        raise UserError(f"{what} is blank.", "Qt cannot draw here, or its files are not complete.")


def is_blank(image: QImage) -> bool:
    """Whether a picture has next to no colours; letters alone have more, by their soft edges."""
    across, down = range(0, image.width(), _LOOK_PX), range(0, image.height(), _LOOK_PX)
    return len({image.pixel(x, y) for x in across for y in down}) < _LEAST_COLOURS


def ignore(event: Event) -> None:
    """For jobs: their own events are not shown, a line a step is all."""


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
