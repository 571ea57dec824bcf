"""A run as one file: written whole, opened elsewhere, and never trusted."""

import zipfile
from pathlib import Path

import pytest

from training.cancellation import Cancelled, CancelToken
from training.config import TrainingConfig
from training.errors import ConfigError, RunError
from training.home import Home
from training.inference.classifier import Classifier
from training.learning.presets import training_config
from training.runs import taking_in
from training.runs.lab_book import default_run, list_runs
from training.runs.run_folder import ONNX_FILE, RECORD_FILE, RunRecord, create_run
from training.runs.sharing import share_run, take_in_shared


@pytest.fixture(autouse=True)
def nothing_ships(monkeypatch: pytest.MonkeyPatch) -> None:
    """The run that is shared here is the one that ships."""

    def missing() -> None:
        raise RunError("It is not there.", "Install the program again.")

    monkeypatch.setattr(taking_in, "default_run", missing)


def share(output: Path, token: CancelToken | None = None) -> Path:
    folder = default_run().folder
    return share_run(folder, output, emit=lambda _: None, token=token or CancelToken())


def take(file: Path, home: Home) -> str:
    return take_in_shared(file, home, emit=lambda _: None, token=CancelToken()).info.run


def test_a_shared_run_gives_the_same_verdicts_elsewhere(home: Home, tmp_path: Path) -> None:
    file = share(tmp_path / "pets.catdog")
    run = take(file, home)
    assert [info.run for info in list_runs(home)] == [run]
    there, here = (Classifier.load(folder) for folder in (default_run().folder, home.runs / run))
    picture = (tmp_path / "a.png", tmp_path / "b.png")
    from training.dataset.sample import draw_picture

    for number, path in enumerate(picture):
        draw_picture("dog", number, seed=3).save(path)
    assert [v.p_dog for v in there.classify(picture)] == [v.p_dog for v in here.classify(picture)]
    assert list(home.cache.iterdir()) == []


def test_a_folder_is_still_taken_as_it_is(home: Home) -> None:
    assert take(default_run().folder, home)


def test_what_else_a_file_holds_is_not_unpacked(home: Home, tmp_path: Path) -> None:
    file = share(tmp_path / "pets.catdog")
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("default/evil.py", "print()")
        archive.writestr("../outside.txt", "x")
    run = take(file, home)
    assert not (home.runs / run / "evil.py").exists()
    assert not (home.cache / "outside.txt").exists()


@pytest.mark.fault(20)
def test_a_model_with_one_flipped_byte_is_refused(home: Home, tmp_path: Path) -> None:
    file, other = share(tmp_path / "pets.catdog"), tmp_path / "other.catdog"
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(other, "w") as target:
        for name in source.namelist():
            content = bytearray(source.read(name))
            if name.endswith(ONNX_FILE):
                content[len(content) // 2] ^= 1
            target.writestr(name, bytes(content))
    with pytest.raises(RunError, match="not the file that was saved"):
        take(other, home)
    assert list_runs(home) == []


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "empty"), (b"not a zip", "not a zip"), (b"PK\x03\x04cut", "holds no model")],
)
def test_a_file_that_is_none_gets_a_sentence(
    content: bytes, words: str, home: Home, tmp_path: Path
) -> None:
    file = tmp_path / "pets.catdog"
    file.write_bytes(content)
    with pytest.raises(RunError, match=words):
        take(file, home)


def test_a_zip_without_a_run_is_no_model(home: Home, tmp_path: Path) -> None:
    file = tmp_path / "pets.catdog"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a/model.onnx", b"x")
    with pytest.raises(RunError, match="no model"):
        take(file, home)


def test_a_bomb_is_refused_before_it_is_unpacked(home: Home, tmp_path: Path) -> None:
    file = tmp_path / "pets.catdog"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"a/{RECORD_FILE}", b" " * 50_000_000)
    with pytest.raises(RunError, match="swells"):
        take(file, home)


def test_an_unfinished_run_or_another_suffix_is_refused_and_a_cancel_leaves_nothing(
    home: Home, tmp_path: Path
) -> None:
    config: TrainingConfig = training_config("notebook", "pets")
    record = RunRecord(config, "2026-01-01T10:00:00+00:00", "f", ("cat", "dog"), "p", {})
    unfinished, output = create_run(home, record), tmp_path / "a.catdog"
    with pytest.raises(RunError, match="not finished"):
        share_run(unfinished, output, emit=lambda _: None, token=CancelToken())
    with pytest.raises(ConfigError):
        share(tmp_path / "a.zip")
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        share(output, token)
    assert list(tmp_path.glob("*a*.catdog*")) == []
