"""What breaks a training off from outside, in sentences with a next step."""

import contextlib
import errno
from collections.abc import Iterator
from pathlib import Path

import tensorflow as tf

from training.errors import FolderGoneError, OutOfMemoryError, TrainingError, explain
from training.runs.run_folder import has_checkpoint

_OF_CUDA = ("CUDA_ERROR", "CUDNN_STATUS", "CUBLAS_STATUS", "GPU sync failed")
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@contextlib.contextmanager
def told_in_words(folder: Path) -> Iterator[None]:
    """Say in words why a training cannot go on; its last checkpoint is whole in each case.

    Args:
        folder: The run's.

    Raises:
        FolderGoneError: The pictures are gone before anything was learned from them.
        OutOfMemoryError: The memory of the device, or of the computer, is too small.
        TrainingError: The pictures are gone, the disk is full, or TensorFlow gave up.
    """
    try:
        yield
    except (tf.errors.ResourceExhaustedError, MemoryError) as error:
        raise OutOfMemoryError(
            "The device has not enough memory for this training.",
            f"Choose a smaller batch or image size{_what_is_kept(folder)}.",
        ) from error
    except tf.errors.OpError as error:  # what a batch could not be read for, too
        if is_of_the_gpu(error):
            raise TrainingError(
                "The GPU no longer answers.",
                "Start the program again and resume; where the GPU stays away, the run goes on on "
                f"the processor{_what_is_kept(folder)}.",
            ) from error
        raise TrainingError(
            "TensorFlow stopped the training.",
            f"The log has the details{_what_is_kept(folder)}.",
        ) from error
    except FolderGoneError as error:
        if not has_checkpoint(folder):
            raise
        raise TrainingError(
            f"The training pauses. {error.message}",
            "Put it back, or plug its drive in, and resume; the last checkpoint is kept.",
        ) from error
    except OSError as error:
        if error.errno not in _FULL:
            raise
        raise _out_of_space(error, folder) from error


def is_of_the_gpu(error: tf.errors.OpError) -> bool:
    """Whether CUDA itself failed, as it does after a driver is gone; it stays so in this process.

    TensorFlow has no error of its own for it, only CUDA's names in its words, such as
    "CUDA_ERROR_ILLEGAL_ADDRESS", "CUDNN_STATUS_EXECUTION_FAILED" and "GPU sync failed".
    """
    return any(name in error.message for name in _OF_CUDA)


def _what_is_kept(folder: Path) -> str:
    return "; the last checkpoint is kept for resuming" if has_checkpoint(folder) else ""


def _out_of_space(error: OSError, folder: Path) -> TrainingError:
    what = explain(error).message
    if has_checkpoint(folder):
        return TrainingError(
            f"The training pauses. {what}",
            "Free some space and resume; the last checkpoint is whole.",
        )
    return TrainingError(f"The training ends. {what}", "Free some space and start it again.")
