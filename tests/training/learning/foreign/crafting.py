"""Model files made by hand, good and bad, without Keras."""

import base64
import copy
import io
import json
import marshal
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import h5py
import numpy as np

SIDE = 28


def layer(kind: str, /, module: str = "keras.layers", **config: object) -> dict[str, Any]:
    """A layer as Keras 3 writes it."""
    own = {"name": kind.lower(), **config}
    return {"module": module, "class_name": kind, "config": own, "registered_name": None}


def dense(units: int = 1, **config: object) -> dict[str, Any]:
    return layer("Dense", units=units, activation="sigmoid", use_bias=True, **config)


GOOD = (
    layer("InputLayer", batch_shape=[None, SIDE, SIDE, 1], dtype="float32"),
    layer("Flatten"),
    dense(),
)


def sequential(*layers: dict[str, Any]) -> dict[str, Any]:
    """The architecture of a network; of a good one where no layer is named."""
    rows = copy.deepcopy(list(layers or GOOD))
    return {
        "module": "keras",
        "class_name": "Sequential",
        "config": {"name": "sequential", "layers": rows},
        "registered_name": None,
    }


def before_answer(*layers: dict[str, Any]) -> dict[str, Any]:
    return sequential(*GOOD[:-1], *layers, GOOD[-1])


def weights(arrays: Mapping[str, np.ndarray] | None = None) -> bytes:
    """The weights of a good network, or others, as Keras 3 lays them down."""
    content = io.BytesIO()
    with h5py.File(content, "w") as file:
        for name, array in (arrays or dense_weights()).items():
            file[name] = array
        for name in ("vars", "layers/flatten/vars", "layers/dense/vars"):
            file.require_group(name)
    return content.getvalue()


def dense_weights(kernel: np.ndarray | None = None) -> dict[str, np.ndarray]:
    if kernel is None:
        kernel = np.random.default_rng(1).normal(size=(SIDE * SIDE, 1)).astype(np.float32)
    return {"layers/dense/vars/0": kernel, "layers/dense/vars/1": np.zeros(1, np.float32)}


def members(
    architecture: Mapping[str, Any] | None = None,
    *,
    version: str = "3.15.1",
    arrays: Mapping[str, np.ndarray] | None = None,
) -> dict[str, bytes]:
    """What a `.keras` file holds."""
    return {
        "metadata.json": json.dumps({"keras_version": version}).encode(),
        "config.json": json.dumps(architecture or sequential()).encode(),
        "model.weights.h5": weights(arrays),
    }


def write_keras(
    path: Path, content: Mapping[str, bytes] | Sequence[tuple[str, bytes]] | None = None
) -> Path:
    """A `.keras` file of these members, in their order, twice where they are named twice."""
    rows = content if content is not None else members()
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in rows.items() if isinstance(rows, Mapping) else rows:
            archive.writestr(name, data)
    return path


def write_h5(
    path: Path, architecture: Mapping[str, Any] | None = None, *, version: str = "2.5.0"
) -> Path:
    """A whole model in HDF5, as Keras 2 laid it down."""
    with h5py.File(path, "w") as file:
        file.attrs["model_config"] = json.dumps(architecture or sequential())
        file.attrs["keras_version"] = version
        file.attrs["backend"] = "tensorflow"
        group = file.create_group("model_weights")
        group.attrs["layer_names"] = np.array([b"flatten", b"dense"])
        group.attrs["keras_version"] = version
        group.create_group("flatten").attrs["weight_names"] = np.array([], dtype="S1")
        own = group.create_group("dense")
        own.attrs["weight_names"] = np.array([b"dense/kernel:0", b"dense/bias:0"])
        kernel, bias = dense_weights().values()
        own["dense/kernel:0"], own["dense/bias:0"] = kernel, bias
    return path


def lambda_layer(canary: Path) -> dict[str, Any]:
    """A layer that writes a file as soon as its code is run."""
    code = compile(f"open({str(canary)!r}, 'w')", "canary", "eval")
    packed = base64.b64encode(marshal.dumps(code)).decode()
    function = {
        "class_name": "__lambda__",
        "config": {"code": packed, "defaults": None, "closure": None},
    }
    return layer("Lambda", name="innocent", function=function)
