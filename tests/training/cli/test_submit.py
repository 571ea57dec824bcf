"""`catdog submit`: numbered pictures become the file that Kaggle takes."""

import csv
import io
import math
from pathlib import Path

import pytest

from tests.training.cli.conftest import Terminal
from tests.training.dataset.kaggle_server import TOKEN, Kaggle
from tests.training.dataset.making import jpeg, write_folder, write_zip, zipped
from tests.training.inference.red_or_blue import make_dataset, make_run
from training.dataset.kaggle import submitting
from training.dataset.kaggle.places import COMPETITIONS
from training.dataset.kaggle.submitting import ScorePatience
from training.dataset.sample import draw_picture
from training.home import Home

NUMBERS = (2, 10, 1, 33)


def png(label: str, seed: int) -> bytes:
    buffer = io.BytesIO()
    draw_picture(label, seed, seed=1).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.fixture(scope="module")
def test_set() -> dict[str, bytes]:
    return {f"{number}.png": png("dog", number) for number in NUMBERS}


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="ascii", newline="") as file:
        return list(csv.reader(file))


def test_a_folder_becomes_rows_in_the_order_of_numbers(
    terminal: Terminal, tmp_path: Path, test_set: dict[str, bytes]
) -> None:
    pictures = write_folder(tmp_path / "test", test_set)
    output = tmp_path / "submission.csv"
    status, said = terminal("submit", "--pictures", pictures, "--output", output)
    assert (status, said[-1]["rows"], said[-1]["path"]) == (0, len(NUMBERS), str(output))
    header, *body = rows(output)
    assert header == ["id", "label"]
    assert [int(number) for number, _ in body] == sorted(NUMBERS)
    _, verdicts = terminal("classify", pictures)
    by_name = {Path(each["path"]).stem: each["p_dog"] for each in verdicts}
    for number, p_dog in body:
        assert float(p_dog) == pytest.approx(by_name[number], abs=1e-6)


def test_no_probability_lies_beyond_the_clip(
    terminal: Terminal, tmp_path: Path, test_set: dict[str, bytes]
) -> None:
    pictures, output = write_folder(tmp_path / "test", test_set), tmp_path / "s.csv"
    clipped = terminal("submit", "--pictures", pictures, "--output", output, "--clip", 0.4)
    assert clipped[0] == 0
    shares = [float(p_dog) for _, p_dog in rows(output)[1:]]
    assert min(shares) >= 0.4
    assert max(shares) <= 0.6
    for clip in (-0.1, 0.5, "nan"):
        assert terminal("submit", "--pictures", pictures, "--clip", clip)[0] == 2


def test_kaggles_archive_gives_its_test_pictures_and_leaves_the_labelled_ones(
    terminal: Terminal, tmp_path: Path, test_set: dict[str, bytes]
) -> None:
    inner = zipped({f"test1/{name}": content for name, content in test_set.items()})
    labelled = zipped({"train/cat.1.jpg": jpeg(), "train/dog.1.jpg": jpeg()})
    whole = {"sampleSubmission.csv": b"id,label\n", "test1.zip": inner, "train.zip": labelled}
    archive, output = write_zip(tmp_path / "dogs-vs-cats.zip", whole), tmp_path / "nested.csv"
    assert terminal("submit", "--pictures", archive, "--output", output)[0] == 0
    alone, flat = write_folder(tmp_path / "test", test_set), tmp_path / "flat.csv"
    assert terminal("submit", "--pictures", alone, "--output", flat)[0] == 0
    assert rows(output) == rows(flat)
    assert not list((terminal.home / "cache").iterdir())


def test_pictures_that_only_have_names_with_classes_are_taken_where_there_are_no_others(
    terminal: Terminal, tmp_path: Path
) -> None:
    pictures = write_folder(
        tmp_path / "a", {"cat.3.png": png("cat", 1), "dog.4.png": png("dog", 1)}
    )
    output = tmp_path / "s.csv"
    assert terminal("submit", "--pictures", pictures, "--output", output)[0] == 0
    assert [row[0] for row in rows(output)] == ["id", "3", "4"]


