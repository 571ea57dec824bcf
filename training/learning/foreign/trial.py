"""A stranger's model, tried in a process of its own that has a limit of memory and of time."""

import json
import logging
import multiprocessing
import os
import signal
import time
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from training.cancellation import CancelToken
from training.errors import ModelFileError
from training.events import EventSink, Stage, StageStarted
from training.learning.foreign.child import NETWORK_FILE, RESULT_FILE, Task, run_trial
from training.learning.foreign.copying import copy_privately
from training.learning.foreign.facts import Answer, ForeignModel
from training.learning.foreign.kinds import kind_of

LEAST_MEMORY_BYTES = 3 << 30
"""What TensorFlow claims for a small network (0.8 GB on two cores), with room for more cores."""

_SHARE_OF_MEMORY = 0.75
_SECONDS = 180
_POLL_S = 0.1
_COPY = "model"

_KILLED = {
    -getattr(signal, name)
    for name in ("SIGABRT", "SIGKILL", "SIGXCPU")
    if hasattr(signal, name)  # Windows has the first alone
}
"""How a process ends that the system takes memory from: TensorFlow aborts where it gets none."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Limits:
    """What a trial may take.

    Attributes:
        memory_bytes: Memory that it may write to; 0 for no limit.
        seconds: Wall time, and processor time of each core.
    """

    memory_bytes: int
    seconds: int = _SECONDS


@dataclass(frozen=True)
class Tried:
    """A model that passed.

    Attributes:
        model: What it is.
        network: The file that it was saved in again.
    """

    model: ForeignModel
    network: Path


def try_model(
    source: Path,
    folder: Path,
    *,
    limits: Limits | None = None,
    emit: EventSink,
    token: CancelToken,
) -> Tried:
    """Copy a model's file, and check and load the copy in a process that may be killed for it.

    Args:
        source: The user's file, read once.
        folder: An empty one, private to this trial.
        limits: What it may take; as this computer allows unless given.
        emit: Told the stages.
        token: A cancel ends the process.

    Raises:
        Cancelled: The user cancelled.
        ModelFileError: It is refused, too large for this computer, or cannot be used.
        OSError: The file cannot be read, or the disk is full.
    """
    kind_of(source)  # what is no model is not copied
    copy = copy_privately(source, folder / _COPY, emit=emit, token=token)
    emit(StageStarted(Stage.TRYING_MODEL))
    limits = limits or limits_here()
    task = Task(
        copy.file,
        copy.name,
        copy.sha256,
        folder,
        limits.memory_bytes,
        limits.seconds * (os.cpu_count() or 1),
    )
    exit_code = _run(task, limits.seconds, token)
    return Tried(_model_in(folder, exit_code), folder / NETWORK_FILE)


def limits_here() -> Limits:
    """Three quarters of this computer's memory, or what TensorFlow needs by itself."""
    try:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):  # not on Windows
        return Limits(memory_bytes=0)
    return Limits(memory_bytes=max(LEAST_MEMORY_BYTES, int(memory * _SHARE_OF_MEMORY)))


def _run(task: Task, seconds: int, token: CancelToken) -> int:
    """Run the trial to its end, whatever that is.

    Spawned: a fork of a process with TensorFlow's threads may hang, and a frozen program can
    start itself so (`multiprocessing.freeze_support` stands first in each entry point).
    """
    process = multiprocessing.get_context("spawn").Process(
        target=run_trial, args=(task,), daemon=True
    )
    process.start()
    try:
        ends = time.monotonic() + seconds
        while process.is_alive():
            token.raise_if_cancelled()
            if time.monotonic() > ends:
                raise _too_slow(seconds)
            process.join(_POLL_S)
    finally:
        _end(process)
    return process.exitcode or 0


def _end(process: BaseProcess) -> None:
    if process.is_alive():
        process.kill()
    process.join()


def _model_in(folder: Path, exit_code: int) -> ForeignModel:
    result = _read(folder / RESULT_FILE)
    if "model" in result:
        facts = result["model"]
        return ForeignModel(
            **{
                **facts,
                "answer": Answer(facts["answer"]),
                "built_on": tuple(facts["built_on"]),
            }
        )
    if "refusal" in result:
        if result["details"]:
            _log.info("Keras on a stranger's model: %s", result["details"])
        raise ModelFileError(*result["refusal"])
    if "too_large" in result or exit_code in _KILLED:
        raise ModelFileError(
            "This model is too large for this computer: the trial ran out of memory.",
            "Close other programs and try again, or choose a smaller model.",
        )
    _log.warning("A stranger's model ended its trial with the exit code %d.", exit_code)
    raise ModelFileError(
        "This model made its trial fail; the program itself is not touched.",
        "Choose another model; the log has the details.",
    )


def _read(file: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found


def _too_slow(seconds: int) -> ModelFileError:
    return ModelFileError(
        f"This model is too large for this computer: its trial took more than {seconds} seconds.",
        "Choose a smaller model.",
    )
