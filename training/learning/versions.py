"""The versions that have a say in what a run comes to."""

import platform
from collections.abc import Mapping

from training.version import library_version

_LIBRARIES = ("keras", "tensorflow", "numpy", "pillow", "onnxruntime", "tf2onnx")


def versions_here() -> Mapping[str, str]:
    """The version of Python and of each such library, for a run's record."""
    libraries = {name: library_version(name) for name in _LIBRARIES}
    return {"python": platform.python_version(), **libraries}
