"""A stranger's file is refused before Keras is imported, with a sentence and a next step."""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.training.learning.foreign.crafting import (
    before_answer,
    dense,
    lambda_layer,
    layer,
    members,
    sequential,
    write_keras,
)
from tests.training.learning.foreign.refusing import (
    LONGEST_S,
    Writer,
    both_forms,
    check,
    in_hdf5,
    in_zip,
    refusal,
)
from training.errors import ModelFileError
from training.learning.foreign.architecture import check_architecture, read_json
from training.learning.foreign.kinds import Kind


@both_forms
def test_an_ordinary_model_passes(tmp_path: Path, write: Writer) -> None:
    checked = check(write(tmp_path, sequential()))
    assert checked.kind is (Kind.KERAS if write is in_zip else Kind.HDF5)
    assert checked.keras_version == ("3.15.1" if write is in_zip else "2.5.0")


def test_the_check_loads_neither_keras_nor_tensorflow(tmp_path: Path) -> None:
    file = write_keras(tmp_path / "model.keras")
    program = (
        "import pathlib, sys\n"
        "import training.learning.foreign.child, training.learning.foreign.trial\n"
        "import training.learning.foreign.guessing\n"
        "from training.learning.foreign.checking import check_file\n"
        f"check_file(pathlib.Path({str(file)!r}), pathlib.Path({str(tmp_path)!r}))\n"
        "sys.exit(', '.join({'keras', 'tensorflow', 'tf2onnx'} & set(sys.modules)) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], check=False, capture_output=True, text=True
    )
    assert (done.stderr.strip(), done.returncode) == ("", 0)


@pytest.mark.parametrize(
    "write",
    [
        pytest.param(in_zip, marks=pytest.mark.fault(1)),
        pytest.param(in_hdf5, marks=pytest.mark.fault(2)),
    ],
)
def test_a_program_in_a_lambda_layer_is_refused_by_name_and_not_run(
    tmp_path: Path, write: Writer
) -> None:
    canary = tmp_path / "canary"
    said = refusal(write(tmp_path, before_answer(lambda_layer(canary))))
    assert "Lambda (“innocent”)" in said
    assert "holds a program" in said
    assert not canary.exists()


@pytest.mark.fault(3)
@both_forms
def test_a_lambda_that_names_a_function_of_keras_is_refused(tmp_path: Path, write: Writer) -> None:
    function = {"module": "keras.utils", "class_name": "function", "config": "get_file"}
    assert "Lambda" in refusal(write(tmp_path, before_answer(layer("Lambda", function=function))))


@pytest.mark.fault(4)
@both_forms
@pytest.mark.parametrize(
    ("module", "name"),
    [("os", "system"), ("subprocess", "Popen"), ("os", "Dense"), ("keras.layers.x;os", "Dense")],
)
def test_a_part_from_elsewhere_is_refused(
    tmp_path: Path, write: Writer, module: str, name: str
) -> None:
    evil = layer(name, module=module, units=1)
    assert "not loaded" in refusal(write(tmp_path, before_answer(evil)))


def test_a_part_that_is_registered_under_another_name_is_refused() -> None:
    evil = {**dense(), "registered_name": "Custom>Dense"}
    with pytest.raises(ModelFileError, match="not Keras' own"):
        check_architecture(before_answer(evil))


@pytest.mark.fault(5)
@pytest.mark.parametrize("name", ["get_file", "enable_unsafe_deserialization"])
def test_a_function_as_an_activation_is_refused(tmp_path: Path, name: str) -> None:
    for activation in (
        name,
        {"module": "keras.utils", "class_name": "function", "config": name},
        {"module": "keras.config", "class_name": name, "config": {}},
    ):
        evil = layer("Activation", activation=activation)
        assert "not loaded" in refusal(in_zip(tmp_path, before_answer(evil)))


@pytest.mark.fault(6)
def test_a_layer_that_loads_a_saved_model_is_refused(tmp_path: Path) -> None:
    evil = layer("TFSMLayer", filepath="/tmp/saved", call_endpoint="serve")
    assert "loads another file" in refusal(in_zip(tmp_path, before_answer(evil)))


