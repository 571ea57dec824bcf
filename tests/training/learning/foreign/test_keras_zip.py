"""A `.keras` file is a zip of three members, and of nothing else."""

import zipfile
from pathlib import Path

import pytest

from tests.training.learning.foreign.crafting import members, write_keras
from tests.training.learning.foreign.refusing import refusal


@pytest.mark.fault(12)
def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    file = tmp_path / "bomb.keras"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        with archive.open("config.json", "w") as written:
            for _ in range(600):
                written.write(bytes(1_000_000))
        for name in ("metadata.json", "model.weights.h5"):
            archive.writestr(name, members()[name])
    assert "600 MB" in refusal(file)
    (unpacked,) = tmp_path.glob("unpacked-*")
    assert list(unpacked.iterdir()) == []


def test_a_member_that_is_larger_than_it_ever_is_is_refused_unread(tmp_path: Path) -> None:
    content = {**members(), "metadata.json": b" " * 70_000 + b"{}"}
    assert "metadata.json of the file would have" in refusal(
        write_keras(tmp_path / "m.keras", content)
    )


@pytest.mark.fault(16)
def test_a_member_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    rows = [*members().items(), ("config.json", b"{}")]
    with pytest.warns(UserWarning, match="Duplicate name"):
        file = write_keras(tmp_path / "m.keras", rows)
    assert "more than once" in refusal(file)


@pytest.mark.fault(17)
@pytest.mark.parametrize(
    "name", ["../config.json", "assets/evil.py", "/config.json", "CONFIG.json"]
)
def test_a_member_that_keras_does_not_write_is_refused(tmp_path: Path, name: str) -> None:
    said = refusal(write_keras(tmp_path / "m.keras", {**members(), name: b"x"}))
    assert f"“{name}”" in said
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["m.keras"]


@pytest.mark.parametrize("name", ["metadata.json", "config.json", "model.weights.h5"])
def test_a_member_that_is_missing_is_named(tmp_path: Path, name: str) -> None:
    rest = {key: data for key, data in members().items() if key != name}
    assert f"{name} is missing" in refusal(write_keras(tmp_path / "m.keras", rest))


@pytest.mark.fault(18)
def test_the_part_that_is_there_is_told_in_megabytes(tmp_path: Path) -> None:
    whole = write_keras(tmp_path / "m.keras", {**members(), "model.weights.h5": bytes(3_000_000)})
    whole.write_bytes(whole.read_bytes()[:1_200_000])
    assert "1.2 of 3.0 MB are there" in refusal(whole)


@pytest.mark.fault(20)
def test_one_flipped_byte_in_the_weights_is_a_checksum_error(tmp_path: Path) -> None:
    file = write_keras(tmp_path / "m.keras")
    content = bytearray(file.read_bytes())
    content[content.index(b"\x89HDF") + 3000] ^= 1
    file.write_bytes(content)
    assert "model.weights.h5 inside it differs from its checksum (checksum error)" in refusal(file)
