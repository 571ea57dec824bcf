"""What runs in the process that may be killed: the checks, the limits, and the trial.

Nothing of Keras is imported before the checks are done.
"""

import contextlib
import dataclasses
import json
import os
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path

from training import atomic
from training.errors import ModelFileError
from training.learning.foreign.checking import check_file
from training.learning.foreign.facts import ForeignModel
from training.learning.foreign.memory import is_out_of_memory

RESULT_FILE = "result.json"
NETWORK_FILE = "network.keras"
_OUTPUT_FILE = "output.txt"
_STDOUT, _STDERR = 1, 2


@dataclass(frozen=True)
class Task:
    """A trial.

    Attributes:
        file: The private copy.
        name: What the user's file is called.
        sha256: Of its bytes.
        folder: An empty one, for what is unpacked and for what comes of it.
        memory_bytes: Memory that the process may have; 0 for no limit.
        seconds: Processor time that it may take.
    """

    file: Path
    name: str
    sha256: str
    folder: Path
    memory_bytes: int
    seconds: int


def run_trial(task: Task) -> None:
    """Check, load and try a model; write what came of it as JSON, and the model saved again."""
    _speak_into(task.folder / _OUTPUT_FILE)
    _limit(task)
    try:
        _write(task.folder, model=_tried(task))
    except ModelFileError as error:
        cause = error.__cause__
        details = "" if cause is None else "".join(traceback.format_exception(cause))
        _write(task.folder, refusal=[error.message, error.hint], details=details[-4000:])
    except Exception as error:
        if not is_out_of_memory(error):
            raise
        _write(task.folder, too_large=True)


def _tried(task: Task) -> dict[str, object]:
    checked = check_file(task.file, task.folder, name=task.name)
    os.environ["CUDA_VISIBLE_DEVICES"] = "-1"  # a driver claims more memory than any limit
    from training.learning.devices import load_tensorflow

    load_tensorflow(lambda _: None)
    from training.learning.export_formats import write_keras
    from training.learning.foreign.loading import Source, facts_of, load

    network = load(checked)
    facts: ForeignModel = facts_of(network, Source(task.name, task.sha256), checked)
    write_keras(network, task.folder / NETWORK_FILE)
    return dataclasses.asdict(facts)


def _write(folder: Path, **result: object) -> None:
    atomic.write_text(folder / RESULT_FILE, json.dumps(result))


def _speak_into(file: Path) -> None:
    """What libraries print goes into a file, not between the words of the program."""
    with file.open("wb") as output:
        for stream in (_STDOUT, _STDERR):
            with contextlib.suppress(OSError):  # a windowed program has none
                os.dup2(output.fileno(), stream)
    sys.stdout = sys.stderr = file.open("a", encoding="utf-8")


def _limit(task: Task) -> None:
    """Limits that the system keeps; Windows has none of them, and the parent's clock remains."""
    try:
        import resource
    except ImportError:
        return
    # of the whole address space, glibc sets aside gigabytes that it never writes to
    memory = resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS
    for kind, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, task.seconds),
        (memory, task.memory_bytes),
    ):
        if most or kind == resource.RLIMIT_CORE:
            with contextlib.suppress(ValueError, OSError):  # a lower one holds already
                resource.setrlimit(kind, (most, most))
