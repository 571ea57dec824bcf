"""The whole check of a dataset: what it finds of labels, what it keeps, and how it ends."""

import dataclasses
import os
from collections import Counter
from pathlib import Path

import pytest

from tests.training.learning.watching import Watcher
from training.cancellation import Cancelled, CancelToken
from training.config import ImportConfig
from training.dataset.catalog import Picture
from training.dataset.finding import LABEL_KINDS, FindingKind
from training.dataset.importing import import_pictures
from training.dataset.library import open_dataset
from training.dataset.sample import draw_picture
from training.events import Noticed, Stage, StageStarted
from training.home import Home
from training.learning import weights
from training.learning.check import CheckResult, check_dataset
from training.learning.weights import MOBILENET_V2

SWAPPED = 8


@pytest.fixture
def no_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that has no ImageNet weights, and no network."""
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    nowhere = dataclasses.replace(MOBILENET_V2, name="none.h5", url="http://127.0.0.1:9/none.h5")
    monkeypatch.setitem(weights.WEIGHTS, "mobilenet-v2", nowhere)  # type: ignore[index]


@pytest.fixture
def swapped_home(sample_home: Home) -> tuple[Home, set[int]]:
    """The drawn set with some wrong labels; and which."""
    with open_dataset(sample_home, "sample") as catalog:
        pictures = catalog.pictures()
        wrong = pictures[:: len(pictures) // SWAPPED][:SWAPPED]
        for picture in wrong:
            catalog.journal.relabel([picture.id], "dog" if picture.label == "cat" else "cat")
    return sample_home, {picture.id for picture in wrong}


def check(home: Home, name: str = "sample", **options: object) -> CheckResult:
    silent = {"emit": lambda _: None, "token": CancelToken()}
    return check_dataset(name, home, **(silent | options))  # type: ignore[arg-type]


def suspicious(result: CheckResult) -> list[int | None]:
    return [f.picture for f in result.findings if f.kind in LABEL_KINDS]


def stages(watcher: Watcher) -> set[Stage]:
    return {event.stage for event in watcher.kinds(StageStarted)}  # type: ignore[attr-defined]


@pytest.mark.usefixtures("no_weights")
def test_without_weights_and_network_the_model_that_ships_finds_wrong_labels(
    swapped_home: tuple[Home, set[int]],
) -> None:
    home, wrong = swapped_home
    watcher = Watcher()
    result = check(home, emit=watcher)
    assert any("model that ships" in event.message for event in watcher.kinds(Noticed))  # type: ignore[attr-defined]
    assert len(wrong & set(suspicious(result)[: 3 * SWAPPED])) >= SWAPPED - 2
    by_picture = {f.picture: f for f in result.findings if f.kind is FindingKind.LABEL}
    assert all(0.5 < finding.score <= 1 for finding in by_picture.values())
    assert max(Counter(suspicious(result)).values()) == 1


@pytest.mark.usefixtures("no_weights")
def test_the_same_labels_are_not_checked_twice_and_other_ones_are(
    swapped_home: tuple[Home, set[int]],
) -> None:
    home, wrong = swapped_home
    before = check(home).findings
    again = Watcher()
    assert check(home, emit=again).findings == before
    assert Stage.CHECKING_LABELS not in stages(again)
    with open_dataset(home, "sample") as catalog:
        while catalog.journal.undo() is not None:
            pass
    mended = Watcher()
    result = check(home, emit=mended)
    assert Stage.CHECKING_LABELS in stages(mended)
    assert Stage.COMPUTING_FEATURES not in stages(mended)
    assert len(wrong & set(suspicious(result))) <= 2


@pytest.mark.slow
@pytest.mark.usefixtures("no_weights")
def test_a_corrected_picture_is_no_finding_any_more(
    swapped_home: tuple[Home, set[int]],
) -> None:
    home, _ = swapped_home
    first = suspicious(check(home))[0]
    assert first is not None
    with open_dataset(home, "sample") as catalog:
        catalog.journal.mark_neither([first])
    assert first not in suspicious(check(home, labels=False))


def test_labels_are_left_out_where_nobody_asks_for_them(sample_home: Home) -> None:
    watcher = Watcher()
    assert suspicious(check(sample_home, emit=watcher, labels=False)) == []
    assert stages(watcher) == {Stage.CHECKING_PICTURES, Stage.COMPARING}


@pytest.mark.usefixtures("no_weights")
def test_a_few_pictures_are_too_few_to_learn_from(home: Home, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    for label in ("cat", "dog"):
        for number in range(5):
            draw_picture(label, number, seed=2).save(folder / f"{label}.{number}.png")
    silent = {"emit": lambda _: None, "token": CancelToken()}
    import_pictures(ImportConfig(folder, "few"), home, **silent)
    watcher = Watcher()
    assert suspicious(check(home, "few", emit=watcher)) == []
    assert any("20 different pictures" in event.message for event in watcher.kinds(Noticed))  # type: ignore[attr-defined]


@pytest.mark.usefixtures("no_weights")
@pytest.mark.parametrize("stage", [Stage.COMPUTING_FEATURES, Stage.CHECKING_LABELS])
def test_a_check_that_is_cancelled_keeps_what_the_survey_found(
    sample_home: Home, stage: Stage
) -> None:
    token = CancelToken()
    watcher = Watcher(
        lambda event: isinstance(event, StageStarted) and event.stage is stage, token.cancel
    )
    with pytest.raises(Cancelled):
        check(sample_home, emit=watcher, token=token)
    with open_dataset(sample_home, "sample") as catalog:
        assert catalog.findings.found_in(FindingKind.NEAR) is not None
        assert catalog.findings.found_in(FindingKind.LABEL) is None


@pytest.mark.slow
def test_features_of_imagenet_serve_the_check_and_the_preset_express_alike(
    swapped_home: tuple[Home, set[int]], shared_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = shared_data.parent / "keras-cache"
    if not folder.is_dir():
        pytest.skip("the ImageNet weights (shared/keras-cache) are not on this machine")
    monkeypatch.setenv("KERAS_HOME", os.fspath(folder))
    home, wrong = swapped_home
    assert len(wrong & set(suspicious(check(home))[: 3 * SWAPPED])) >= SWAPPED - 2
    (features,) = home.cache.glob("*.features")
    from training.learning.presets import FROM_FEATURES, training_config
    from training.learning.recipes import RECIPES, Tools

    watcher = Watcher()
    config = training_config("express", "sample")
    rows = RECIPES[FROM_FEATURES].prepare(
        some(home), config, config.image_size, Tools(home, watcher, CancelToken())
    )
    assert rows.file == features
    assert Stage.COMPUTING_FEATURES not in stages(watcher)


def some(home: Home) -> tuple[Picture, ...]:
    with open_dataset(home, "sample") as catalog:
        return tuple(catalog.pictures()[:50])
