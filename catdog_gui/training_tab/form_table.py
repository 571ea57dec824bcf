"""The settings of a run as the form shows them: a row for each field of `TrainingConfig`."""

from collections.abc import Mapping

from catdog_gui.training_tab.form_row import Group, Kind, Row
from training.config import DEVICES
from training.learning.backbones import BACKBONES
from training.method_settings import (
    AUTO_PRECISION,
    CHOICES,
    CONSTANT,
    COSINE,
    FLOAT32,
    MIXED,
    PLATEAU,
)

_WORDS: Mapping[str, str] = {
    "rmsprop": "RMSprop",
    "adam": "Adam",
    "adamw": "AdamW",
    "sgd": "SGD with momentum",
    CONSTANT: "Constant",
    COSINE: "Cosine",
    PLATEAU: "Lower on a plateau",
    AUTO_PRECISION: "Automatic",
    FLOAT32: "32 bits",
    MIXED: "16 and 32 bits",
}
_DEVICE_WORDS: Mapping[str, str] = {"auto": "Automatic", "cpu": "CPU", "gpu": "GPU"}


def _named(setting: str) -> Mapping[str, str]:
    return {name: _WORDS[name] for name in CHOICES[setting][1]}


_TABLE = (
    Row("epochs", Group.SETTINGS, "Epochs", "How often the network goes through its steps"),
    Row(
        "batch_size",
        Group.SETTINGS,
        "Batch size",
        "Pictures that are learned from at once; automatic is the preset's, or all that there are",
        least="Automatic",
    ),
    Row(
        "image_size",
        Group.SETTINGS,
        "Image size",
        "Side of the square that pictures are scaled to, in pixels",
        unit=" px",
        step=8,
    ),
    Row(
        "learning_rate",
        Group.SETTINGS,
        "Learning rate",
        "How far each step moves the weights",
        Kind.SMALL,
    ),
    Row(
        "seed",
        Group.SETTINGS,
        "Seed",
        "The same seed gives the same first weights and the same order",
    ),
    Row(
        "backbone",
        Group.SETTINGS,
        "Backbone",
        "The network trained on ImageNet that this one stands on",
        Kind.CHOICE,
        choices={row.key: row.title for row in BACKBONES.values()},
    ),
    Row(
        "weights_file",
        Group.SETTINGS,
        "Weights file",
        "A file with its weights, instead of a download",
        Kind.FILE,
        least="Downloaded once",
    ),
    Row(
        "start_from",
        Group.SETTINGS,
        "Start from",
        "The finished run whose model learns on",
        Kind.RUN,
        least="The model that ships",
    ),
    Row(
        "deterministic",
        Group.SETTINGS,
        "Deterministic",
        "Bit for bit the same on the same machine, and slower",
        Kind.CHECK,
    ),
    Row(
        "device",
        Group.SETTINGS,
        "Device",
        "What computes; automatic takes a graphics card where there is one",
        Kind.CHOICE,
        choices={name: _DEVICE_WORDS[name] for name in DEVICES},
    ),
    Row(
        "optimizer",
        Group.SCHEDULE,
        "Optimizer",
        "How gradients become changes of the weights",
        Kind.CHOICE,
        choices=_named("optimizer"),
    ),
    Row(
        "schedule",
        Group.SCHEDULE,
        "Schedule",
        "The learning rate's course over the run: as it is; down along half a cosine; or down by "
        "a factor whenever the validation loss no longer falls",
        Kind.CHOICE,
        choices=_named("schedule"),
    ),
    Row(
        "warm_up",
        Group.SCHEDULE,
        "Warm-up",
        "Steps at the beginning in which the learning rate rises from nothing",
        least="None",
        unit=" steps",
        step=10,
    ),
    Row(
        "weight_decay",
        Group.SCHEDULE,
        "Weight decay",
        "How much every step shrinks the weights; AdamW alone looks at it",
        Kind.SMALL,
    ),
    Row(
        "flip",
        Group.AUGMENTATION,
        "Flip",
        "Half of the training pictures are mirrored left to right",
        Kind.CHECK,
    ),
    Row(
        "rotate",
        Group.AUGMENTATION,
        "Rotate",
        "The largest angle by which pictures are turned, either way",
        Kind.DECIMAL,
        least="Never",
        unit="°",
        step=5,
    ),
    Row(
        "least_area",
        Group.AUGMENTATION,
        "Zoom and crop",
        "The smallest share of a picture that a random crop keeps; 1 for all of it",
        Kind.DECIMAL,
        step=0.05,
    ),
    Row(
        "stretch",
        Group.AUGMENTATION,
        "Stretch",
        "The largest ratio by which a crop's sides are changed against each other",
        Kind.DECIMAL,
        least="Never",
        step=0.05,
    ),
    Row(
        "colour",
        Group.AUGMENTATION,
        "Colour",
        "How far brightness, contrast and each colour may go, as a share",
        Kind.DECIMAL,
        least="Never",
        step=0.05,
    ),
    Row(
        "erase",
        Group.AUGMENTATION,
        "Erase",
        "The largest share of a picture that is painted over",
        Kind.DECIMAL,
        least="Never",
        step=0.05,
    ),
    Row(
        "mixup",
        Group.AUGMENTATION,
        "Mixup",
        "How strongly pairs of pictures and their labels are blended",
        Kind.DECIMAL,
        least="Never",
        step=0.1,
    ),
    Row(
        "label_smoothing",
        Group.ADVANCED,
        "Label smoothing",
        "Share of the truth that is given to the other class, against overconfidence",
        Kind.DECIMAL,
        least="None",
        step=0.05,
    ),
    Row(
        "patience",
        Group.ADVANCED,
        "Stop early after",
        "Epochs without a new best after which the run ends",
        least="Never",
        unit=" epochs",
    ),
    Row(
        "balance_classes",
        Group.ADVANCED,
        "Weigh the rarer class more",
        "Errors on the rarer class count more, by the share that it lacks",
        Kind.CHECK,
    ),
    Row(
        "precision",
        Group.ADVANCED,
        "Precision",
        "What is computed with: 16 bits where that is exact enough are faster on many graphics "
        "cards; automatic takes them where the device gains by it",
        Kind.CHOICE,
        choices=_named("precision"),
    ),
    Row(
        "accumulation",
        Group.ADVANCED,
        "Accumulate",
        "Batches whose gradients are gathered before each change of the weights: as a batch so "
        "many times as large, without its memory",
        least="Each batch",
        unit=" batches",
    ),
    Row(
        "steps_per_epoch",
        Group.ADVANCED,
        "Steps an epoch",
        "Batches in an epoch; beyond the pictures they go round again",
        least="Each picture once",
    ),
    Row(
        "validation_steps",
        Group.ADVANCED,
        "Validation steps",
        "Batches of validation after each epoch",
        least="Each picture once",
    ),
)

ROWS: Mapping[str, Row] = {row.name: row for row in _TABLE}
"""By the fields' names, from top to bottom."""
