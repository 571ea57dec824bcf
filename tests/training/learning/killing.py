"""`catdog`, which kills itself at the moment that its first words name: `test_killed` runs it.

The preset notebook varies its pictures here, and a checkpoint is written before each batch.
"""

import dataclasses
import os
import signal
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from training import atomic
from training.cli.app import main
from training.learning import callbacks, finishing, keeping, ledger, pipeline, presets
from training.learning.methods import Augmentation
from training.runs.run_folder import ONNX_FILE, STATE_FILE

KILLED = "killed"
"""The first word of the line before a kill; then the epoch and the step that were learned last."""

learned = (0, -1)


@dataclass(frozen=True)
class Moment:
    """A call at which the process may end.

    Attributes:
        owner: The module or the class of what is called.
        name: Its name.
        counts: Which calls count, by their arguments.
        is_after: Whether the call is made before the process ends.
    """

    owner: Any
    name: str
    counts: Callable[..., bool] = lambda *_, **__: True
    is_after: bool = False


def is_state(path: Path, *_: object) -> bool:
    return path.name.startswith(f".{Path(STATE_FILE).stem}")


def is_model(_: Path, target: Path) -> bool:
    return target.name == ONNX_FILE


def becomes_state(path: Path, target: Path) -> bool:
    return is_state(path) and target.name == STATE_FILE and not target.exists()


MOMENTS: Mapping[str, Moment] = {
    "a step": Moment(callbacks.Translator, "on_train_batch_end", is_after=True),
    "a batch is read": Moment(pipeline.Batches, "batch"),
    "a validation": Moment(callbacks.Stopper, "on_test_batch_begin", is_after=True),
    "a state is written": Moment(atomic, "_flush_file", is_state),
    "between two renames": Moment(Path, "replace", becomes_state),
    "between state and best": Moment(ledger.Ledger, "_best_epoch"),
    "between best and history": Moment(ledger, "write_history"),
    "between history and record": Moment(ledger, "write_record"),
    "a model is measured": Moment(finishing.Finisher, "_ask"),
    "between two files of a model": Moment(Path, "replace", is_model),
}
SOMETIME = "milliseconds after the first step"


def kill() -> None:
    epoch, step = learned
    os.write(2, f"\n{KILLED} {epoch} {step}\n".encode())
    os.kill(os.getpid(), signal.SIGKILL)


def kill_at(moment: Moment, count: int) -> None:
    """Kill the process at the call of that number."""
    called, left = getattr(moment.owner, moment.name), [count]

    def watched(*arguments: object, **named: object) -> object:
        left[0] -= moment.counts(*arguments, **named)
        if not left[0] and not moment.is_after:
            kill()
        result = called(*arguments, **named)
        if not left[0]:
            kill()
        return result

    setattr(moment.owner, moment.name, watched)


def note_steps(then: Callable[[], None]) -> None:
    """Note what is learned; after the first step, do something."""
    step_ended = callbacks.StepEnded

    def noted(epoch: int, step: int, *figures: float) -> object:
        global learned  # noqa: PLW0603 - there is one process and one training
        learned = (epoch, step)
        if first:
            first.pop()()
        return step_ended(epoch, step, *figures)

    first = [then]
    callbacks.StepEnded = noted  # type: ignore[assignment, misc]


def vary() -> None:
    keeping.CHECKPOINT_EVERY_S = 0.0
    row = presets.PRESETS["notebook"]
    method = dataclasses.replace(row.method, augmentation=Augmentation(least_area=0.5, colour=0.2))
    presets.PRESETS["notebook"] = dataclasses.replace(row, method=method)  # type: ignore[index]


if __name__ == "__main__":
    vary()
    name, number = sys.argv[1], int(sys.argv[2])
    if name == SOMETIME:
        note_steps(threading.Timer(number / 1000, kill).start)
    else:
        note_steps(lambda: None)
        if name in MOMENTS:
            kill_at(MOMENTS[name], number)
    sys.exit(main(sys.argv[3:]))
