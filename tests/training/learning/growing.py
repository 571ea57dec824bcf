"""The preset from scratch in small: a tiny network, and a phase for each of its first epochs."""

import dataclasses

import keras
import pytest

from training.config import TrainingConfig
from training.learning import models
from training.learning.methods import Augmentation, Method, Phase
from training.learning.presets import PRESETS, training_config
from training.method_settings import COSINE

GROWING = Method(
    optimizer="adamw",
    schedule=COSINE,
    warm_up=2,
    weight_decay=0.05,
    label_smoothing=0.1,
    augmentation=Augmentation(least_area=0.5, stretch=1.3, colour=0.2),
    phases=(Phase(1, size=0.5), Phase(1, size=0.75, rate=2), Phase()),
)
ONE_PHASE = Method("adamw", schedule=COSINE, warm_up=2, augmentation=Augmentation(colour=0.2))


def build_tiny(image_size: int) -> keras.Model:
    """What the network from scratch has, in small: it is traced in a moment."""
    pictures = keras.Input((image_size, image_size, 3), dtype="uint8")
    maps = keras.layers.Rescaling(1 / 127.5, offset=-1)(pictures)
    maps = keras.layers.Conv2D(4, 3, strides=4)(maps)
    maps = keras.layers.ReLU()(keras.layers.BatchNormalization()(maps))
    features = keras.layers.Dropout(0.2)(keras.layers.GlobalAveragePooling2D()(maps))
    return keras.Model(pictures, keras.layers.Dense(1, "sigmoid", name="p_dog")(features))


def shrink(monkeypatch: pytest.MonkeyPatch, method: Method) -> None:
    """Give the preset from scratch the tiny network, and a method."""
    row = dataclasses.replace(PRESETS["scratch"], method=method)
    monkeypatch.setitem(PRESETS, "scratch", row)  # type: ignore[misc]
    monkeypatch.setitem(models._ARCHITECTURES, "scratch", build_tiny)  # type: ignore[misc]


def settings(**changes: object) -> TrainingConfig:
    """A training of a second or two, reproducible."""
    values: dict[str, object] = {
        "epochs": 4,
        "steps_per_epoch": 3,
        "validation_steps": 2,
        "batch_size": 8,
        "image_size": 64,
        "deterministic": True,
    }
    return training_config("scratch", "sample", **(values | changes))
