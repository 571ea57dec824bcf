"""Each command as a script would call it: JSON lines on stdout, sentences on stderr, a status."""

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from tests.training.cli.conftest import Terminal
from training.cli import main
from training.dataset.decode import decode
from training.dataset.sample import draw_picture

NOTEBOOK_ARGUMENTS = (
    "--preset", "notebook", "--epochs", "2", "--steps-per-epoch", "2", "--validation-steps", "1",
    "--batch-size", "8", "--image-size", "40",
)  # fmt: skip


@pytest.fixture
def pets(tmp_path: Path) -> Path:
    """A user's own folder: class folders, a damaged picture and a text file among them."""
    folder = tmp_path / "My pets"
    for label in ("cat", "dog"):
        (folder / f"{label}s").mkdir(parents=True)
        for number in range(20):
            picture = draw_picture(label, number, seed=5, size_px=64)
            picture.save(folder / f"{label}s" / f"{number}.jpg")
    whole = (folder / "cats" / "3.jpg").read_bytes()
    (folder / "cats" / "3.jpg").write_bytes(whole[: len(whole) // 2])
    (folder / "dogs" / "text.jpg").write_text("no picture", encoding="utf-8")
    (folder / "notes.txt").write_text("not mine", encoding="utf-8")
    return folder


def test_the_main_job_from_import_to_verdict(terminal: Terminal, pets: Path) -> None:
    before = {path: path.read_bytes() for path in pets.rglob("*") if path.is_file()}
    status, (imported,) = terminal("data", "import", pets, "--name", "pets")
    assert status == 0
    assert {key: imported[key] for key in ("pictures", "cats", "dogs", "quarantined")} == {
        "pictures": 39, "cats": 19, "dogs": 20, "quarantined": 2,
    }  # fmt: skip
    assert "3.jpg" in terminal.stderr

    status, (split,) = terminal(
        "data", "split", "pets", "--train", ".6", "--validation", ".2", "--seed", "1"
    )
    assert (status, split["leaks"]) == (0, 0)

    status, lines = terminal("train", "--data", "pets", *NOTEBOOK_ARGUMENTS)
    assert status == 0
    assert [line["epoch"] for line in lines[:-1]] == [1, 2]
    assert set(lines[0]) == {
        "epoch", "loss", "accuracy", "val_loss", "val_accuracy", "seconds", "images_per_second",
    }  # fmt: skip
    assert set(lines[-1]) == {"run", "best_epoch", "val_accuracy"}
    run = lines[-1]["run"]

    status, (figures,) = terminal("evaluate", "--run", run, "--data", "pets")
    assert status == 0
    assert figures["pictures"] == split["test"] == sum(map(sum, figures["confusion"]))
    _, (listed,) = terminal("runs")
    assert (listed["run"], listed["state"]) == (run, "finished")
    assert listed["test_accuracy"] == figures["accuracy"]

    status, verdicts = terminal("classify", pets / "dogs", pets / "gone.jpg", "--run", run)
    assert status == 0
    assert len(verdicts) == 22
    unreadable = {Path(row["path"]).name: row for row in verdicts if row["error"]}
    assert set(unreadable) == {"text.jpg", "gone.jpg"}
    assert all(
        row["verdict"] is row["p_dog"] is row["confidence"] is None for row in unreadable.values()
    )
    assert before == {path: path.read_bytes() for path in pets.rglob("*") if path.is_file()}

    status, (figures,) = terminal("evaluate", "--run", run, "--folder", pets)
    assert (status, figures["pictures"]) == (0, 39)

    status, (exported,) = terminal(
        "export", "--run", run, "--format", "h5", "--output", pets.parent / "cats_and_dogs.h5"
    )
    assert status == 0
    assert exported["bytes"] == (pets.parent / "cats_and_dogs.h5").stat().st_size

    status, lines = terminal("train", "--resume", run, "--epochs", "3")
    assert [line.get("epoch") for line in lines] == [3, None]
    assert "Coach: Stopped because all 3 epochs are done" in terminal.stderr

    assert terminal("runs", "delete", run)[0] == 0
    assert terminal("data", "delete", "pets")[0] == 0
    assert before == {path: path.read_bytes() for path in pets.rglob("*") if path.is_file()}
    assert terminal("data", "list") == (0, [])


def test_a_split_is_told_by_the_command_and_by_info(terminal: Terminal, pets: Path) -> None:
    terminal("data", "import", pets, "--name", "pets")
    _, (split,) = terminal("data", "split", "pets")
    assert split["train"] + split["validation"] + split["test"] == 39
    _, (info,) = terminal("data", "info", "pets")
    assert {key: info[key] for key in ("train", "validation", "test")} == {
        key: split[key] for key in ("train", "validation", "test")
    }


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        (("data", "info", "nothing"), 1, "nothing"),
        (("data", "import", "/no/such.zip", "--name", "a"), 1, "such.zip"),
        (("train", "--data", "a", "--preset", "notebook", "--epochs", "0"), 2, "epochs"),
        (("train", "--data", "a", "--preset", "resnet"), 2, "notebook"),
        (("train", "--preset", "notebook"), 2, "--data"),
        (("train", "--data", "a", "--preset", "notebook", "--backbone", "x"), 2, "no backbone"),
        (("train", "--data", "a", "--preset", "express", "--backbone", "x"), 2, "mobilenet-v3"),
        (("train", "--data", "a", "--preset", "express", "--weights", "x.h5"), 2, "x.h5"),
        (("train", "--data", "a", "--preset", "continue", "--start-from", "x"), 1, "no run “x”"),
        (("train", "--resume", "none", "--weights", "x.h5"), 2, "--weights cannot be changed"),
        (("train", "--data", "a", "--preset", "notebook"), 1, "a"),
        (("classify", "x.jpg", "--run", "none"), 1, "none"),
        (("evaluate", "--data", "a", "--run", "none"), 1, "none"),
        (("data", "split", "a", "--train", "2"), 2, "share"),
        (("data", "unknown"), 2, "unknown"),
        (("runs", "delete", "none"), 1, "none"),
    ],
)
def test_a_failure_is_a_sentence_and_a_status(
    terminal: Terminal, words: tuple[str, ...], status: int, sentence: str
) -> None:
    assert terminal(*words) == (status, [])
    assert sentence in terminal.stderr


