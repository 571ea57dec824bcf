"""Exports: each format answers as the program does, alone, in an interpreter of its own."""

import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest

from tests.conftest import SAMPLE
from training.cancellation import Cancelled, CancelToken
from training.dataset.catalog import Split
from training.dataset.decode import load_pixels
from training.dataset.library import open_dataset
from training.dataset.sample import draw_picture
from training.errors import ConfigError, DatasetError
from training.home import Home
from training.inference.classifier import Classifier
from training.learning.export import export_run, find_format
from training.learning.export_formats import FORMATS
from training.learning.export_pictures import COMPARED_PICTURES, gather_pictures
from training.learning.package import RUNTIMES, export_package, script
from training.runs.lab_book import default_run

PICTURES = 200
FOREIGN = {
    "keras": ("onnxruntime", "ai_edge_litert", "training"),
    "h5": ("onnxruntime", "ai_edge_litert", "training"),
    "savedmodel": ("keras.src", "onnxruntime", "ai_edge_litert", "training"),
    "tflite": ("keras", "tensorflow", "onnxruntime", "training"),
    "tflite-int8": ("keras", "tensorflow", "onnxruntime", "training"),
    "onnx": ("keras", "tensorflow", "ai_edge_litert", "training"),
}
"""What a script of each format must do without; TensorFlow itself imports Keras' outer module."""
ALONE = """
import runpy, sys
foreign = sys.argv.pop(1).split(",")
class Gate:
    def find_spec(self, name, path=None, target=None):
        if any(name == each or name.startswith(each + ".") for each in foreign):
            raise ImportError(f"{name} is not there")
sys.meta_path.insert(0, Gate())
sys.argv.pop(0)
runpy.run_path(sys.argv[0], run_name="__main__")
"""


def ignore(_: object) -> None:
    pass


def drawn_files(folder: Path, count: int) -> list[Path]:
    folder.mkdir()
    files = [folder / f"{number}.png" for number in range(count)]
    for number, file in enumerate(files):
        draw_picture(("cat", "dog")[number % 2], number, seed=7).save(file)
    return files


@pytest.mark.slow
@pytest.mark.parametrize("kind", FORMATS)
def test_a_package_answers_as_the_program_does_with_its_own_runtime_alone(
    kind: str, sample_home: Home, tmp_path: Path
) -> None:
    output, run = tmp_path / "cats.zip", default_run().folder
    dataset = SAMPLE if FORMATS[kind].is_quantised else ""
    result = export_package(
        run, kind, output, sample_home, dataset=dataset, emit=ignore, token=CancelToken()
    )
    assert (result.path, result.pictures) == (output, COMPARED_PICTURES)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    with zipfile.ZipFile(output) as archive:
        archive.extractall(tmp_path / "theirs")
    files = drawn_files(tmp_path / "pictures", PICTURES)
    said = subprocess.run(
        [
            *(sys.executable, "-I", "-c", ALONE, ",".join(FOREIGN[kind])),
            *(tmp_path / "theirs" / "classify.py", *files),
        ],
        check=False,
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    assert said.returncode == 0, said.stderr
    words = [line.rsplit(" ", 2) for line in said.stdout.splitlines() if ": " in line]
    theirs = [float(c) if verdict == "dog" else 1 - float(c) for _, verdict, c in words]
    ours = [verdict.p_dog for verdict in Classifier.load(run).classify(files)]
    if FORMATS[kind].is_quantised:
        assert result.accuracy is not None
        assert result.accuracy_before is not None
        agree = np.mean((np.array(theirs) >= 0.5) == (np.array(ours) >= 0.5))
        assert agree >= 0.9
    else:
        assert result.max_difference <= 1e-3
        assert theirs == pytest.approx(ours, abs=1e-3)


def test_every_format_has_a_script_that_is_python_and_names_its_model() -> None:
    assert set(RUNTIMES) == set(FORMATS)
    for kind, row in FORMATS.items():
        text = script(kind, 208, f"model{row.suffix}")
        compile(text, "classify.py", "exec")
        assert f'"model{row.suffix}"' in text
        assert "(208, 208)" in text


@pytest.mark.parametrize(
    ("kind", "name", "field"),
    [
        ("pdf", "a.pdf", "format"),
        ("h5", "a.onnx", "output"),
        ("tflite", "folder", "output"),
        ("savedmodel", "folder", "output"),
    ],
)
def test_an_output_that_does_not_fit_is_refused_before_anything_is_loaded(
    kind: str, name: str, field: str, home: Home, tmp_path: Path
) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(ConfigError) as caught:
        export_run(
            default_run().folder,
            kind,
            tmp_path / name,
            home,
            emit=ignore,
            token=CancelToken(),
        )
    assert caught.value.field == field


def test_a_package_is_a_zip(home: Home, tmp_path: Path) -> None:
    run = default_run().folder
    with pytest.raises(ConfigError):
        export_package(run, "onnx", tmp_path / "a.onnx", home, emit=ignore, token=CancelToken())


def test_pictures_that_a_dataset_lacks_are_drawn(sample_home: Home) -> None:
    token = CancelToken()
    none = gather_pictures(sample_home, "away", 32, all_kinds=True, emit=ignore, token=token)
    assert none.compared.shape == (COMPARED_PICTURES, 32, 32, 3)
    assert not none.is_enough_to_quantise
    some = gather_pictures(sample_home, SAMPLE, 32, all_kinds=True, emit=ignore, token=token)
    assert some.compared.shape == none.compared.shape
    assert some.is_enough_to_quantise
    assert len(some.measured.pixels) == len(some.measured.labels)
    assert np.array_equal(some.compared[: len(some.measured.pixels)], some.measured.pixels)


def test_a_picture_that_is_gone_is_left_out_with_its_label(sample_home: Home) -> None:
    home, name, token = sample_home, SAMPLE, CancelToken()
    before = gather_pictures(home, name, 32, all_kinds=True, emit=ignore, token=token).measured
    with open_dataset(home, name) as catalog:
        first, *rest = catalog.pictures(split=Split.VALIDATION)
    first.path.unlink()
    after = gather_pictures(home, name, 32, all_kinds=True, emit=ignore, token=token).measured
    assert len(after.pixels) == len(after.labels) == len(before.labels) - 1
    assert any(np.array_equal(load_pixels(rest[0].path, 32), each) for each in after.pixels)


def test_a_cancel_while_pictures_are_read_ends_it(sample_home: Home) -> None:
    home, name, token = sample_home, SAMPLE, CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        gather_pictures(home, name, 32, all_kinds=False, emit=ignore, token=token)


@pytest.mark.slow
def test_eight_bits_without_pictures_are_refused_with_the_next_step(
    home: Home, tmp_path: Path
) -> None:
    run, output = default_run().folder, tmp_path / "a.tflite"
    with pytest.raises(DatasetError, match="--data"):
        export_run(run, "tflite-int8", output, home, emit=ignore, token=CancelToken())
    assert list(tmp_path.glob("*.tflite")) == []
    assert find_format("tflite-int8").is_quantised
