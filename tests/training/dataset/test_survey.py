"""A survey finds what is wrong with pictures, keeps it, and looks at no content twice."""

import io

import numpy as np
import pytest
from PIL import Image

from tests.training.dataset.making import Import, make_old, write_folder
from training.cancellation import Cancelled, CancelToken
from training.dataset import survey as survey_module
from training.dataset.catalog import Split
from training.dataset.finding import Finding, FindingKind
from training.dataset.library import open_dataset
from training.dataset.standing import read_standing
from training.dataset.survey import survey
from training.errors import DatasetError
from training.events import Stage, StageProgressed, StageStarted
from training.home import Home

KINDS = FindingKind


def scene(seed: int, size: tuple[int, int] = (96, 96)) -> Image.Image:
    dice = np.random.default_rng(seed)
    patches = Image.fromarray(dice.integers(0, 256, (32, 32, 3), dtype=np.uint8))
    return patches.resize(size, Image.Resampling.BILINEAR)


def encoded(picture: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def poor_pictures() -> dict[str, bytes]:
    """A folder with one of everything, among good ones."""
    good = {
        f"{label}s/{n}.jpg": encoded(scene(100 * n + place))
        for place, label in enumerate(("cat", "dog"))
        for n in range(4)
    }
    grey = scene(5).convert("L")
    return good | {
        "cats/cut.jpg": encoded(scene(7))[:600],
        "cats/none.jpg": b"",
        "cats/same.jpg": good["cats/0.jpg"],
        "dogs/alike.jpg": encoded(scene(0).resize((60, 60)), quality=60),
        "cats/dark.jpg": encoded(scene(8).point(lambda level: level // 12)),
        "cats/plain.jpg": encoded(Image.new("RGB", (64, 64), (120, 130, 140))),
        "cats/blurred.jpg": encoded(Image.radial_gradient("L").convert("RGB")),
        "dogs/8.jpg": encoded(scene(16)),
        "dogs/9.jpg": encoded(scene(17)),
        "dogs/tiny.jpg": encoded(scene(10, (20, 28))),
        "dogs/wide.jpg": encoded(scene(11, (600, 100))),
        "dogs/named.jpg": encoded(scene(12), "PNG"),
        "dogs/moving.gif": encoded(scene(13), "GIF", save_all=True, append_images=[scene(14)]),
        "dogs/ink.jpg": encoded(scene(15).convert("CMYK")),
        "dogs/deep.png": encoded(Image.fromarray(np.asarray(grey).astype(np.uint16) * 257), "PNG"),
    }


@pytest.fixture
def surveyed(home: Home, tmp_path) -> Home:
    Import(write_folder(tmp_path / "mine", poor_pictures()), home)
    look(home)
    return home


def look(
    home: Home, emit=lambda _: None, token: CancelToken | None = None, name: str = "pets"
) -> None:
    with open_dataset(home, name) as catalog:
        survey(catalog, emit=emit, token=token or CancelToken())


def found(home: Home) -> dict[FindingKind, dict[str, str]]:
    """The reason by the picture's name, by kind."""
    kinds: dict[FindingKind, dict[str, str]] = {}
    with open_dataset(home, "pets") as catalog:
        names = {p.id: p.name for p in catalog.pictures(state=None)}
        for finding in read_standing(catalog).findings:
            name = names[finding.picture] if finding.picture else ""
            kinds.setdefault(finding.kind, {})[name] = finding.reason
    return kinds


def test_each_kind_is_found_where_it_is_and_nowhere_else(surveyed: Home) -> None:
    kinds = found(surveyed)
    assert {kind: set(names) for kind, names in kinds.items()} == {
        KINDS.DAMAGED: {"cats/cut.jpg", "cats/none.jpg"},
        KINDS.EXACT: {"cats/0.jpg", "cats/same.jpg"},
        KINDS.NEAR: {"cats/0.jpg", "cats/same.jpg", "dogs/alike.jpg"},
        KINDS.EMPTY: {"cats/plain.jpg"},
        KINDS.DARK: {"cats/dark.jpg"},
        KINDS.BLURRED: {"cats/blurred.jpg"},
        KINDS.TINY: {"dogs/tiny.jpg"},
        KINDS.SHAPE: {"dogs/wide.jpg"},
        KINDS.FORMAT: {"dogs/named.jpg", "dogs/moving.gif", "dogs/ink.jpg", "dogs/deep.png"},
        KINDS.IMBALANCE: {""},
    }


def test_the_reasons_name_what_they_mean(surveyed: Home) -> None:
    kinds = found(surveyed)
    assert kinds[KINDS.DAMAGED]["cats/none.jpg"] == "The file is empty."
    assert kinds[KINDS.EXACT]["cats/0.jpg"] == "The same file as cats/same.jpg."
    assert "cats/0.jpg" in kinds[KINDS.NEAR]["dogs/alike.jpg"]
    assert "labelled differently" in kinds[KINDS.NEAR]["dogs/alike.jpg"]
    assert "20 x 28" in kinds[KINDS.TINY]["dogs/tiny.jpg"]
    assert "6.0 times as wide as high" in kinds[KINDS.SHAPE]["dogs/wide.jpg"]
    assert kinds[KINDS.FORMAT]["dogs/named.jpg"] == "Its name ends in .jpg, and it is PNG."
    assert "2 pictures" in kinds[KINDS.FORMAT]["dogs/moving.gif"]
    assert "CMYK" in kinds[KINDS.FORMAT]["dogs/ink.jpg"]


def test_the_balance_is_that_of_the_corrected_classes(surveyed: Home) -> None:
    assert found(surveyed)[KINDS.IMBALANCE][""].startswith("There are 13 dogs and 8 cats")
    with open_dataset(surveyed, "pets") as catalog:
        dogs = [picture.id for picture in catalog.pictures(label="dog")]
        catalog.journal.relabel(dogs[:3], "cat")
    assert KINDS.IMBALANCE not in found(surveyed)
    with open_dataset(surveyed, "pets") as catalog:
        catalog.journal.relabel(dogs, "cat")
    assert found(surveyed)[KINDS.IMBALANCE][""].startswith("There are 21 cats and 0 dogs")


def test_what_was_never_checked_has_no_balance(home: Home, tmp_path) -> None:
    Import(write_folder(tmp_path / "mine", poor_pictures()), home)
    assert found(home) == {}


def test_near_copies_in_several_splits_are_a_leak(surveyed: Home) -> None:
    with open_dataset(surveyed, "pets") as catalog:
        rows = {p.name: p.id for p in catalog.pictures()}
        catalog.assign_splits({rows["cats/0.jpg"]: Split.TRAIN, rows["cats/1.jpg"]: Split.TEST})
        assert catalog.leaks() == ()
        catalog.assign_splits({rows["dogs/alike.jpg"]: Split.TEST})
        (leak,) = catalog.leaks()
        assert leak.pictures == ("cats/0.jpg", "dogs/alike.jpg")
        assert catalog.info().leaks == 1
        catalog.assign_splits({rows["cats/same.jpg"]: Split.TEST})  # the same bytes, too: one leak
        assert catalog.info().leaks == len(catalog.leaks()) == 1
        assert catalog.info().duplicates == 1


def test_a_second_survey_finds_the_same_and_looks_at_nothing(
    surveyed: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = found(surveyed)
    monkeypatch.setattr(survey_module, "look_at", None)  # to call it would fail
    look(surveyed)
    assert found(surveyed) == before


def test_files_that_are_gone_or_changed_are_damaged(surveyed: Home) -> None:
    with open_dataset(surveyed, "pets") as catalog:
        paths = {p.name: p.path for p in catalog.pictures()}
    paths["cats/1.jpg"].unlink()
    paths["cats/2.jpg"].write_bytes(b"another picture")
    look(surveyed)
    damaged = found(surveyed)[KINDS.DAMAGED]
    assert "not there" in damaged["cats/1.jpg"]
    assert "changed" in damaged["cats/2.jpg"]


def test_a_file_that_changed_before_it_was_ever_looked_at_is_damaged(home: Home, tmp_path) -> None:
    source = write_folder(tmp_path / "mine", poor_pictures())
    Import(source, home)
    file = source / "cats" / "1.jpg"
    file.write_bytes(file.read_bytes()[:-1] + b"!")
    look(home)
    assert "changed" in found(home)[KINDS.DAMAGED]["cats/1.jpg"]


def test_a_cancelled_survey_keeps_what_was_found_before(surveyed: Home) -> None:
    before = found(surveyed)
    with open_dataset(surveyed, "pets") as catalog:
        catalog.pictures()[0].path.unlink()
    token = CancelToken()

    def cancel_at_comparing(event: object) -> None:
        if isinstance(event, StageStarted) and event.stage is Stage.COMPARING:
            token.cancel()

    with pytest.raises(Cancelled):
        look(surveyed, cancel_at_comparing, token)
    assert found(surveyed) == before


def test_progress_comes_to_its_end_in_both_stages(surveyed: Home) -> None:
    events: list[object] = []
    look(surveyed, events.append)
    totals = [e.total for e in events if isinstance(e, StageStarted)]
    done = [e.done for e in events if isinstance(e, StageProgressed)]
    assert set(totals) == {21, 20}
    assert {21, 20} <= set(done)


def test_findings_are_written_whole_or_not_at_all(surveyed: Home) -> None:
    before = found(surveyed)
    wrong = Finding(KINDS.DARK, 1, object(), "no number")
    with open_dataset(surveyed, "pets") as catalog, pytest.raises(DatasetError):
        catalog.findings.replace(tuple(FindingKind), [wrong], of="")
    assert found(surveyed) == before


def test_an_old_catalogue_is_brought_up_to_date_and_keeps_its_pictures(
    home: Home, tmp_path
) -> None:
    Import(write_folder(tmp_path / "mine", poor_pictures()), home)
    with open_dataset(home, "pets") as catalog:
        pictures = catalog.pictures(state=None)
    make_old(home.datasets / "pets", version=1)
    look(home)
    assert KINDS.NEAR in found(home)
    with open_dataset(home, "pets") as catalog:
        assert [p.name for p in catalog.pictures(state=None)] == [p.name for p in pictures]
        assert catalog.journal.exclude([pictures[0].id]) is not None
