"""The tab with a real, tiny network: red pictures are dogs, blue ones are cats."""

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from PIL import Image

from catdog_gui.prediction_tab.job import KeptClassifier, classify_sources
from training import atomic
from training.cancellation import CancelToken
from training.config import TrainingConfig
from training.dataset.decode import PREPROCESSING_ID
from training.errors import RunError
from training.events import Stage, StageStarted, VerdictReached
from training.runs.run_folder import FINISHED, ONNX_FILE, RunRecord, create_run, write_record

_SIZE = 32
_RED_MINUS_BLUE = np.array([[0.05], [0.0], [-0.05]], dtype=np.float32)


def _network():
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


@pytest.fixture
def run(home):
    config = TrainingConfig("kaggle", "notebook", 1, 1, 1, 20, _SIZE, 1e-4)
    facts = {
        "config": config,
        "created": "2026-11-24T10:00:00+00:00",
        "fingerprint": "",
        "class_names": ("cat", "dog"),
        "preprocessing": PREPROCESSING_ID,
        "versions": {},
    }
    folder = create_run(home, RunRecord(**facts))
    onnx.save(_network(), str(folder / ONNX_FILE))
    files = {ONNX_FILE: atomic.sha256_of(folder / ONNX_FILE)}
    write_record(folder, RunRecord(**facts, state=FINISHED, files=files))
    return folder


@pytest.fixture
def pictures(tmp_path):
    folder = tmp_path / "pictures"
    folder.mkdir()
    Image.new("RGB", (60, 40), "red").save(folder / "1.png")
    Image.new("RGB", (40, 60), "blue").save(folder / "2.png")
    (folder / "3.png").write_text("no picture")
    return folder


def _classify(classifier, sources, run):
    events = []
    classify_sources(sources, run, classify=classifier, emit=events.append, token=CancelToken())
    stages = [event.stage for event in events if isinstance(event, StageStarted)]
    verdicts = [event.verdict for event in events if isinstance(event, VerdictReached)]
    return stages, verdicts


def test_a_folder_gets_a_verdict_or_an_error_for_each_picture(run, pictures):
    _, verdicts = _classify(KeptClassifier(), [pictures], run)
    assert [verdict.verdict for verdict in verdicts] == ["dog", "cat", None]
    assert verdicts[0].confidence > 0.99
    assert verdicts[2].error


def test_a_run_is_loaded_once(run, pictures):
    classifier = KeptClassifier()
    first, _ = _classify(classifier, [pictures], run)
    second, _ = _classify(classifier, [pictures], run)
    assert Stage.LOADING_MODEL in first
    assert Stage.LOADING_MODEL not in second


def test_a_run_that_cannot_be_loaded_leaves_the_one_before(run, pictures, tmp_path):
    classifier = KeptClassifier()
    _classify(classifier, [pictures], run)
    with pytest.raises(RunError):
        _classify(classifier, [pictures], tmp_path)
    assert len(_classify(classifier, [pictures], run)[1]) == 3