def test_a_picture_that_cannot_be_read_keeps_its_row_and_is_counted(
    terminal: Terminal, tmp_path: Path, test_set: dict[str, bytes]
) -> None:
    pictures = write_folder(tmp_path / "test", {**test_set, "5.jpg": b"", "7.jpg": jpeg()[:200]})
    output = tmp_path / "s.csv"
    status, said = terminal("submit", "--pictures", pictures, "--output", output)
    assert (status, said[-1]["unreadable"]) == (0, 2)
    assert dict(rows(output))["5"] == dict(rows(output))["7"] == "0.5"
    assert "2 pictures cannot be read" in terminal.stderr


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"cat.0.jpg": b"1", "dog.0.jpg": b"2"}, "have the same number"),
        ({"one.jpg": b"1", "notes.txt": b"2"}, "no numbered pictures"),
        ({}, "no numbered pictures"),
    ],
)
def test_what_is_no_test_set_gets_a_sentence_and_writes_nothing(
    terminal: Terminal, tmp_path: Path, files: dict[str, bytes], words: str
) -> None:
    pictures = write_folder(tmp_path / "test", files)
    pictures.mkdir(exist_ok=True)
    kept = tmp_path / "s.csv"
    kept.write_text("mine")
    assert terminal("submit", "--pictures", pictures, "--output", kept)[0] == 1
    assert words in terminal.stderr
    assert kept.read_text() == "mine"


def test_a_place_that_is_not_there_is_said_before_anything_is_computed(
    terminal: Terminal, tmp_path: Path, test_set: dict[str, bytes]
) -> None:
    pictures = write_folder(tmp_path / "test", test_set)
    away = tmp_path / "away"
    assert terminal("submit", "--pictures", away, "--output", tmp_path / "s.csv")[0] == 1
    assert "There is no" in terminal.stderr
    assert terminal("submit", "--pictures", pictures, "--output", away / "s.csv")[0] == 1
    assert "There is no folder" in terminal.stderr


@pytest.fixture
def quick_kaggle(kaggle: Kaggle, monkeypatch: pytest.MonkeyPatch) -> Kaggle:
    """Kaggle for a user whose token stands in the environment, and who asks often."""
    monkeypatch.setenv("KAGGLE_API_TOKEN", TOKEN)
    patience = ScorePatience(5, 5, 0.01, 0.02, score_s=0.2)
    defaults = submitting.send_submission.__kwdefaults__
    assert defaults is not None
    monkeypatch.setitem(defaults, "patience", patience)
    return kaggle


def test_the_file_is_sent_and_the_score_is_told(
    terminal: Terminal, tmp_path: Path, test_set: dict[str, bytes], quick_kaggle: Kaggle
) -> None:
    pictures, output = write_folder(tmp_path / "test", test_set), tmp_path / "submission.csv"
    redux = COMPETITIONS[1].key
    words = ("submit", "--pictures", pictures, "--output", output, "--upload")
    status, said = terminal(*words, "--competition", redux, "--message", "a try")
    assert (status, said[0]["rows"]) == (0, len(NUMBERS))
    assert {key: said[1][key] for key in ("competition", "status", "public_score")} == {
        "competition": redux, "status": "scored", "public_score": "0.04140"
    }  # fmt: skip
    ((content, _),) = quick_kaggle.uploads.values()
    assert content == output.read_bytes()
    assert quick_kaggle.submissions[0]["description"] == "a try"
    quick_kaggle.pending_for = 10_000
    status, said = terminal(*words)
    assert (status, said[1]["status"], said[1]["competition"]) == (0, "pending", "dogs-vs-cats")


