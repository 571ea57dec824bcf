"""What lies in an HDF5 file is numbers, in this file, and no more than is stored."""

import contextlib
import json
import subprocess
import sys
from pathlib import Path

import h5py
import numpy as np
import pytest

from tests.training.learning.foreign.crafting import sequential, write_h5
from tests.training.learning.foreign.refusing import check, refusal
from training.errors import ModelFileError
from training.learning.foreign.hdf5 import check_weights, opened


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write_h5(tmp_path / "model.h5")


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret.h5"
    with h5py.File(path, "w") as other:
        other["own"] = np.arange(10.0)
    return path


@pytest.mark.fault(9)
def test_a_link_to_somewhere_else_is_refused(file: Path, secret: Path) -> None:
    for link in (h5py.ExternalLink(str(secret), "/own"), h5py.SoftLink("/model_weights/dense")):
        with h5py.File(file, "r+") as model:
            model["model_weights"].pop("evil", None)
            model["model_weights/evil"] = link
        assert "“evil” in the file is a link" in refusal(file)


@pytest.mark.fault(9)
def test_a_group_that_holds_itself_is_refused(file: Path) -> None:
    with h5py.File(file, "r+") as model:
        model["model_weights/dense/round"] = model["model_weights"]
    assert "there twice" in refusal(file)


@pytest.mark.fault(10)
def test_numbers_in_another_file_are_refused(file: Path, secret: Path) -> None:
    with h5py.File(file, "r+") as model:
        model.create_dataset("evil", (10,), "f4", external=[(str(secret), 0, 40)])
    assert "lie in another file" in refusal(file)


@pytest.mark.fault(10)
def test_an_array_that_is_put_together_from_others_is_refused(file: Path, secret: Path) -> None:
    layout = h5py.VirtualLayout((10,), "f8")
    layout[:] = h5py.VirtualSource(str(secret), "own", (10,))
    with h5py.File(file, "r+") as model:
        model.create_virtual_dataset("evil", layout)
    assert "lie in another file" in refusal(file)


@pytest.mark.fault(11)
def test_an_array_that_declares_a_gigabyte_in_kilobytes_is_refused_at_once(file: Path) -> None:
    with h5py.File(file, "r+") as model:
        model.create_dataset("bomb", (240_000_000,), "f4", chunks=(1_000_000,), compression="gzip")
    assert file.stat().st_size < 50_000
    program = (
        "import pathlib, resource, sys, time, h5py\n"
        "from training.learning.foreign.checking import check_file\n"
        "from training.errors import ModelFileError\n"
        "size = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "before, started = size(), time.monotonic()\n"
        "try:\n"
        f"    check_file(pathlib.Path({str(file)!r}), pathlib.Path({str(file.parent)!r}))\n"
        "except ModelFileError as error:\n"
        "    print(time.monotonic() - started, size() - before, error.message, sep='|')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    seconds, kilobytes, said = done.stdout.split("|")
    assert "declares 960 MB of weights" in said
    assert float(seconds) < 5  # of 1 that it may take
    assert int(kilobytes) < 100_000


@pytest.mark.parametrize(
    "content",
    [
        np.array([b"text"]),
        np.zeros(3, dtype=[("a", "f4"), ("b", "i4")]),
        np.array(["a", "b"], dtype=object),
    ],
    ids=["text", "records", "objects"],
)
def test_what_is_no_number_is_refused(file: Path, content: np.ndarray) -> None:
    with h5py.File(file, "r+") as model:
        if content.dtype == object:
            model.create_dataset("evil", data=content, dtype=h5py.string_dtype())
        else:
            model["evil"] = content
    assert "something else than numbers" in refusal(file)


def test_an_array_that_needs_a_plug_in_is_refused(file: Path) -> None:
    with h5py.File(file, "r+") as model:
        model.create_dataset("evil", data=np.zeros(1000), chunks=(1000,), compression="lzf")
    assert "packed in a way" in refusal(file)


def test_packed_weights_as_some_programs_write_them_pass(file: Path) -> None:
    noise = np.random.default_rng(1).normal(size=100_000).astype(np.float32)
    with h5py.File(file, "r+") as model:
        model.create_dataset("fine", data=noise, compression="gzip", shuffle=True, fletcher32=True)
    with opened(file) as model:
        check_weights(model)


def test_weights_without_their_network_are_refused(file: Path) -> None:
    with h5py.File(file, "r+") as model:
        del model.attrs["model_config"]
    assert "without the network" in refusal(file)


def test_the_architecture_must_be_text(file: Path) -> None:
    for value in (np.zeros((10, 10)), 7, np.array([b"a", b"b"])):
        with h5py.File(file, "r+") as model:
            del model.attrs["model_config"]
            model.attrs["model_config"] = value
        assert "is no text" in refusal(file)


def test_the_architecture_may_be_bytes_as_old_versions_wrote_it(file: Path) -> None:
    with h5py.File(file, "r+") as model:
        del model.attrs["model_config"]
        model.attrs["model_config"] = np.bytes_(json.dumps(sequential()))
    check(file)


@pytest.mark.parametrize("place", [30, 200, 900, 2200])
def test_a_damaged_file_is_refused_or_read_but_never_breaks_the_check(
    file: Path, place: int
) -> None:
    whole = file.read_bytes()
    for offset in range(0, 64, 7):
        broken = bytearray(whole)
        broken[place + offset] ^= 0xFF
        file.write_bytes(broken)
        with contextlib.suppress(ModelFileError):
            check(file)
