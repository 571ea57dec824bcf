"""New pictures in a folder, each told once and whole."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.dataset.newcomers import Newcomers


@pytest.fixture
def newcomers(tmp_path):
    (tmp_path / "old.jpg").write_bytes(b"old")
    newcomers = Newcomers(tmp_path)
    assert newcomers.look().came == ()
    return newcomers


def _names(look):
    return [path.name for path in look.came]


def test_a_picture_is_told_when_it_has_not_grown_since_the_last_look(newcomers, tmp_path):
    (tmp_path / "new.jpg").write_bytes(b"a")
    first = newcomers.look()
    assert (first.came, first.is_unsettled) == ((), True)
    (tmp_path / "new.jpg").write_bytes(b"ab")
    assert newcomers.look().came == ()
    last = newcomers.look()
    assert (_names(last), last.is_unsettled) == (["new.jpg"], False)
    assert newcomers.look().came == ()


def test_an_empty_file_is_waited_for(newcomers, tmp_path):
    (tmp_path / "new.jpg").touch()
    looks = [newcomers.look() for _ in range(3)]
    assert all(look.came == () and look.is_unsettled for look in looks)


def test_a_picture_that_is_written_anew_comes_again(newcomers, tmp_path):
    os.utime(tmp_path / "old.jpg", (1, 1))
    newcomers.look()
    assert _names(newcomers.look()) == ["old.jpg"]


def test_a_picture_that_was_away_comes_again(newcomers, tmp_path):
    (tmp_path / "old.jpg").rename(tmp_path / "old.away")
    newcomers.look()
    (tmp_path / "old.away").rename(tmp_path / "old.jpg")
    newcomers.look()
    assert _names(newcomers.look()) == ["old.jpg"]


def test_what_is_no_picture_by_its_name_is_none(newcomers, tmp_path):
    for name in ("notes.txt", ".hidden.jpg", "new.jpg.part"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "folder.jpg").mkdir()
    (tmp_path / "broken.jpg").symlink_to(tmp_path / "nowhere")
    assert not newcomers.look().is_unsettled


def test_a_folder_that_is_gone_is_an_error(newcomers, tmp_path):
    (tmp_path / "old.jpg").unlink()
    tmp_path.rmdir()
    with pytest.raises(FileNotFoundError):
        newcomers.look()


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=15))
def test_in_the_end_every_picture_that_has_bytes_was_told(tmp_path_factory, writes):
    folder = tmp_path_factory.mktemp("watched")
    newcomers = Newcomers(folder)
    newcomers.look()
    told = set()
    for number, size in writes:
        (folder / f"{number}.jpg").write_bytes(b"x" * size)
        told |= set(newcomers.look().came)
    for _ in range(2):
        told |= set(newcomers.look().came)
    whole = {path for path in folder.iterdir() if path.stat().st_size}
    assert whole <= told
