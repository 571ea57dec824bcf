"""What the user says of a run stands beside its record, and neither writer loses the other's."""

import errno
import json
from pathlib import Path

import pytest

from tests.training.runs.making import make_run, record
from training import atomic
from training.errors import RunError
from training.home import Home
from training.runs.lab_book import list_runs, open_run
from training.runs.notes import (
    DAMAGED_FILE,
    LONGEST_NOTES,
    LONGEST_TITLE,
    NOTES_FILE,
    RunNotes,
    change_notes,
    read_notes,
)
from training.runs.run_folder import RECORD_FILE, read_record, write_record


@pytest.fixture
def folder(home: Home) -> Path:
    return make_run(home)


def test_nothing_is_said_of_a_new_run(folder: Path) -> None:
    assert read_notes(folder) == RunNotes()


def test_a_change_leaves_the_rest_as_it_is(folder: Path) -> None:
    change_notes(folder, title="Grey cats", starred=True)
    assert change_notes(folder, notes="More of them.") == RunNotes(
        "Grey cats", "More of them.", starred=True
    )
    assert read_notes(folder) == RunNotes("Grey cats", "More of them.", starred=True)
    assert change_notes(folder, title="", starred=False).notes == "More of them."


def test_a_title_is_one_line(folder: Path) -> None:
    assert change_notes(folder, title="  Grey\n cats ").title == "Grey cats"


def test_training_and_the_user_never_lose_each_others_words(home: Home, folder: Path) -> None:
    before = read_record(folder)
    change_notes(folder, title="Mine", notes="Said while it learned.")
    write_record(folder, record(epochs_done=7))
    info = open_run(home, folder.name)
    assert (info.title, info.notes, info.epochs) == ("Mine", "Said while it learned.", 7)
    assert before.epochs_done == 0


def test_a_title_leaves_the_folder_which_is_the_runs_identity(home: Home, folder: Path) -> None:
    change_notes(folder, title="Mine")
    (info,) = list_runs(home)
    assert (info.run, info.folder) == (folder.name, folder)


@pytest.mark.parametrize(
    "text",
    ["{", "[]", "3", '{"title": "x"}', '{"title": 3, "notes": "", "starred": true}', "[" * 100_000],
)
def test_a_run_with_damaged_notes_is_listed_and_they_are_kept(
    home: Home, folder: Path, text: str
) -> None:
    (folder / NOTES_FILE).write_text(text, encoding="utf-8")
    (info,) = list_runs(home)
    assert (info.title, info.starred) == ("", False)
    change_notes(folder, title="New")
    assert read_notes(folder).title == "New"
    assert (folder / DAMAGED_FILE).read_text(encoding="utf-8") == text


def test_a_full_disk_leaves_what_was_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change_notes(folder, title="Old")

    def no_space(_: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(atomic, "_flush_file", no_space)
    with pytest.raises(OSError, match="No space"):
        change_notes(folder, title="New")
    assert read_notes(folder).title == "Old"
    assert {each.name for each in folder.glob("*notes*")} == {NOTES_FILE}


def test_words_that_are_too_long_are_refused_and_nothing_is_written(folder: Path) -> None:
    with pytest.raises(RunError, match="title has"):
        change_notes(folder, title="x" * (LONGEST_TITLE + 1))
    with pytest.raises(RunError, match="notes have"):
        change_notes(folder, notes="x" * (LONGEST_NOTES + 1))
    assert not (folder / NOTES_FILE).exists()


def test_a_run_of_an_older_version_is_listed_without_what_it_did_not_measure(
    home: Home, folder: Path
) -> None:
    values = json.loads((folder / RECORD_FILE).read_text(encoding="utf-8"))
    for name in ("device", "seconds", "ended", "judgement", "start_sha256"):
        del values[name]
    (folder / RECORD_FILE).write_text(json.dumps(values), encoding="utf-8")
    (info,) = list_runs(home)
    assert (info.device, info.seconds, info.val_log_loss) == ("", 0.0, None)
