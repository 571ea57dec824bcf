"""A run with a real, tiny network: red pictures are dogs, blue ones are cats."""

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from PIL import Image

from training import atomic
from training.cancellation import CancelToken
from training.config import ImportConfig, SplitConfig, TrainingConfig
from training.dataset.decode import PREPROCESSING_ID
from training.dataset.importing import import_pictures
from training.dataset.library import open_dataset
from training.dataset.split import split_dataset
from training.home import Home
from training.runs.run_folder import FINISHED, ONNX_FILE, RunRecord, create_run, write_record

_SIZE = 32
_RED_MINUS_BLUE = np.array([[0.05], [0.0], [-0.05]], dtype=np.float32)


def paint(path: Path, colour: tuple[int, int, int] | str) -> None:
    """A picture of one colour."""
    Image.new("RGB", (40, 30), colour).save(path)


def make_dataset(home: Home, folder: Path, *, each: int = 10) -> None:
    """The dataset "tones": blue cats and red dogs, of which the first dog looks like a cat."""
    folder.mkdir()
    for number in range(each):
        paint(folder / f"cat.{number}.png", (number, 0, 250))
        paint(folder / f"dog.{number}.png", (250, 0, number) if number else (1, 1, 240))
    told = {"emit": lambda _: None, "token": CancelToken()}
    import_pictures(ImportConfig(folder, "tones"), home, **told)
    split_dataset("tones", SplitConfig(train=0.1, validation=0.8), home, **told)


def make_run(home: Home, dataset: str = "") -> Path:
    """A finished run that learned from a dataset; from none that there is unless named."""
    fingerprint = ""
    if dataset:
        with open_dataset(home, dataset) as catalog:
            fingerprint = catalog.split_fingerprint()
    facts = {
        "config": TrainingConfig(dataset or "kaggle", "notebook", 1, 1, 1, 20, _SIZE, 1e-4),
        "created": "2026-11-24T10:00:00+00:00",
        "fingerprint": fingerprint,
        "class_names": ("cat", "dog"),
        "preprocessing": PREPROCESSING_ID,
        "versions": {},
    }
    folder = create_run(home, RunRecord(**facts))
    onnx.save(_network(), str(folder / ONNX_FILE))
    files = {ONNX_FILE: atomic.sha256_of(folder / ONNX_FILE)}
    write_record(folder, RunRecord(**facts, state=FINISHED, files=files))
    return folder


def _network() -> onnx.ModelProto:
    shape = ["n", _SIZE, _SIZE, 3]
    nodes = [
        helper.make_node("Cast", ["pixels"], ["floats"], to=TensorProto.FLOAT),
        helper.make_node("ReduceMean", ["floats"], ["means"], axes=[1, 2], keepdims=0),
        helper.make_node("MatMul", ["means", "weights"], ["logits"]),
        helper.make_node("Sigmoid", ["logits"], ["p_dog"]),
    ]
    graph = helper.make_graph(
        nodes,
        "red_or_blue",
        [helper.make_tensor_value_info("pixels", TensorProto.UINT8, shape)],
        [helper.make_tensor_value_info("p_dog", TensorProto.FLOAT, ["n", 1])],
        [numpy_helper.from_array(_RED_MINUS_BLUE, "weights")],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
