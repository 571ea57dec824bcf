"""A deleted run lies whole in the trash, comes back as it was, and is gone after 30 days."""

import os
import shutil
import time
from pathlib import Path

import pytest

from tests.training.runs.making import make_run
from training.errors import RunError
from training.home import Home
from training.runs.lab_book import list_all_runs, list_runs, open_run
from training.runs.notes import change_notes
from training.runs.run_folder import DAMAGED, RECORD_FILE
from training.runs.trash import KEPT_DAYS, delete_run, empty_trash, list_trash, restore_run

DAY_S = 24 * 3600


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_deleted_run_is_in_no_list_and_comes_back_as_it_was(home: Home) -> None:
    folder = make_run(home)
    change_notes(folder, title="Mine")
    before, info = files(folder), open_run(home, folder.name)
    trashed = delete_run(home, folder.name)
    assert list_runs(home) == []
    assert [each.run for each in list_trash(home)] == [trashed.run] == [folder.name]
    assert restore_run(home, trashed.run) == info
    assert files(folder) == before
    assert list_trash(home) == []


def test_a_run_with_a_damaged_record_goes_to_the_trash_and_comes_back_as_it_was(
    home: Home,
) -> None:
    folder = make_run(home)
    (folder / RECORD_FILE).write_text("{", encoding="utf-8")
    before = files(folder)
    delete_run(home, folder.name)
    assert list_all_runs(home) == []
    assert restore_run(home, folder.name).state == DAMAGED
    assert files(folder) == before


def test_a_run_of_a_name_that_lies_in_the_trash_already_gets_another(home: Home) -> None:
    folder = make_run(home)
    delete_run(home, folder.name)
    shutil.copytree(home.runs / ".trash" / folder.name, folder)
    assert delete_run(home, folder.name).run == f"{folder.name}-2"
    assert len(list_trash(home)) == 2


def test_a_run_is_not_restored_over_another(home: Home) -> None:
    folder = make_run(home)
    delete_run(home, folder.name)
    shutil.copytree(home.runs / ".trash" / folder.name, folder)
    with pytest.raises(RunError, match="another run named"):
        restore_run(home, folder.name)
    assert len(list_trash(home)) == len(list_runs(home)) == 1


def test_what_is_not_in_the_trash_is_a_sentence(home: Home) -> None:
    with pytest.raises(RunError, match=r"in the trash\. The newest there: nothing"):
        restore_run(home, "gone")
    delete_run(home, make_run(home).name)
    with pytest.raises(RunError, match="_notebook"):
        restore_run(home, "../runs")


def test_after_thirty_days_the_next_deletion_removes_a_run_for_good(home: Home) -> None:
    old, kept, last = (delete_run(home, make_run(home).name) for _ in range(3))
    for trashed, days in ((old, KEPT_DAYS + 1), (kept, KEPT_DAYS - 1)):
        then = time.time() - days * DAY_S
        os.utime(trashed.folder, (then, then))
    new = delete_run(home, make_run(home).name)
    assert {each.run for each in list_trash(home)} == {kept.run, last.run, new.run}
    assert not old.folder.exists()


def test_a_run_that_is_years_old_stays_thirty_days_in_the_trash(home: Home) -> None:
    folder = make_run(home)
    os.utime(folder, (0, 0))
    trashed = delete_run(home, folder.name)
    assert time.time() - trashed.deleted_at < DAY_S
    assert trashed.folder.is_dir()


def test_the_trash_can_be_emptied_at_once(home: Home) -> None:
    assert empty_trash(home) == 0
    for _ in range(2):
        delete_run(home, make_run(home).name)
    assert empty_trash(home) == 2
    assert list((home.runs / ".trash").iterdir()) == []


def test_an_emptying_that_is_cut_off_leaves_no_half_run_to_restore(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    delete_run(home, make_run(home).name)

    def pulled_plug(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as killed:
        killed.setattr(shutil, "rmtree", pulled_plug)
        with pytest.raises(KeyboardInterrupt):
            empty_trash(home)
    assert list_trash(home) == []
    empty_trash(home)
    assert list((home.runs / ".trash").iterdir()) == []


def test_only_a_folder_under_runs_is_ever_moved(home: Home, tmp_path: Path) -> None:
    elsewhere = make_run(home).rename(tmp_path / "mine")
    with pytest.raises(RunError, match="outside"):
        delete_run(home, str(elsewhere))
    assert (elsewhere / RECORD_FILE).is_file()
