"""The most similar training pictures, by what the network decides by."""

from pathlib import Path

import numpy as np
import pytest

from tests.conftest import SAMPLE
from training.cancellation import Cancelled, CancelToken
from training.dataset.decode import load_pixels
from training.dataset.library import open_dataset
from training.dataset.picture import Picture, Split
from training.dataset.sample import draw_picture
from training.errors import RunError
from training.events import Event, Stage, StageStarted
from training.home import Home
from training.inference.alike import COUNT, Alike, find_alike
from training.inference.session import open_session
from training.runs.lab_book import default_run
from training.runs.run_folder import ONNX_FILE, read_record

RUN = default_run().folder
DATASET = read_record(RUN).config.dataset


@pytest.fixture(scope="module")
def home(sample_source: Path, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The drawn sample set under the name of the dataset that the model learned from."""
    home = Home(tmp_path_factory.mktemp("alike"))
    home.datasets.mkdir(parents=True)
    (home.datasets / DATASET).symlink_to(sample_source / "datasets" / SAMPLE)
    return home


@pytest.fixture(scope="module")
def training_pictures(home: Home) -> list[Picture]:
    with open_dataset(home, DATASET) as catalog:
        return catalog.pictures(split=Split.TRAIN)


def find(picture: Path, home: Home) -> tuple[Alike, list[Stage]]:
    events: list[Event] = []
    alike = find_alike(picture, RUN, home, emit=events.append, token=CancelToken())
    return alike, [event.stage for event in events if isinstance(event, StageStarted)]


def test_a_training_picture_is_most_like_itself(
    home: Home, training_pictures: list[Picture]
) -> None:
    wanted = training_pictures[7]
    alike, _ = find(wanted.path, home)
    assert alike.pictures[0] == wanted
    assert alike.likeness[0] == pytest.approx(1, abs=1e-4)
    assert len(alike.pictures) == COUNT
    assert alike.is_changed  # these are drawn, and the model learned from photographs


def test_they_are_the_nearest_by_the_features_of_the_exported_network(
    home: Home, training_pictures: list[Picture], tmp_path: Path
) -> None:
    file = tmp_path / "new.png"
    draw_picture("dog", 3, seed=99).save(file)
    alike, _ = find(file, home)
    session = open_session(RUN / ONNX_FILE)

    def features(path: Path) -> np.ndarray:
        return session.with_features(load_pixels(path, session.image_size)[np.newaxis])[1][0]

    one = features(file)
    some = training_pictures[::8]
    by_hand = []
    for picture in (*some, *alike.pictures):
        many = features(picture.path)
        by_hand.append(float(many @ one / np.linalg.norm(many) / np.linalg.norm(one)))
    shown = by_hand[len(some) :]
    assert alike.likeness == pytest.approx(shown, abs=1e-4)
    assert list(shown) == sorted(shown, reverse=True)
    others = [
        value for value, each in zip(by_hand, some, strict=False) if each not in alike.pictures
    ]
    assert max(others) <= min(shown) + 1e-4
    assert {picture.split for picture in alike.pictures} == {Split.TRAIN}


def test_features_are_computed_once(home: Home, training_pictures: list[Picture]) -> None:
    find(training_pictures[0].path, home)
    _, stages = find(training_pictures[1].path, home)
    assert Stage.COMPUTING_FEATURES not in stages


def test_without_the_training_pictures_it_says_so(tmp_path: Path, training_pictures) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(RunError, match=f"“{DATASET}”, are not here"):
        find(training_pictures[0].path, Home(tmp_path))


def test_a_cancel_leaves_no_features_behind(
    sample_home: Home, training_pictures: list[Picture]
) -> None:
    (sample_home.datasets / SAMPLE).rename(sample_home.datasets / DATASET)
    token = CancelToken()

    def stop(event: Event) -> None:
        if isinstance(event, StageStarted):
            token.cancel()

    with pytest.raises(Cancelled):
        find_alike(training_pictures[0].path, RUN, sample_home, emit=stop, token=token)
    assert not list(sample_home.cache.rglob("*.features"))
