"""A run that somebody gives: what is taken in, what is refused, and what stays untouched."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from training.cancellation import Cancelled, CancelToken
from training.errors import RunError
from training.events import Event, Stage, StageStarted
from training.home import Home
from training.resources import resource
from training.runs import taking_in
from training.runs.history import HISTORY_FILE
from training.runs.lab_book import default_run, find_finished, list_runs
from training.runs.notes import change_notes
from training.runs.run_folder import CENTRES_FILE, DEFAULT_RUN, KERAS_FILE, ONNX_FILE, RECORD_FILE
from training.runs.taking_in import TakenIn, take_in_run

NAME = "20260101-100000_express"


@pytest.fixture(autouse=True)
def nothing_ships(monkeypatch: pytest.MonkeyPatch) -> None:
    """The runs that are given here are copies of the one that ships."""

    def missing() -> None:
        raise RunError("It is not there.", "Install the program again.")

    monkeypatch.setattr(taking_in, "default_run", missing)


@pytest.fixture
def given(tmp_path: Path) -> Path:
    """A folder as a friend would hand it over, with small files in the places of the large."""
    folder = tmp_path / "stick" / NAME
    folder.mkdir(parents=True)
    for name in (RECORD_FILE, HISTORY_FILE):
        shutil.copy(resource(DEFAULT_RUN, name), folder)
    files = {name: name.encode() for name in (ONNX_FILE, CENTRES_FILE, KERAS_FILE)}
    for name, content in files.items():
        (folder / name).write_bytes(content)
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    change_record(folder, files=digests)
    return folder


def take(folder: Path, home: Home, emit: Callable[[Event], None] = lambda _: None) -> TakenIn:
    return take_in_run(folder, home, emit=emit, token=CancelToken())


def change_record(folder: Path, **changes: Any) -> None:
    file = folder / RECORD_FILE
    values = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps(values | changes), encoding="utf-8")


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_given_run_is_among_the_users_and_its_folder_stays_as_it_is(
    given: Path, home: Home
) -> None:
    before = contents(given)
    taken = take(given, home)
    assert (taken.info.run, taken.was_there) == (NAME, False)
    assert contents(home.runs / NAME) == before == contents(given)
    assert find_finished(home, NAME) == taken.info
    assert [path.name for path in home.runs.iterdir()] == [NAME]


def test_how_far_the_copying_is_can_be_seen(given: Path, home: Home) -> None:
    told: list[Event] = []
    take(given, home, told.append)
    assert isinstance(told[0], StageStarted)
    assert told[0].stage is Stage.TAKING_IN
    assert told[0].total == sum(len(content) for content in contents(given).values())


def test_only_a_runs_own_files_are_copied(given: Path, home: Home) -> None:
    (given / "photo.jpg").write_bytes(b"private")
    (given / "checkpoint").mkdir()
    (given / "checkpoint" / "state.npz").write_bytes(b"large")
    taken = take(given, home)
    assert contents(taken.info.folder).keys() == contents(resource(DEFAULT_RUN)).keys()


def test_a_model_for_verdicts_alone_is_enough(given: Path, home: Home) -> None:
    (given / KERAS_FILE).unlink()
    assert not (take(given, home).info.folder / KERAS_FILE).exists()


def test_what_the_giver_says_of_it_comes_along(given: Path, home: Home) -> None:
    change_notes(given, title="Grey cats", notes="Why grey?")
    info = take(given, home).info
    assert (info.title, info.notes) == ("Grey cats", "Why grey?")


def test_the_same_model_is_not_kept_twice(given: Path, home: Home) -> None:
    first = take(given, home)
    again = take(given.rename(given.with_name("another name")), home)
    assert again == TakenIn(first.info, was_there=True)
    assert len(list_runs(home)) == 1


def test_the_model_that_ships_is_there_already(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking_in, "default_run", default_run)
    taken = take(Path(shutil.copytree(resource(DEFAULT_RUN), tmp_path / "copy")), home)
    assert (taken.info.run, taken.was_there) == (DEFAULT_RUN, True)
    assert not home.runs.exists()


def test_a_run_whose_copy_here_was_damaged_can_be_taken_in_again(given: Path, home: Home) -> None:
    (take(given, home).info.folder / ONNX_FILE).write_bytes(b"damaged")
    taken = take(given, home)
    assert (taken.info.run, taken.was_there) == (f"{NAME}-2", False)


@pytest.mark.parametrize("name", ["default", "my best model", "..hidden"])
def test_a_folder_of_any_name_gets_one_of_ours(given: Path, home: Home, name: str) -> None:
    change_record(given, config=_config(given, preset="express"))
    taken = take(given.rename(given.with_name(name)), home)
    assert taken.info.run == "20261125-033533_express"


def test_a_preset_that_is_no_plain_word_leads_to_no_other_folder(given: Path, home: Home) -> None:
    change_record(given, config=_config(given, preset="../../outside"))
    taken = take(given.rename(given.with_name("x")), home)
    assert taken.info.folder == home.runs / "20261125-033533_model"


def _config(folder: Path, **changes: Any) -> dict[str, Any]:
    values = json.loads((folder / RECORD_FILE).read_text(encoding="utf-8"))
    return values["config"] | changes


def no_record(folder: Path) -> None:
    (folder / RECORD_FILE).unlink()


def damaged_record(folder: Path) -> None:
    (folder / RECORD_FILE).write_text("{", encoding="utf-8")


def damaged_model(folder: Path) -> None:
    file = folder / ONNX_FILE
    file.write_bytes(file.read_bytes()[:-1] + b"?")


def damaged_keras_model(folder: Path) -> None:
    (folder / KERAS_FILE).write_bytes(b"another")


def unrecorded_model(folder: Path) -> None:
    change_record(folder, files={})


def linked_model(folder: Path) -> None:
    file = folder / ONNX_FILE
    file.symlink_to(file.rename(folder.parent / "elsewhere.onnx"))


def folder_for_a_model(folder: Path) -> None:
    (folder / ONNX_FILE).unlink()
    (folder / ONNX_FILE).mkdir()


def huge_record(folder: Path) -> None:
    with (folder / RECORD_FILE).open("ab") as file:
        file.truncate(2 << 20)


def a_figure_that_is_a_word(folder: Path) -> None:
    change_record(folder, metrics={"validation": {"accuracy": "very good"}})


REFUSED = {
    "There is no model in the folder": no_record,
    "is damaged": damaged_record,
    "newer version": lambda folder: change_record(folder, schema=99),
    "has a form that nobody knows": lambda folder: change_record(folder, schema=0),
    "is not finished": lambda folder: change_record(folder, state="unfinished"),
    "prepared otherwise": lambda folder: change_record(folder, preprocessing="other"),
    "does not tell cats from dogs": lambda folder: change_record(folder, class_names=["a", "b"]),
    "holds what no run has": a_figure_that_is_a_word,
    "model.onnx is not the file": damaged_model,
    "model.keras is not the file": damaged_keras_model,
    "does not say what model.onnx must be": unrecorded_model,
    "model.onnx is missing": lambda folder: (folder / ONNX_FILE).unlink(),
    "familiar.npz is missing": lambda folder: (folder / CENTRES_FILE).unlink(),
    "model.onnx is no file": folder_for_a_model,
    "run.json is larger than any": huge_record,
}


@pytest.mark.parametrize("sentence", REFUSED)
def test_what_cannot_be_used_is_refused_in_a_sentence_and_nothing_is_kept(
    given: Path, home: Home, sentence: str
) -> None:
    REFUSED[sentence](given)
    before = contents(given)
    with pytest.raises(RunError, match=sentence) as refused:
        take(given, home)
    assert refused.value.hint
    assert contents(given) == before
    assert not home.runs.exists() or list(home.runs.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows lets only some users make links")
def test_a_link_to_a_file_elsewhere_is_not_followed(given: Path, home: Home) -> None:
    linked_model(given)
    with pytest.raises(RunError, match="link to a file elsewhere"):
        take(given, home)


def test_an_archive_is_to_be_unpacked_first(home: Home, tmp_path: Path) -> None:
    archive = tmp_path / "run.zip"
    archive.touch()
    with pytest.raises(RunError, match="no folder") as refused:
        take(archive, home)
    assert "Unpack it" in refused.value.hint


def test_a_cancelled_copy_leaves_nothing(given: Path, home: Home) -> None:
    token = CancelToken()
    with pytest.raises(Cancelled):
        take_in_run(given, home, emit=lambda _: token.cancel(), token=token)
    assert list(home.runs.iterdir()) == []


def test_what_a_killed_program_left_is_removed_once_it_is_old(given: Path, home: Home) -> None:
    old, new = home.runs / ".a.incoming", home.runs / ".b.incoming"
    for folder in (old, new):
        folder.mkdir(parents=True)
    os.utime(old, (0, 0))
    take(given, home)
    assert (old.exists(), new.exists()) == (False, True)
    assert [info.run for info in list_runs(home)] == [NAME]
