"""How a model is to be used, guessed by its layers, or by pictures whose labels are known."""

import io
from dataclasses import replace
from pathlib import Path

import keras
import numpy as np
import pytest
from keras import layers
from PIL import Image

from training.cancellation import CancelToken
from training.config import ImportConfig, SplitConfig
from training.dataset.importing import import_pictures
from training.dataset.split import split_dataset
from training.home import Home
from training.learning.foreign.checking import Checked
from training.learning.foreign.facts import Answer, ForeignModel
from training.learning.foreign.guessing import guess_by_layers, guess_by_pictures
from training.learning.foreign.kinds import Kind
from training.learning.foreign.loading import Source, facts_of
from training.learning.foreign.trial import Tried

MODEL = ForeignModel("m", "0", "keras", "3", 32, 32, 3, Answer.SIGMOID, 1, 1, False)


@pytest.mark.parametrize(
    ("changes", "scaling"),
    [
        ({}, "0-1"),
        ({"scales_itself": True, "built_on": ("vgg16",)}, "0-255"),
        ({"built_on": ("mobilenetv2_1.00_224",)}, "signed"),
        ({"built_on": ("resnet50",)}, "caffe"),
        ({"built_on": ("resnet50v2",)}, "signed"),
        ({"built_on": ("densenet121",)}, "torch"),
        ({"built_on": ("vgg16",), "channels": 1}, "0-1"),
    ],
)
def test_layers_tell_the_scaling(changes: dict[str, object], scaling: str) -> None:
    guess = guess_by_layers(replace(MODEL, **changes))
    assert guess.scaling == scaling
    assert guess.why
    assert guess.classes == ()


def grey_png(level: int) -> bytes:
    content = io.BytesIO()
    noise = np.random.default_rng(level).integers(-8, 8, (40, 40, 3)) + level
    Image.fromarray(noise.astype(np.uint8)).save(content, "PNG")
    return content.getvalue()


@pytest.fixture
def labelled(home: Home, tmp_path: Path) -> Home:
    """Dark cats and bright dogs; of each six the other way round, so that being sure costs."""
    for number in range(30):
        levels = (60, 190) if number % 5 else (190, 60)
        for label, level in zip(("cat", "dog"), levels, strict=True):
            file = tmp_path / "pictures" / label / f"{number}.png"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(grey_png(level + number // 2 * 2 + (label == "dog")))
    told = {"emit": lambda _: None, "token": CancelToken()}
    import_pictures(ImportConfig(tmp_path / "pictures", "tones"), home, **told)
    split_dataset("tones", SplitConfig(train=0.2, validation=0.8), home, **told)
    return home


def tried(tmp_path: Path, slope: float, bias: float = 0.0) -> Tried:
    """It tells bright from dark where the pixels have their zero in the middle."""
    network = keras.Sequential(
        [
            keras.Input((32, 32, 3)),
            layers.GlobalAveragePooling2D(),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    network.layers[-1].set_weights([np.full((3, 1), slope), np.full(1, bias)])
    file = tmp_path / "network.keras"
    network.save(file)
    return Tried(facts_of(network, Source("m", "0"), Checked(file, Kind.KERAS, "3")), file)


@pytest.mark.fault(25)
@pytest.mark.parametrize(("slope", "classes"), [(1.0, ("cat", "dog")), (-1.0, ("dog", "cat"))])
def test_labelled_pictures_tell_the_scaling_and_the_order(
    labelled: Home, tmp_path: Path, slope: float, classes: tuple[str, ...]
) -> None:
    guess = guess_by_pictures(
        tried(tmp_path, slope), labelled, "tones", emit=lambda _: None, token=CancelToken()
    )
    assert (guess.scaling, guess.classes, guess.pictures) == ("signed", classes, 48)
    assert 0.7 < guess.accuracy < 1
    assert f"{guess.accuracy:.0%} of 48 pictures of “tones”" in guess.why


def test_of_scalings_that_are_as_accurate_the_one_that_is_surest_where_it_is_right(
    labelled: Home, tmp_path: Path
) -> None:
    network = tried(tmp_path, 0.5, -0.6)  # tells bright from dark in all but one scaling
    guess = guess_by_pictures(network, labelled, "tones", emit=lambda _: None, token=CancelToken())
    assert guess.scaling == "torch"


def test_pictures_that_tell_nothing_leave_the_guess_to_the_layers(
    labelled: Home, tmp_path: Path
) -> None:
    blind = tried(tmp_path, 0.0)
    guess = guess_by_pictures(blind, labelled, "tones", emit=lambda _: None, token=CancelToken())
    assert guess == guess_by_layers(blind.model)