@pytest.mark.fault(7)
@both_forms
@pytest.mark.parametrize("name", ["StringLookup", "TextVectorization"])
def test_a_layer_that_reads_words_from_a_file_is_refused(
    tmp_path: Path, write: Writer, name: str
) -> None:
    evil = layer(name, vocabulary=str(tmp_path / "never-opened"))
    assert "reads a file of words" in refusal(write(tmp_path, before_answer(evil)))


@pytest.mark.parametrize(
    "setting",
    [
        {"kernel_initializer": "evil"},
        {"kernel_regularizer": ["l2"]},
        {"bias_constraint": {"config": {}}},
        {"activation": ["relu"]},
    ],
)
def test_a_named_part_must_be_one_of_keras_own(setting: dict[str, Any]) -> None:
    with pytest.raises(ModelFileError, match="not among those"):
        check_architecture(before_answer(layer("Dense", units=1, **setting)))


def test_keras_own_names_pass_in_each_spelling() -> None:
    for name in ("glorot_uniform", "GlorotUniform", None):
        check_architecture(before_answer(dense(kernel_initializer=name)))


@pytest.mark.fault(13)
@both_forms
def test_an_architecture_of_150_million_units_is_refused(tmp_path: Path, write: Writer) -> None:
    assert "150,000,000" in refusal(write(tmp_path, before_answer(dense(150_000_000))))


def test_sizes_are_limited_and_numbers_that_are_no_sizes_are_not() -> None:
    harmless = {"seed": 2**60, "shared_object_id": 140256270242320, "build_config": [2**40]}
    check_architecture(before_answer(layer("Dropout", rate=0.5, **harmless)))
    for setting in ({"kernel_size": [3, 10**6]}, {"unknown": 10**12}, {"dilation_rate": 1e300}):
        with pytest.raises(ModelFileError, match="too large"):
            check_architecture(before_answer(layer("Conv2D", filters=1, **setting)))


def test_the_number_of_layers_is_limited() -> None:
    with pytest.raises(ModelFileError, match="4,003 layers"):
        check_architecture(before_answer(*[layer("ReLU")] * 4000))


@pytest.mark.fault(15)
def test_json_that_is_nested_100_000_deep_is_refused(tmp_path: Path) -> None:
    deep = b'{"config": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    assert "nested" in refusal(
        write_keras(tmp_path / "m.keras", {**members(), "config.json": deep})
    )


@pytest.mark.parametrize("text", [b"", b"[1]", b"{", b"\xff\xfe", b'{"a": ' + b"9" * 5000 + b"}"])
def test_json_that_is_none_is_refused(text: bytes) -> None:
    with pytest.raises(ModelFileError, match="damaged"):
        read_json(text, "config.json")


@pytest.mark.fault(18)
@both_forms
def test_a_file_that_is_cut_off_says_how_much_is_there(tmp_path: Path, write: Writer) -> None:
    file = write(tmp_path, sequential())
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    said = refusal(file)
    assert "MB are there" in said
    assert "damaged" in said


@pytest.mark.fault(18)
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\x89HDF\r\n\x1a\n", bytes(range(256))])
def test_a_file_that_is_empty_or_random_is_called_so(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "m.keras"
    file.write_bytes(content)
    said = refusal(file)
    assert any(word in said for word in ("empty", "damaged", "no Keras model"))


@pytest.mark.fault(24)
def test_a_layer_of_a_newer_keras_is_told_as_such(tmp_path: Path) -> None:
    architecture = before_answer(layer("HoloConv2D"))
    file = write_keras(tmp_path / "m.keras", members(architecture, version="99.1.0"))
    assert "made with Keras 99.1.0, and this program has 3." in refusal(file)


def test_a_large_network_is_checked_in_little_time(tmp_path: Path) -> None:
    layers = [layer("ReLU", name=f"relu_{number}") for number in range(2900)]
    started = time.monotonic()
    check(in_zip(tmp_path, before_answer(*layers)))
    assert time.monotonic() - started < LONGEST_S


def test_an_architecture_that_is_no_network_is_refused() -> None:
    with pytest.raises(ModelFileError, match="class Popen"):
        check_architecture({"class_name": "Popen", "module": "subprocess", "config": ["true"]})
    with pytest.raises(ModelFileError, match="class None"):
        check_architecture(json.loads("{}"))
