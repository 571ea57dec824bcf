"""The job finds pictures in files and folders and hands them to a classifier."""

from pathlib import Path

import pytest

from catdog_gui.prediction_tab.job import PicturesFound, classify_sources
from training.cancellation import Cancelled, CancelToken
from training.events import Noticed


class _Recorder:
    """Stands for the classifier: remembers what it was given."""

    def __init__(self):
        self.given = None

    def __call__(self, paths, folder, *, emit, token):
        self.given = (list(paths), folder)


def _touch(folder: Path, *names: str) -> list[Path]:
    paths = [folder / name for name in names]
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    return paths


def _run(sources, token=None):
    events, classify = [], _Recorder()
    count = classify_sources(
        sources,
        Path("run"),
        classify=classify,
        emit=events.append,
        token=token or CancelToken(),
    )
    return count, events, classify


def _found(events):
    return [path for event in events if isinstance(event, PicturesFound) for path in event.paths]


def _noticed(events):
    return [event.message for event in events if isinstance(event, Noticed)]


def test_a_folder_gives_its_pictures_and_those_of_folders_inside(tmp_path):
    wanted = _touch(tmp_path, "a.jpg", "b.PNG", "inner/c.webp")
    _touch(tmp_path, "notes.txt", ".hidden.jpg", "Thumbs.db")
    count, events, classify = _run([tmp_path])
    assert count == 3
    assert sorted(_found(events)) == wanted
    assert classify.given == (_found(events), Path("run"))


def test_a_single_file_is_taken_whatever_its_name(tmp_path):
    (notes,) = _touch(tmp_path, "notes.txt")
    assert _found(_run([notes])[1]) == [notes]


def test_a_missing_file_is_taken_too_so_that_it_gets_an_error_of_its_own(tmp_path):
    missing = tmp_path / "gone.jpg"
    assert _found(_run([missing])[1]) == [missing]


def test_a_picture_given_twice_is_classified_once(tmp_path):
    (picture,) = _touch(tmp_path, "a.jpg")
    assert _found(_run([picture, tmp_path, picture])[1]) == [picture]


def test_a_folder_without_pictures_is_named_and_nothing_is_classified(tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    count, events, classify = _run([empty])
    assert count == 0
    assert _noticed(events) == ["There are no pictures in the folder empty."]
    assert classify.given is None


def test_many_pictures_are_told_in_parts(tmp_path, monkeypatch):
    monkeypatch.setattr("catdog_gui.prediction_tab.job._CHUNK_PICTURES", 2)
    _touch(tmp_path, *(f"{number}.jpg" for number in range(5)))
    parts = [event for event in _run([tmp_path])[1] if isinstance(event, PicturesFound)]
    assert [len(part.paths) for part in parts] == [2, 2, 1]


def test_a_cancelled_job_lists_no_further(tmp_path):
    token = CancelToken()
    token.cancel()
    _touch(tmp_path, "a.jpg")
    with pytest.raises(Cancelled):
        _run([tmp_path], token)
