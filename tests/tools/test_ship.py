"""The tool that makes a run the model in the box looks at the tuning half alone."""

import zipfile
from pathlib import Path

from tools.ship import thing_of, tuning_half


def archive_of(path: Path, *names: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, name.encode())
    return path


def test_a_thing_is_named_before_its_number() -> None:
    assert thing_of("neither/grand_piano_image_0001.jpg") == "grand_piano"


def test_the_tuning_half_is_every_other_thing_by_name(tmp_path: Path) -> None:
    archive = archive_of(
        tmp_path / "strange.zip",
        "neither/cup_image_0002.jpg",
        "neither/anchor_image_0001.jpg",
        "neither/barrel_image_0001.jpg",
        "neither/cup_image_0001.jpg",
        "neither/lamp_image_0001.jpg",
        "neither/README.txt",
    )
    chosen = [content.decode() for content in tuning_half(archive)]
    assert [thing_of(name) for name in chosen] == ["anchor", "cup", "cup"]


def test_the_two_halves_of_the_real_things_have_nothing_in_common(shared_data: Path) -> None:
    with zipfile.ZipFile(shared_data / "neither.zip") as archive:
        names = [name for name in archive.namelist() if name.endswith(".jpg")]
        of_content = {archive.read(name): thing_of(name) for name in names}
    chosen = {of_content[content] for content in tuning_half(shared_data / "neither.zip")}
    places = sorted({thing_of(name) for name in names})
    assert chosen == {thing for place, thing in enumerate(places, 1) if place % 2 == 1}
