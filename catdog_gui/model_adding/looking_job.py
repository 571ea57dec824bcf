"""The first job of adding: what was given is found out, and a run is taken in at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from catdog_gui.model_adding.questions import ModelQuestions, Strangers
from training.cancellation import CancelToken
from training.errors import ModelFileError
from training.events import EventSink
from training.home import Home
from training.runs.given import SAVED_MODEL_FILE, SHARED_SUFFIX, model_place

if TYPE_CHECKING:
    from training.runs.taking_in import TakenIn


def look_at(
    given: Path, home: Home, strangers: Strangers | None, *, emit: EventSink, token: CancelToken
) -> TakenIn | ModelQuestions:
    """Take a run in, or find out what must be asked of somebody else's model.

    Args:
        given: A file or a folder, whatever its name.
        home: Gets the run.
        strangers: Looks at somebody else's models; None where the program cannot.
        emit: Told the stages.
        token: A cancel ends it within two seconds; nothing is kept then.

    Raises:
        Cancelled: The user cancelled.
        UserError: It is no model, or is refused; with the reason.
        OSError: A file cannot be read or written.
    """
    from training.runs.sharing import is_run, take_in_shared

    source = model_place(given)
    if is_run(source) or _is_meant_as_run(source):
        return take_in_shared(source, home, emit=emit, token=token)
    if strangers is None:
        raise ModelFileError(
            f"{source.name} is no model that CatDog saved.",
            f"Add it in CatDog itself, and share it from there as a {SHARED_SUFFIX} file.",
        )
    return strangers.examine(source, home, emit=emit, token=token)


def _is_meant_as_run(source: Path) -> bool:
    """Of what looks like one the sentence is wanted that says what is wrong with it."""
    if source.is_dir():
        return not (source / SAVED_MODEL_FILE).is_file()
    return source.suffix.lower() == SHARED_SUFFIX
