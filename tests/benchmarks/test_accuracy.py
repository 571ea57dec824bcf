"""The report of a preset, on the drawn sample set."""

import dataclasses
import json
import shutil
from itertools import pairwise
from pathlib import Path

import pytest

from benchmarks.accuracy import Request, report
from tests.training.learning.watching import small
from training.cancellation import CancelToken
from training.dataset.catalog import Split
from training.dataset.library import open_dataset
from training.errors import RunError
from training.home import Home
from training.learning.trainer import train
from training.runs.history import read_history
from training.runs.lab_book import list_runs


def written(results: Path) -> dict[str, object]:
    return json.loads((results / "accuracy-notebook.json").read_text(encoding="utf-8"))


@pytest.mark.slow
def test_a_preset_is_trained_measured_and_written_down_and_its_test_split_is_looked_at_once(
    sample_home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = report(Request(small()), sample_home, results=tmp_path)
    assert written(tmp_path) == json.loads(json.dumps(found))
    (run,) = list_runs(sample_home)
    epochs = read_history(run.folder)
    curve = found["curve"]
    assert [point["val_accuracy"] for point in curve] == [each.val_accuracy for each in epochs]
    assert all(one["seconds"] < other["seconds"] for one, other in pairwise(curve))
    assert curve[0]["seconds"] > epochs[0].seconds  # what came before the first epoch counts
    assert found["seconds"] >= curve[-1]["seconds"]
    validation = found["validation"]
    assert validation["low"] < validation["accuracy"] < validation["high"]
    assert found["test"] is None
    row = capsys.readouterr().out.splitlines()[-2]
    assert row.startswith("| `notebook` | ")
    assert f"{found['parameters']:,} | 40 x 40 | " in row
    assert row.count("|") == 12

    again = report(Request(small(), run=run.run, test=True), sample_home, results=tmp_path)
    assert again["curve"] == curve
    assert again["clock"] == "wall"
    assert again["test"]["low"] < again["test"]["accuracy"] < again["test"]["high"]
    assert again["test"]["pictures"] > 0
    with open_dataset(sample_home, "sample") as catalog:
        for picture in catalog.pictures(split=Split.TEST):
            picture.path.unlink()
    third = report(Request(small(), run=run.run, test=True), sample_home, results=tmp_path)
    assert third["test"] == again["test"]
    assert len(list_runs(sample_home)) == 1


@pytest.mark.slow
def test_a_run_that_was_made_elsewhere_is_reported_by_its_folder(
    sample_home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = train(small(), sample_home, emit=lambda _: None, token=CancelToken())
    folder = shutil.move(made.folder, tmp_path / "elsewhere")
    found = report(Request(small(), run=str(folder)), sample_home, results=tmp_path)
    epochs = read_history(Path(folder))
    assert found["clock"] == "epochs"
    assert found["seconds"] is None
    assert found["curve"][-1]["seconds"] == pytest.approx(
        sum(each.seconds for each in epochs), abs=0.01
    )
    assert "(epochs alone)" in capsys.readouterr().out

    other = dataclasses.replace(small(), preset="notebook-described")
    with pytest.raises(RunError, match="is of the preset “notebook”"):
        report(Request(other, run=str(folder)), sample_home, results=tmp_path)
    with open_dataset(sample_home, "sample") as catalog:
        moved = catalog.pictures(split=Split.TEST)[0]
        catalog.assign_splits({moved.id: Split.TRAIN})
    with pytest.raises(RunError, match="did not learn from “sample” as it is split here"):
        report(Request(small(), run=str(folder)), sample_home, results=tmp_path)