def test_a_refusal_leaves_the_file_and_is_told(
    terminal: Terminal, tmp_path: Path, test_set: dict[str, bytes], quick_kaggle: Kaggle
) -> None:
    pictures, output = write_folder(tmp_path / "test", test_set), tmp_path / "submission.csv"
    quick_kaggle.refuse_call("CreateSubmission", 403, f"not {TOKEN}")
    status, said = terminal("submit", "--pictures", pictures, "--output", output, "--upload")
    assert (status, len(said)) == (1, 1)
    assert "accepted the rules" in terminal.stderr
    assert TOKEN not in terminal.stderr
    assert len(rows(output)) == len(NUMBERS) + 1


@pytest.mark.parametrize(
    "words", [("--upload", "--competition", "titanic"), ("--message", "a try")]
)
def test_what_cannot_be_sent_is_said_before_anything_is_computed(
    terminal: Terminal, tmp_path: Path, test_set: dict[str, bytes], words: tuple[str, ...]
) -> None:
    pictures, output = write_folder(tmp_path / "test", test_set), tmp_path / "submission.csv"
    assert terminal("submit", "--pictures", pictures, "--output", output, *words)[0] == 2
    assert not output.exists()


def test_the_log_loss_with_the_clip_is_told(terminal: Terminal, tmp_path: Path) -> None:
    home = Home(terminal.home)
    make_dataset(home, tmp_path / "tones")
    run = make_run(home, "tones").name
    pictures = write_folder(tmp_path / "test", {"1.png": png("cat", 1)})
    words = ("submit", "--run", run, "--pictures", pictures, "--output", tmp_path / "s.csv")
    status, (told, _) = terminal(*words, "--clip", 0.01, "--measure")
    assert status == 0
    assert told["best_log_loss"] <= told["log_loss"] < told["log_loss_without"]
    assert told["pictures"] == 16
    _, (far, _) = terminal(*words, "--clip", 0.4, "--measure")
    mistake = told["pictures"] * math.log(1 / 0.6) - math.log(1 / 0.6) + math.log(1 / 0.4)
    assert far["log_loss"] == pytest.approx(mistake / told["pictures"], rel=1e-6)
    assert "log_loss" not in terminal(*words)[1][0]


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    """A submission of another day, under a name of its own."""
    file = tmp_path / "last week.csv"
    body = "".join(f"{number},0.25\n" for number in range(1, COMPETITIONS[0].test_pictures + 1))
    file.write_text(f"id,label\n{body}", encoding="ascii")
    return file


def test_a_file_of_another_day_is_checked_and_sent_as_it_is(
    terminal: Terminal, earlier: Path, quick_kaggle: Kaggle
) -> None:
    before = earlier.read_bytes()
    status, said = terminal("submit", "--file", earlier)
    assert (status, len(said), said[0]["rows"]) == (0, 1, 12_500)
    assert not quick_kaggle.submissions
    status, said = terminal("submit", "--file", earlier, "--upload")
    assert (status, said[1]["status"]) == (0, "scored")
    ((content, _),) = quick_kaggle.uploads.values()
    assert content == earlier.read_bytes() == before


def test_a_file_with_a_fault_is_not_sent(
    terminal: Terminal, earlier: Path, quick_kaggle: Kaggle
) -> None:
    earlier.write_text(earlier.read_text().replace("\n7,0.25", "\n7,25"))
    assert terminal("submit", "--file", earlier, "--upload") == (1, [])
    assert "Line 8 of last week.csv says “25”" in terminal.stderr
    assert terminal("submit", "--file", earlier.with_name("none.csv"), "--upload")[0] == 1
    assert not quick_kaggle.calls


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--file", "s.csv", "--clip", "0.1"),
        ("--file", "s.csv", "--output", "t.csv"),
        ("--file", "s.csv", "--pictures", "test1.zip"),
    ],
)
def test_either_pictures_or_a_file_is_needed_and_not_both(
    terminal: Terminal, words: tuple[str, ...]
) -> None:
    assert terminal("submit", *words)[0] == 2
    assert "--pictures" in terminal.stderr
