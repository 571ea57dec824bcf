"""The same picture gets the same verdict and confidence on every road to the model that ships."""

import json
import zipfile
from pathlib import Path

import keras
import numpy as np
import pytest
from PIL import Image

from catdog_gui.prediction_tab.job import KeptClassifier
from tests.slow_rows import first_quickly
from training.cancellation import CancelToken
from training.cli import main
from training.dataset.decode import load_pixels
from training.dataset.sample import draw_picture
from training.events import Event, Verdict, VerdictReached
from training.inference.classifier import Classifier
from training.inference.familiarity import CENTRES_FILE, Familiarity, read_centres
from training.inference.judge import judge
from training.learning.reasons import with_features
from training.runs.lab_book import default_run
from training.runs.run_folder import KERAS_FILE, read_record

PICTURES = 64
TOLERANCE = 1e-4

Answer = tuple[str | None, float | None, float | None]


@pytest.fixture(scope="module", params=first_quickly(["photographs", "drawn"]))
def pictures(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> list[Path]:
    """Sixty-four pictures: drawn ones and noise; and photographs, where they are at hand."""
    folder = tmp_path_factory.mktemp("pictures")
    if request.param == "drawn":
        _draw_into(folder)
    else:
        shared: Path = request.getfixturevalue("shared_data")
        for name in ("originals.zip", "neither.zip"):
            with zipfile.ZipFile(shared / name) as archive:
                names = sorted(one for one in archive.namelist() if one.endswith(".jpg"))
                for one in names[:: len(names) // (PICTURES // 2)][: PICTURES // 2]:
                    (folder / Path(one).name).write_bytes(archive.read(one))
    found = sorted(folder.iterdir())
    assert len(found) == PICTURES
    return found


def _draw_into(folder: Path) -> None:
    generator = np.random.default_rng(7)
    for number in range(PICTURES):
        image = draw_picture(("cat", "dog")[number % 2], number, seed=11, size_px=160)
        if number % 8 == 7:
            noise = generator.integers(0, 256, (120, 90 + number, 3), dtype=np.uint8)
            image = Image.fromarray(noise)
        image.save(folder / f"{number:02}.png")


@pytest.fixture(scope="module")
def alone(pictures: list[Path]) -> list[Answer]:
    """What the classifier says of each picture by itself."""
    classifier = Classifier.load(default_run().folder)
    return [answer_of(classifier.classify([path])[0]) for path in pictures]


def answer_of(verdict: Verdict) -> Answer:
    return verdict.verdict, verdict.confidence, verdict.p_dog


def require_same(found: list[Answer], expected: list[Answer]) -> None:
    assert [verdict for verdict, *_ in found] == [verdict for verdict, *_ in expected]
    numbers = [[confidence, p_dog] for _, confidence, p_dog in found]
    assert np.allclose(numbers, [[one, two] for _, one, two in expected], atol=TOLERANCE, rtol=0)


def test_the_pictures_of_these_tests_get_different_answers(alone: list[Answer]) -> None:
    assert np.std([p_dog for *_, p_dog in alone]) > 0.1


def test_alone_and_in_a_batch_of_sixty_four(pictures: list[Path], alone: list[Answer]) -> None:
    together = Classifier.load(default_run().folder).classify(pictures)
    require_same([answer_of(verdict) for verdict in together], alone)


def test_in_the_window(pictures: list[Path], alone: list[Answer]) -> None:
    told: list[Event] = []
    KeptClassifier()(pictures, default_run().folder, emit=told.append, token=CancelToken())
    shown = [event.verdict for event in told if isinstance(event, VerdictReached)]
    require_same([answer_of(verdict) for verdict in shown], alone)


def test_on_the_command_line(
    pictures: list[Path],
    alone: list[Answer],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = ["classify", *map(str, pictures), "--home", str(tmp_path), "--json"]
    assert main(words) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    require_same([(line["verdict"], line["confidence"], line["p_dog"]) for line in lines], alone)


def test_from_keras(pictures: list[Path], alone: list[Answer]) -> None:
    folder = default_run().folder
    network = with_features(keras.models.load_model(folder / KERAS_FILE, compile=False))
    side = network.input_shape[1]
    pixels = np.stack([load_pixels(path, side) for path in pictures])
    p_dog, features = (np.asarray(part) for part in network.predict_on_batch(pixels))
    judgement = read_record(folder).judgement
    assert judgement is not None
    assert judgement.neither is not None
    familiarity = Familiarity(read_centres(folder / CENTRES_FILE), judgement.neither)
    p_neither = familiarity.p_neither(features, p_dog[:, 0])
    answers = zip(p_dog[:, 0].tolist(), p_neither.tolist(), strict=True)
    judged = [(*judge(chance, strange), chance) for chance, strange in answers]
    require_same(judged, alone)
