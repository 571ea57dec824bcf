"""What breaks a training off from outside, in sentences with a next step."""

import contextlib
import errno
from collections.abc import Iterator
from pathlib import Path

import tensorflow as tf

from training.errors import TrainingError, explain
from training.runs.run_folder import has_checkpoint

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@contextlib.contextmanager
def told_in_words(folder: Path) -> Iterator[None]:
    """Say in words why a training cannot go on; its last checkpoint is whole in each case.

    Args:
        folder: The run's.

    Raises:
        TrainingError: The disk or the device's memory is full, or TensorFlow gave up.
    """
    try:
        yield
    except tf.errors.ResourceExhaustedError as error:
        raise TrainingError(
            "The device has not enough memory for this training.",
            "Choose a smaller batch or image size; the last checkpoint is kept for resuming.",
        ) from error
    except tf.errors.OpError as error:  # what a batch could not be read for, too
        raise TrainingError(
            "TensorFlow stopped the training.",
            "The last checkpoint is kept and can be resumed; the log has the details.",
        ) from error
    except OSError as error:
        if error.errno not in _FULL:
            raise
        what = explain(error).message
        if has_checkpoint(folder):
            raise TrainingError(
                f"The training pauses: its checkpoint cannot be written. {what}",
                "Free some space and resume; the checkpoint before this one is whole.",
            ) from error
        raise TrainingError(
            f"The training ends: its first checkpoint cannot be written. {what}",
            "Free some space and start it again.",
        ) from error
