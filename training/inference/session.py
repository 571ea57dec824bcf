"""A network as ONNX Runtime runs it: pixels in, probabilities out."""

import os
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from training.dataset.decode import Pixels
from training.errors import RunError

Floats = npt.NDArray[np.float32]

# Since 1.32 it would else write a session's number into the temporary folder when it is imported,
# and report its use to its maker.
_NO_TELEMETRY = "ORT_DISABLE_TELEMETRY"

_ANSWER, _FEATURES, _HEAT = (0,), 1, 2  # places among the outputs of a run's own network


class OnnxSession:
    """An exported network, ready to answer.

    Args:
        session: ONNX Runtime's session.
    """

    def __init__(self, session: Any) -> None:  # noqa: ANN401 - ONNX Runtime ships no types
        self._session = session
        self._input = session.get_inputs()[0]
        self._outputs = [output.name for output in session.get_outputs()]

    @property
    def image_size(self) -> int:
        """Side of the square that the network takes, in pixels."""
        return int(self._input.shape[1])

    def p_dog(self, pixels: Pixels) -> Floats:
        """Ask the network.

        Args:
            pixels: uint8 (n, image_size, image_size, 3), values in [0, 255].

        Returns:
            Probability of dog for each picture, float32 (n,), in [0, 1].
        """
        return self.answers(pixels)[:, 0]

    def answers(self, pixels: Pixels) -> Floats:
        """All that the network says of some pictures; see `p_dog`.

        Returns:
            float32 (n, outputs).
        """
        (answers,) = self._run(_ANSWER, pixels)
        return np.asarray(answers, dtype=np.float32)

    def with_features(self, pixels: Pixels) -> tuple[Floats, Floats]:
        """Ask a run's network, and what it decides by.

        Args:
            pixels: See `p_dog`.

        Returns:
            p_dog, float32 (n,); and features, float32 (n, features).

        Raises:
            RunError: The network gives no features: it was exported for other programs.
        """
        if len(self._outputs) <= _FEATURES:
            raise RunError("This network gives no features.", "Choose a run's own model.onnx.")
        answers, features = self._run((*_ANSWER, _FEATURES), pixels)
        return answers[:, 0], features

    @property
    def gives_heat(self) -> bool:
        """Whether the network says where its answer comes from; see `with_heat`."""
        return len(self._outputs) > _HEAT

    def with_heat(self, pixels: Pixels) -> tuple[Floats, Floats]:
        """Ask a run's network, and where its answer comes from.

        Args:
            pixels: See `p_dog`.

        Returns:
            p_dog, float32 (n,); and its class activation maps in logits, float32
            (n, rows, columns): above 0 a place speaks for a dog, below 0 for a cat.

        Raises:
            RunError: The network cannot say.
        """
        if not self.gives_heat:
            raise RunError("This network does not say where.", "Ask for its Grad-CAM instead.")
        answers, heat = self._run((*_ANSWER, _HEAT), pixels)
        return answers[:, 0], heat[..., 0]

    def _run(self, outputs: tuple[int, ...], pixels: Pixels) -> list[Floats]:
        names = [self._outputs[place] for place in outputs]
        found: list[Floats] = self._session.run(names, {self._input.name: pixels})
        return found


def open_session(file: Path, *, threads: int = 0) -> OnnxSession:
    """Load an exported network.

    Args:
        file: The network.
        threads: How many threads share the work of one question; 0 for as many as there are
            cores. With 1, several threads may ask at once and none waits for another.

    Raises:
        RunError: The file is missing, or no network.
    """
    os.environ.setdefault(_NO_TELEMETRY, "1")
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3  # its warnings are about the graph, not for a user
    try:
        return OnnxSession(
            onnxruntime.InferenceSession(
                file.read_bytes(), options, providers=["CPUExecutionProvider"]
            )
        )
    except OSError as error:
        raise RunError(
            f"The model {file} cannot be read ({error.strerror}).", "Choose another run."
        ) from error
    except Exception as error:  # ONNX Runtime raises classes of its own that share no parent
        raise RunError(f"The model {file} is damaged.", "Choose another run.") from error
