"""Try out, on a machine with an NVIDIA GPU, what no other machine can show; five minutes at most.

    python tools/gpu_check.py            # all steps, a JSON line for each result
    python tools/gpu_check.py diagnosis memory

Each step runs in a process of its own and fails alone, with the last line of its error. It needs no
network and no pictures: it draws them. The last column of docs/not-tried.md says what to expect.
"""

import argparse
import contextlib
import itertools
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

Facts = Mapping[str, Any]
_LONGEST_S = 75
_STEPS, _ROUNDS = 40, 3
_FEW, _MANY = 64, 2048
_LITTLE_MEMORY_MB = 1024


def main(words: Sequence[str] | None = None) -> int:
    """Run the steps.

    Returns:
        0, or 1 where one failed.
    """
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("steps", nargs="*", help=f"some of: {', '.join(STEPS)}")
    parser.add_argument("--here", action="store_true", help="in this process, one step")
    options = parser.parse_args(words)
    if unknown := set(options.steps) - STEPS.keys():
        parser.error(f"there is no step {', '.join(sorted(unknown))}")
    if options.here:
        for facts in STEPS[options.steps[0]]():
            print(json.dumps({"step": options.steps[0], **facts}), flush=True)
        return 0
    return max([run_apart(name) for name in options.steps or STEPS])


def run_apart(name: str) -> int:
    """Run one step in a process of its own and say how it ended.

    Returns:
        0, or 1 where it failed.
    """
    began = time.monotonic()
    try:
        done = subprocess.run(
            [sys.executable, __file__, "--here", name],
            capture_output=True,
            text=True,
            timeout=_LONGEST_S,
            check=False,
        )
        output, errors, is_well = done.stdout, done.stderr, done.returncode == 0
    except subprocess.TimeoutExpired as error:
        output, errors, is_well = _text(error.stdout), f"over {_LONGEST_S} s", False
    print(output, end="")
    ended: dict[str, Any] = {"step": name, "ok": is_well}
    if not is_well:
        ended["error"] = (errors.strip().splitlines() or ["no word"])[-1]
    print(json.dumps({**ended, "seconds": round(time.monotonic() - began, 1)}), flush=True)
    return 0 if is_well else 1


def diagnosis() -> Iterator[Facts]:
    """What the doctor says without TensorFlow."""
    from training.learning.doctor import examine, facts_of
    from training.learning.machine import machine_facts

    yield {"facts": repr(machine_facts())}
    yield from facts_of(examine())


def tensorflow_sees() -> Iterator[Facts]:
    """What TensorFlow sees, and whether that agrees with the doctor."""
    _load()
    import keras
    import tensorflow as tf

    from training.learning.computing import seen_gpus
    from training.learning.doctor import diagnose, facts_of
    from training.learning.machine import machine_facts

    build = tf.sysconfig.get_build_info()
    wanted = {name: build.get(name) for name in ("cuda_version", "cudnn_version")}
    yield {"tensorflow": tf.__version__, "keras": keras.__version__, **wanted}
    yield from facts_of(diagnose(machine_facts(), seen=seen_gpus()))


def rates_of_notebook() -> Iterator[Facts]:
    """Pictures a second of the notebook's network, by device and precision."""
    yield from _rates("notebook", 20, 150)


def rates_of_scratch() -> Iterator[Facts]:
    """Pictures a second of the residual network, by device and precision."""
    yield from _rates("scratch", 64, 160)


def memory() -> Iterator[Facts]:
    """A GPU with little memory runs out of it, and the training says so in words."""
    _load()
    import tensorflow as tf

    from training.errors import TrainingError
    from training.learning.breaking_off import told_in_words

    gpu = tf.config.list_physical_devices("GPU")[0]
    little = tf.config.LogicalDeviceConfiguration(memory_limit=_LITTLE_MEMORY_MB)
    tf.config.set_logical_device_configuration(gpu, [little])
    config, network = _network("scratch", _MANY, 160)
    try:
        with told_in_words(Path(tempfile.mkdtemp())):
            network.fit(*_drawn(_MANY, 160), batch_size=_MANY, verbose=0)
    except TrainingError as error:
        cause = type(error.__cause__).__name__
        is_known = isinstance(error.__cause__, tf.errors.ResourceExhaustedError)
        yield {"batch": config.batch_size, "cause": cause, "words": str(error)}
        if is_known:
            return
    raise SystemExit("memory was not short, or it was not recognised")


def determinism() -> Iterator[Facts]:
    """The same settings give the same weights, bit for bit, in either precision."""
    import numpy as np

    _load()
    for preset, precision in itertools.product(("notebook", "scratch"), ("float32", "mixed")):
        first, second = (
            _weights_after(preset, precision, deterministic=True) for _ in ("first", "second")
        )
        is_same = all(np.array_equal(one, two) for one, two in zip(first, second, strict=True))
        yield {"preset": preset, "precision": precision, "is_same": is_same}
        if not is_same:
            raise SystemExit("two runs differ")