@pytest.mark.fault(93)
def test_a_batch_larger_than_the_dataset_is_refused_with_its_number(
    terminal: Terminal, pets: Path
) -> None:
    terminal("data", "import", pets, "--name", "pets")
    terminal("data", "split", "pets")
    status, _ = terminal("train", "--data", "pets", "--preset", "notebook", "--batch-size", "500")
    assert status == 1
    assert "500" in terminal.stderr
    assert "Choose a batch size" in terminal.stderr


def test_presets_are_listed_with_their_sentences(terminal: Terminal) -> None:
    status, rows = terminal("presets")
    assert status == 0
    assert [row["preset"] for row in rows][:2] == ["notebook", "notebook-described"]
    assert all(row["sentence"] for row in rows)


def test_people_get_sentences_instead_of_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], pets: Path
) -> None:
    words = ["data", "import", str(pets), "--name", "pets", "--home", str(tmp_path / "home")]
    assert main(words) == 0
    assert "39 pictures imported into “pets”" in capsys.readouterr().out


def test_the_sample_set_arrives_split_and_readable(terminal: Terminal) -> None:
    status, (imported,) = terminal("data", "sample", "--name", "sample")
    assert (status, imported["quarantined"]) == (0, 0)
    _, (info,) = terminal("data", "info", "sample")
    assert info["train"] > info["validation"] > 0
    assert info["test"] > 0
    assert info["leaks"] == 0
    picture = next((terminal.home / "datasets" / "sample" / "pictures").rglob("cat.*"))
    assert isinstance(decode(picture), Image.Image)


def test_the_command_line_never_imports_qt_or_tensorflow_to_say_its_version() -> None:
    code = (
        "import sys; from training.cli import main; status = main(['--version']);"
        "heavy = {'PySide6', 'keras', 'tensorflow', 'onnxruntime', 'sklearn', 'matplotlib'};"
        "print(sorted(heavy & set(sys.modules))); sys.exit(status)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    version, imported = done.stdout.splitlines()
    assert version.startswith("catdog 0.")
    assert imported == "[]"
