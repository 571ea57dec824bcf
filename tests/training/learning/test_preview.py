"""A preview shows what a training would see, at once."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from training.dataset.decode import load_pixels
from training.dataset.sample import draw_picture
from training.errors import PictureError
from training.learning.presets import training_config
from training.learning.preview import preview


@pytest.fixture
def pictures(tmp_path: Path) -> list[Path]:
    files = [tmp_path / "cat.1.png", tmp_path / "dog.1.png"]
    for number, file in enumerate(files):
        draw_picture(file.name[:3], number, seed=1, size_px=80).save(file)
    return files


def test_pictures_come_in_turn_and_as_they_are_where_nothing_varies_them(
    pictures: list[Path],
) -> None:
    shown = preview(pictures, training_config("notebook", "pets", image_size=64), count=3)
    whole = [load_pixels(file, 64) for file in pictures]
    assert np.array_equal(shown, np.stack([whole[0], whole[1], whole[0]]))


def test_each_is_varied_in_its_own_way_and_the_same_way_for_the_same_seed(
    pictures: list[Path],
) -> None:
    config = training_config("scratch", "pets", image_size=64, rotate=20.0, erase=0.3, mixup=0.4)
    shown = preview(pictures[:1], config, count=6)
    assert shown.shape == (6, 64, 64, 3)
    assert len({one.tobytes() for one in shown}) == 6
    assert np.array_equal(shown, preview(pictures[:1], config, count=6))
    other = training_config("scratch", "pets", image_size=64, seed=2)
    assert not np.array_equal(shown, preview(pictures[:1], other, count=6))


def test_blended_pictures_are_blended_with_each_other(tmp_path: Path) -> None:
    for level, name in ((0, "cat.1.png"), (255, "dog.1.png")):
        draw_picture("cat", 1, seed=1, size_px=8).point(lambda _, level=level: level).save(
            tmp_path / name
        )
    config = training_config("notebook", "pets", image_size=32, mixup=2.0)
    shown = preview(sorted(tmp_path.iterdir()), config, count=8)
    levels = set(np.unique(shown).tolist())
    assert levels - {0, 255}
    assert len(levels) <= 4  # one weight for all of them


def test_settings_that_leave_the_size_open_have_one_to_look_at(pictures: list[Path]) -> None:
    assert preview(pictures, training_config("continue", "pets"), count=1).shape[1] > 32


def test_a_picture_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(PictureError):
        preview([tmp_path / "none.png"], training_config("notebook", "pets"), count=1)


def test_a_preview_loads_neither_keras_nor_tensorflow() -> None:
    code = (
        "import sys, training.learning.preview, training.learning.rate_finder;"
        "heavy = {'keras', 'tensorflow', 'onnxruntime', 'sklearn', 'scipy', 'matplotlib'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"
