"""(a) Training fed by the pipeline against the same network on one constant batch."""

import statistics
import time

from benchmarks.pictures import compiled_network, notebook_data
from benchmarks.report import alternate, at_least, publish
from training.learning.devices import load_tensorflow

STEPS = 50
ROUNDS = 11


def main() -> int:
    config, data = notebook_data()
    load_tensorflow(lambda _: None)
    import tensorflow as tf

    from training.learning.feeding import feed

    network = compiled_network(config)
    fed = feed(data.train)
    constant = tf.data.Dataset.from_tensors(data.train.batch(0)).repeat()

    def rate(batches: object) -> float:
        began = time.perf_counter()
        network.fit(batches, steps_per_epoch=STEPS, epochs=1, verbose=0, shuffle=False)
        return STEPS * config.batch_size / (time.perf_counter() - began)

    rate(fed), rate(constant)  # the first call traces the network
    pairs = alternate(ROUNDS, lambda: rate(fed), lambda: rate(constant))
    ratios = [a / b for a, b in zip(*pairs, strict=True)]
    return publish(
        "training_rate",
        [at_least("training rate, pipeline / constant batch", statistics.median(ratios), 0.95)],
        pipeline_per_second=round(statistics.median(pairs[0])),
        constant_per_second=round(statistics.median(pairs[1])),
        ratios=[round(ratio, 3) for ratio in ratios],
    )


if __name__ == "__main__":
    raise SystemExit(main())