def whole_run() -> Iterator[Facts]:
    """A training from drawn pictures to verdicts, as `catdog train` does it."""
    from training.cancellation import CancelToken
    from training.dataset.importing import make_sample
    from training.events import EpochEnded, Event, Noticed, RunStarted
    from training.home import Home
    from training.learning.presets import training_config
    from training.learning.trainer import train
    from training.runs.run_folder import read_record

    home, events = Home(Path(tempfile.mkdtemp())), list[Event]()
    make_sample("sample", home, emit=events.append, token=CancelToken())
    config = training_config("notebook", "sample", epochs=3, device="gpu", learning_rate=1e-3)
    result = train(config, home, emit=events.append, token=CancelToken())
    epochs = [event for event in events if isinstance(event, EpochEnded)]
    yield {
        "device": [event.device for event in events if isinstance(event, RunStarted)],
        "told": [event.message for event in events if isinstance(event, Noticed)],
        "precision": read_record(result.folder).config.precision,
        "val_accuracy": result.val_accuracy,
        "pictures_per_second": [round(epoch.images_per_second) for epoch in epochs],
    }


STEPS: Mapping[str, Callable[[], Iterator[Facts]]] = {
    "diagnosis": diagnosis,
    "tensorflow": tensorflow_sees,
    "notebook": rates_of_notebook,
    "scratch": rates_of_scratch,
    "memory": memory,
    "determinism": determinism,
    "run": whole_run,
}


def _rates(preset: str, batch_size: int, image_size: int) -> Iterator[Facts]:
    _load()
    import tensorflow as tf

    from training.learning.computing import computing_on

    gpu_runs = itertools.product(("gpu",), ("float32", "mixed"), (False, True))
    for device, precision, is_compiled in (*gpu_runs, ("cpu", "float32", False)):
        config, _ = _network(preset, batch_size, image_size, device=device, precision=precision)
        with computing_on(config, _ignore) as computing, computing.learning():
            _, network = _network(preset, batch_size, image_size)
            network.jit_compile = is_compiled
            pixels, labels = _drawn(batch_size, image_size)
            batches = tf.data.Dataset.from_tensors((pixels, labels)).repeat()
            steps = _STEPS if device == "gpu" else _STEPS // 8
            network.fit(batches, steps_per_epoch=steps, verbose=0, shuffle=False)  # it traces
            began = time.perf_counter()
            network.fit(batches, steps_per_epoch=steps, epochs=_ROUNDS, verbose=0, shuffle=False)
            seconds = time.perf_counter() - began
        yield {
            "preset": preset,
            "device": computing.words,
            "precision": computing.precision,
            "xla": is_compiled,
            "pictures_per_second": round(steps * _ROUNDS * batch_size / seconds),
        }


def _weights_after(preset: str, precision: str, *, deterministic: bool) -> list[Any]:
    import numpy as np

    from training.learning.computing import computing_on

    settings = {"device": "gpu", "precision": precision, "deterministic": deterministic}
    config, _ = _network(preset, 16, 96, **settings)
    with computing_on(config, _ignore) as computing, computing.learning():
        _, network = _network(preset, 16, 96)
        network.fit(*_drawn(_FEW, 96), batch_size=16, epochs=3, shuffle=False, verbose=0)
        return [np.array(variable) for variable in network.variables]


def _network(preset: str, batch_size: int, image_size: int, **changes: object) -> tuple[Any, Any]:
    from training.learning.methods import span_of
    from training.learning.models import build_network
    from training.learning.presets import method_of, training_config
    from training.learning.teaching import compile_learner

    config = training_config(
        preset,
        "drawn",
        batch_size=batch_size,
        image_size=image_size,
        steps_per_epoch=_STEPS,
        **changes,
    )
    method = method_of(config)
    network = build_network(config, image_size)
    compile_learner(network, config, method, span_of(method, 0, config.epochs))
    return config, network


def _drawn(count: int, size_px: int) -> tuple[Any, Any]:
    """So many pictures, some of them again and again, and their labels."""
    import numpy as np

    from training.dataset.sample import draw_picture

    few = [
        np.asarray(draw_picture(label, number, seed=1, size_px=size_px).resize((size_px, size_px)))
        for number in range(8)
        for label in ("cat", "dog")
    ]
    pixels = np.stack([few[place % len(few)] for place in range(count)])
    return pixels, np.arange(count, dtype=np.float32) % 2


def _load() -> None:
    from training.learning.devices import load_tensorflow

    load_tensorflow(_ignore)


def _ignore(event: object) -> None:
    """The clock matters here, not the events."""


def _text(output: bytes | str | None) -> str:
    return output.decode(errors="replace") if isinstance(output, bytes) else output or ""


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main())
