"""Pictures, copied and linked into folders by verdict: nothing of the user's is touched."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.cancellation import Cancelled, CancelToken
from training.errors import DatasetError
from training.events import Stage, StageProgressed, StageStarted, Verdict
from training.inference import sorting
from training.inference.sorting import KINDS, sort_into


def _sort(verdicts, folder, **options):
    options.setdefault("token", CancelToken())
    options.setdefault("emit", lambda _event: None)
    return sort_into(verdicts, folder, **options)


def _verdict(path: Path, kind: str | None) -> Verdict:
    p_dog = None if kind is None else 0.5
    return Verdict(str(path), kind, p_dog, p_dog, None if kind else "It is empty.")


@pytest.fixture
def pictures(tmp_path) -> list[Verdict]:
    """Two pictures of one name in folders of their own, one of neither, one that is unreadable."""
    kinds = {"a/1.jpg": "cat", "b/1.jpg": "cat", "b/2.jpg": "dog", "a/3": "neither", "a/4": None}
    verdicts = []
    for name, kind in kinds.items():
        path = tmp_path / "mine" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())
        os.utime(path, (1_000, 1_000))
        verdicts.append(_verdict(path, kind))
    return verdicts


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


SORTED = {
    "cat/1.jpg": b"a/1.jpg",
    "cat/1 (2).jpg": b"b/1.jpg",
    "dog/2.jpg": b"b/2.jpg",
    "neither/3": b"a/3",
}


@pytest.mark.parametrize("link", [False, True])
def test_each_verdict_gets_a_folder_and_the_pictures_stay(pictures, tmp_path, link) -> None:
    before = _files(tmp_path / "mine")
    done = _sort(pictures, tmp_path / "out", link=link)
    assert _files(tmp_path / "out") == SORTED
    assert (dict(done.counts), done.pictures) == ({"cat": 2, "dog": 1, "neither": 1}, 4)
    assert (done.left_out, done.gone) == (1, 0)
    assert _files(tmp_path / "mine") == before
    assert all(path.is_symlink() is link for path in (tmp_path / "out").rglob("*.jpg"))
    assert (tmp_path / "out/dog/2.jpg").stat().st_mtime == 1_000


def test_what_is_there_already_is_never_replaced(pictures, tmp_path) -> None:
    (tmp_path / "out/cat").mkdir(parents=True)
    (tmp_path / "out/cat/1.jpg").write_bytes(b"old")
    (tmp_path / "out/cat/1 (2).jpg").symlink_to(tmp_path / "nowhere")
    _sort(pictures, tmp_path / "out")
    _sort(pictures, tmp_path / "out", link=True)
    files = _files(tmp_path / "out")
    assert files["cat/1.jpg"] == b"old"
    assert not (tmp_path / "nowhere").exists()
    names = {f"cat/1 ({number}).jpg" for number in range(3, 7)}
    assert {name for name in files if name.startswith("cat/1 (")} == names


def test_a_copy_of_a_link_is_a_file_of_its_own(tmp_path) -> None:
    (tmp_path / "1.jpg").write_bytes(b"picture")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/link.jpg").symlink_to(tmp_path / "1.jpg")
    _sort([_verdict(tmp_path / "mine/link.jpg", "cat")], tmp_path / "out")
    assert not (tmp_path / "out/cat/link.jpg").is_symlink()


@pytest.mark.parametrize("place", ["mine/a", "link"])
def test_a_folder_of_pictures_is_no_place_to_sort_them_into(pictures, tmp_path, place) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "mine" / "b", target_is_directory=True)
    before = _files(tmp_path)
    with pytest.raises(DatasetError, match="holds pictures that are to be sorted"):
        _sort(pictures, tmp_path / place)
    assert _files(tmp_path) == before


def test_pictures_that_were_sorted_are_not_sorted_into_the_same_folders(pictures, tmp_path) -> None:
    _sort(pictures, tmp_path / "out")
    again = [_verdict(path, "dog") for path in (tmp_path / "out/cat").iterdir()]
    with pytest.raises(DatasetError, match="“cat” holds pictures"):
        _sort(again, tmp_path / "out")


def test_a_picture_that_is_gone_meanwhile_is_counted_and_the_others_are_sorted(
    pictures, tmp_path
) -> None:
    Path(pictures[0].path).unlink()
    done = _sort(pictures, tmp_path / "out", link=True)
    assert (done.pictures, done.gone) == (3, 1)


def test_what_will_not_stay_is_copied_even_where_links_are_wanted(pictures, tmp_path) -> None:
    _sort(pictures, tmp_path / "out", link=True, copied_anyway={Path(pictures[2].path)})
    links = {path.name: path.is_symlink() for path in (tmp_path / "out").rglob("*.jpg")}
    assert links == {"1.jpg": True, "1 (2).jpg": True, "2.jpg": False}


def test_a_cancel_keeps_whole_copies_and_leaves_no_half_one(pictures, tmp_path) -> None:
    token = _CancelsAfter(checks=20)
    with pytest.raises(Cancelled):
        _sort(pictures * 50, tmp_path / "out", token=token)
    assert 0 < len(_files(tmp_path / "out")) < 150
    assert set(_files(tmp_path / "out").values()) <= set(SORTED.values())
    assert not list(tmp_path.rglob("*.partial"))


def test_a_cancel_in_the_middle_of_a_large_picture_takes_its_copy_away(
    tmp_path, monkeypatch
) -> None:
    monkeypatch.setattr(sorting, "_CHUNK_BYTES", 4)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/1.jpg").write_bytes(b"0123456789")
    token = _CancelsAfter(checks=3)
    with pytest.raises(Cancelled):
        _sort([_verdict(tmp_path / "mine/1.jpg", "cat")], tmp_path / "out", token=token)
    assert token.checks == 0
    assert list((tmp_path / "out/cat").iterdir()) == []


class _CancelsAfter(CancelToken):
    def __init__(self, checks: int) -> None:
        super().__init__()
        self.checks = checks

    def raise_if_cancelled(self) -> None:
        self.checks -= 1
        if self.checks == 0:
            self.cancel()
        super().raise_if_cancelled()


def test_progress_is_told_to_the_last_picture(pictures, tmp_path) -> None:
    events: list[object] = []
    _sort(pictures, tmp_path / "out", emit=events.append)
    assert events[0] == StageStarted(Stage.SORTING, 4, "pictures")
    assert events[-1] == StageProgressed(4)


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from([*KINDS, None])), max_size=8))
def test_as_many_files_are_there_as_had_a_verdict(tmp_path_factory, rows) -> None:
    folder = tmp_path_factory.mktemp("sorting")
    verdicts = []
    for number, (name, kind) in enumerate(rows):
        path = folder / "mine" / str(number) / f"{name}.jpg"
        path.parent.mkdir(parents=True)
        path.write_text(str(number))
        verdicts.append(_verdict(path, kind))
    done = _sort(verdicts, folder / "out")
    assert done.pictures + done.left_out == len(rows)
    written = sorted(_files(folder / "out").values())
    assert written == sorted(
        str(number).encode() for number, (_, kind) in enumerate(rows) if kind is not None
    )
