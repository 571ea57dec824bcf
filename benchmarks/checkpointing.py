"""What checkpoints inside an epoch cost: stretches of training with one against those without."""

import statistics
import tempfile
import time
from pathlib import Path

from benchmarks.pictures import compiled_network, notebook_data
from benchmarks.report import alternate, at_most, publish
from training.cancellation import CancelToken
from training.learning.devices import load_tensorflow
from training.runs.run_folder import CHECKPOINT_FOLDER

STEPS = 20
ROUNDS = 11


def main() -> int:
    config, data = notebook_data()
    load_tensorflow(lambda _: None)
    import keras

    from training.learning import keeping
    from training.learning.checkpoint import Position, save_state
    from training.learning.feeding import feed

    network = compiled_network(config)
    fed = feed(data.train)
    every_s = keeping.CHECKPOINT_EVERY_S

    def seconds(callbacks: list[keras.callbacks.Callback]) -> float:
        began = time.perf_counter()
        network.fit(fed, steps_per_epoch=STEPS, verbose=0, shuffle=False, callbacks=callbacks)
        return time.perf_counter() - began

    def once(folder: Path) -> keras.callbacks.Callback:
        """A keeper whose checkpoint is due half-way through a stretch, and only then."""
        calls = iter(range(10 * STEPS))
        return keeping.Keeper(
            CancelToken(),
            resumed=Position(),
            save=lambda place: save_state(folder, network, [], place),
            clock=lambda: every_s * (next(calls) > STEPS),
        )

    with tempfile.TemporaryDirectory(dir=Path.cwd()) as place:
        folder = Path(place)
        (folder / CHECKPOINT_FOLDER).mkdir()
        seconds([once(folder)])  # the first call traces the network
        pairs = alternate(ROUNDS, lambda: seconds([once(folder)]), lambda: seconds([]))
    costs = [a - b for a, b in zip(*pairs, strict=True)]
    cost_s = statistics.median(costs)
    return publish(
        "checkpointing",
        [at_most("share of the training time for checkpoints", cost_s / every_s, 0.02)],
        seconds_each=round(cost_s, 3),
        every_seconds=every_s,
        costs=[round(cost, 3) for cost in costs],
    )


if __name__ == "__main__":
    raise SystemExit(main())
