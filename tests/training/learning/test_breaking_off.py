"""What TensorFlow says when it cannot go on, in words that help."""

from pathlib import Path

import pytest

from training.errors import TrainingError
from training.learning.breaking_off import told_in_words


@pytest.mark.fault(77)
@pytest.mark.parametrize(
    "words",
    [
        "Failed to synchronize the stop event: CUDA_ERROR_UNKNOWN: unknown error",
        "GPU sync failed",
        "Failed to run cuDNN: CUDNN_STATUS_EXECUTION_FAILED",
    ],
)
def test_a_gpu_that_vanishes_in_mid_run_is_told_with_the_way_on(words: str, tmp_path: Path) -> None:
    import tensorflow as tf

    with (
        pytest.raises(TrainingError, match="GPU no longer answers") as told,
        told_in_words(tmp_path),
    ):
        raise tf.errors.InternalError(None, None, words)
    assert "Start the program again and resume" in told.value.hint


def test_what_tensorflow_stops_for_otherwise_is_not_laid_on_the_gpu(tmp_path: Path) -> None:
    import tensorflow as tf

    with pytest.raises(TrainingError, match="TensorFlow stopped"), told_in_words(tmp_path):
        raise tf.errors.InvalidArgumentError(None, None, "Input is empty")
