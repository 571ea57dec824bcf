"""Small sets of drawn pictures."""

import shutil

import pytest

from training.cancellation import CancelToken
from training.dataset.sample import draw_sample


@pytest.fixture(scope="session")
def drawn_once(tmp_path_factory):
    folder = tmp_path_factory.mktemp("drawn")
    draw_sample(folder, count=20, seed=3, emit=lambda _: None, token=CancelToken())
    return folder


@pytest.fixture
def pictures(drawn_once, tmp_path):
    """A folder of ten drawn cats and ten drawn dogs, numbered 0 to 9."""
    return shutil.copytree(drawn_once, tmp_path / "my pictures")


@pytest.fixture
def leaking(drawn_once, tmp_path):
    """A folder whose split as in the notebook has one leak: cat.0 and cat.10000 are the same."""
    folder = tmp_path / "leaking"
    folder.mkdir()
    for label in ("cat", "dog"):
        for place, number in enumerate((0, 10_000, 11_000)):
            drawn = 0 if label == "cat" and number == 10_000 else place
            shutil.copy(drawn_once / f"{label}.{drawn}.jpg", folder / f"{label}.{number}.jpg")
    return folder
