"""A run's folder is read as it was written, and what is no run is a sentence."""

import errno
import json
from pathlib import Path

import pytest

from training import atomic
from training.errors import RunError
from training.events import EpochEnded
from training.home import Home
from training.learning.presets import training_config
from training.resources import resource
from training.runs import lab_book
from training.runs.history import read_history, write_history
from training.runs.lab_book import find_finished, list_all_runs, list_runs, open_run
from training.runs.notes import change_notes
from training.runs.run_folder import (
    DAMAGED,
    DEFAULT_RUN,
    FINISHED,
    ONNX_FILE,
    RECORD_FILE,
    RunRecord,
    create_run,
    read_record,
    record_metrics,
)
from training.runs.trash import delete_run


def record(created: str = "2026-01-01T10:00:00+00:00", **changes: object) -> RunRecord:
    values: dict[str, object] = {
        "config": training_config("notebook", "kaggle"),
        "created": created,
        "fingerprint": "f" * 64,
        "class_names": ("cat", "dog"),
        "preprocessing": "p",
        "versions": {"keras": "3"},
    }
    return RunRecord(**(values | changes))


def epoch(number: int) -> EpochEnded:
    return EpochEnded(number, 0.7, 0.5, 0.6, 0.6, 12.5, 193.25)


def test_a_record_survives_the_disk(home: Home) -> None:
    written = record(metrics={"validation": {"accuracy": 0.8}}, best_epoch=3)
    assert read_record(create_run(home, written)) == written


def test_two_runs_of_the_same_second_have_folders_of_their_own(home: Home) -> None:
    assert create_run(home, record()) != create_run(home, record())


def test_a_history_survives_the_disk(home: Home) -> None:
    folder = create_run(home, record())
    write_history(folder, [epoch(0), epoch(1)])
    assert read_history(folder) == (epoch(0), epoch(1))


def test_runs_are_listed_newest_first_and_damaged_ones_left_out(home: Home) -> None:
    old = create_run(home, record("2026-01-01T10:00:00+00:00"))
    new = create_run(home, record("2026-02-01T10:00:00+00:00"))
    broken = create_run(home, record())
    (broken / RECORD_FILE).write_text("{", encoding="utf-8")
    (home.runs / "no run").mkdir()
    assert [info.run for info in list_runs(home)] == [new.name, old.name]


@pytest.mark.parametrize(
    "damage",
    [
        {"created": 7},
        {"metrics": []},
        {"metrics": {"validation": {"accuracy": "high"}}},
        {"fingerprint": None},
        {"config": {}},
        {"epochs_done": "many"},
    ],
)
def test_a_run_with_a_damaged_record_comes_last_with_its_sentence(
    home: Home, damage: dict[str, object]
) -> None:
    sound, broken = create_run(home, record()), create_run(home, record("2027-01-01T10:00:00"))
    file = broken / RECORD_FILE
    file.write_text(json.dumps(json.loads(file.read_text(encoding="utf-8")) | damage))
    change_notes(broken, title="Mine")
    (home.runs / "no run").mkdir()
    first, last = list_all_runs(home)
    assert (first.run, first.problem) == (sound.name, "")
    assert (last.run, last.state, last.preset, last.title) == (
        broken.name,
        DAMAGED,
        broken.name.partition("_")[2],
        "Mine",
    )
    assert last.problem == (
        f"The record of the run {broken.name} is damaged. Choose another run, or delete it."
    )
    assert list_runs(home) == [first]


def test_a_record_of_a_newer_version_says_so(home: Home) -> None:
    folder = create_run(home, record())
    values = json.loads((folder / RECORD_FILE).read_text(encoding="utf-8"))
    (folder / RECORD_FILE).write_text(json.dumps(values | {"schema": 99}), encoding="utf-8")
    with pytest.raises(RunError, match="newer version"):
        read_record(folder)


def test_an_unknown_run_names_those_there_are(home: Home) -> None:
    folder = create_run(home, record())
    with pytest.raises(RunError, match=folder.name):
        open_run(home, "nothing")


def finished_run(home: Home) -> Path:
    folder = create_run(home, record(state=FINISHED))
    (folder / ONNX_FILE).touch()
    return folder


def test_without_a_name_the_run_that_ships_is_found(home: Home) -> None:
    own = finished_run(home)
    ships = find_finished(home, None)
    assert (ships.run, ships.folder) == (DEFAULT_RUN, resource(DEFAULT_RUN))
    assert find_finished(home, DEFAULT_RUN) == ships
    assert find_finished(home, own.name).run == own.name
    assert [info.run for info in list_runs(home)] == [own.name]


def test_a_run_that_is_not_finished_has_no_model_yet(home: Home) -> None:
    unfinished = create_run(home, record())
    with pytest.raises(RunError, match="not finished"):
        find_finished(home, unfinished.name)


def test_an_installation_without_the_run_that_ships_says_so(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lab_book, "resource", lambda name: tmp_path / name)
    with pytest.raises(RunError, match="not there"):
        find_finished(home, None)


def test_the_run_that_ships_is_neither_changed_nor_deleted(home: Home) -> None:
    before = (resource(DEFAULT_RUN) / RECORD_FILE).read_bytes()
    record_metrics(resource(DEFAULT_RUN), "test", {"accuracy": 0.5})
    with pytest.raises(RunError, match="stays as it is"):
        delete_run(home, DEFAULT_RUN)
    assert (resource(DEFAULT_RUN) / RECORD_FILE).read_bytes() == before


def test_figures_of_one_split_leave_those_of_another(home: Home) -> None:
    folder = create_run(home, record(metrics={"validation": {"accuracy": 0.8}}))
    record_metrics(folder, "test", {"accuracy": 0.7})
    assert read_record(folder).metrics["validation"]["accuracy"] == 0.8
    assert open_run(home, folder.name).test_accuracy == 0.7


def test_only_a_folder_under_runs_is_ever_deleted(home: Home, tmp_path: Path) -> None:
    folder = create_run(home, record())
    elsewhere = folder.rename(tmp_path / "mine")
    with pytest.raises(RunError, match="outside"):
        delete_run(home, str(elsewhere))
    assert (elsewhere / RECORD_FILE).is_file()


def test_a_run_that_the_disk_has_no_place_for_leaves_no_folder(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_space(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(atomic, "write_text", no_space)
    with pytest.raises(OSError, match="No space"):
        create_run(home, record())
    assert list(home.runs.iterdir()) == []


def test_a_finished_run_whose_model_is_gone_cannot_be_used(home: Home) -> None:
    folder = create_run(home, record(state=FINISHED))
    with pytest.raises(RunError, match="no model"):
        find_finished(home, folder.name)
