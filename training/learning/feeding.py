"""Batches as TensorFlow takes them: read ahead in a thread of its own, with few copies."""

import tensorflow as tf

from training.learning.pipeline import Batches

_READ_AHEAD = 4  # batches; more only holds memory


def feed(
    batches: Batches, *, first_step: int = 0, period: int = 0, balanced: bool = False
) -> tf.data.Dataset:
    """Batches without end, in the order of their steps.

    Keras would wrap a Python generator as well, and convert each batch on the way: measured side
    by side, that took some percent of the notebook's training rate on two cores.

    Args:
        batches: What to read.
        first_step: 0-based.
        period: After so many steps the first ones come again; 0 for never.
        balanced: Whether each picture comes with a weight, so that both classes count alike. A
            blended picture gets as much of both weights as it has of both labels. Keras weighs
            the loss with it and leaves the metrics alone.
    """

    def read(step: int) -> tuple[object, object]:
        return batches.batch(int(step) % period if period else int(step))

    cat, dog = batches.balancing_weights if balanced else (1.0, 1.0)

    def as_tensors(step: tf.Tensor) -> tuple[tf.Tensor, ...]:
        rows, labels = tf.numpy_function(read, [step], [batches.row_dtype, tf.float32])
        rows = tf.ensure_shape(rows, (batches.batch_size, *batches.row_shape))
        labels = tf.ensure_shape(labels, (batches.batch_size,))
        return (rows, labels, cat + (dog - cat) * labels) if balanced else (rows, labels)

    steps = tf.data.Dataset.range(first_step, tf.int64.max)
    read_ahead = steps.map(as_tensors, num_parallel_calls=1, deterministic=True)
    return read_ahead.prefetch(_READ_AHEAD).with_options(_as_it_is())


def _as_it_is() -> tf.data.Options:
    """Without the thread that tunes a pipeline; this one has nothing to tune.

    That thread sleeps up to a minute at a time, and is not always woken when its iterator goes.
    Whoever drops the iterator then waits for it with the interpreter's lock held: everything of
    Python stands still, a window too. Seen with TensorFlow 2.21 as pauses of up to 40 seconds.
    """
    options = tf.data.Options()
    options.autotune.enabled = False
    return options
