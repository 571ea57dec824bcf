"""The options of `catdog train` and `catdog rate`: one for each setting, and a file of them all."""

import functools
import inspect
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from training.config import DEVICES, RANGES, TrainingConfig
from training.errors import ConfigError
from training.learning.backbones import BACKBONES
from training.learning.presets import PRESETS, training_config
from training.method_settings import CHOICES
from training.settings_text import read_settings

_NAMES: Mapping[str, str] = {"dataset": "--data", "weights_file": "--weights"}
"""Options that are not called as their field is."""
_NEEDED = ("dataset", "preset")

ConfigOption = Annotated[
    Path | None,
    typer.Option(
        "--config",
        help="A file of settings as JSON, such as the “config” in a run.json; other options stand "
        "above it, and what neither has is the preset's.",
        metavar="FILE",
    ),
]


def _option(kind: type, sentence: str, *names: str, metavar: str | None = None) -> Any:  # noqa: ANN401
    """An option that says its sentence; without it, the setting is the preset's."""
    option = typer.Option(*names, help=sentence, metavar=metavar)
    return Annotated[kind | None, option]


def _number(kind: type, name: str, sentence: str) -> Any:  # noqa: ANN401
    """An option for a number, which says its range too."""
    allowed = RANGES[name]
    span = f"{'Above' if allowed.low_excluded else 'From'} {allowed.low:,} to {allowed.high:,}."
    return _option(kind, f"{sentence} {span}")


def _choice(sentence: str, names: tuple[str, ...]) -> Any:  # noqa: ANN401
    return _option(str, f"{sentence}; one of: {', '.join(names)}.")


SETTING_OPTIONS: Mapping[str, Any] = {
    "dataset": _option(str, "The dataset's name.", _NAMES["dataset"]),
    "preset": _option(str, f"One of: {', '.join(PRESETS)}. What is not given is the preset's."),
    "epochs": _number(int, "epochs", "How many epochs in all, those of a resumed run counted."),
    "steps_per_epoch": _number(
        int, "steps_per_epoch", "Batches in an epoch; 0 for each picture once."
    ),
    "validation_steps": _number(
        int, "validation_steps", "Batches of validation after each epoch; 0 for each picture once."
    ),
    "batch_size": _number(
        int, "batch_size", "Pictures in a batch; 0 for the preset's, or as many as there are."
    ),
    "image_size": _number(
        int, "image_size", "Side of the square that pictures are scaled to, in pixels."
    ),
    "learning_rate": _number(
        float, "learning_rate", "How far each step changes the weights, such as 0.0001."
    ),
    "seed": _number(int, "seed", "Decides the first weights and the order of the pictures."),
    "deterministic": _option(bool, "Bit for bit the same each time, and slower."),
    "device": _choice("Where to compute", DEVICES),
    "backbone": _choice(
        "The network trained on ImageNet that express and fine-tune stand on", tuple(BACKBONES)
    ),
    "weights_file": _option(
        str,
        "A file with that network's weights, without its top, instead of a download.",
        _NAMES["weights_file"],
        metavar="FILE",
    ),
    "start_from": _option(
        str,
        "The finished run that continue goes on from; the model that ships unless given.",
        metavar="RUN",
    ),
    "optimizer": _choice("What turns gradients into steps", CHOICES["optimizer"][1]),
    "schedule": _choice("How the learning rate goes over the run", CHOICES["schedule"][1]),
    "warm_up": _number(int, "warm_up", "Steps in which the rate rises from nothing."),
    "weight_decay": _number(float, "weight_decay", "How far each step shrinks the weights."),
    "label_smoothing": _number(
        float, "label_smoothing", "Share of the truth that is given to the other class."
    ),
    "flip": _option(bool, "Mirror half of the training pictures left to right."),
    "rotate": _number(float, "rotate", "Largest turn of a training picture, in degrees."),
    "least_area": _number(
        float, "least_area", "Smallest share of a picture that a random crop keeps."
    ),
    "stretch": _number(float, "stretch", "Largest change of a crop's sides against each other."),
    "colour": _number(float, "colour", "How far brightness, contrast and colours may change."),
    "erase": _number(float, "erase", "Largest share of a picture that is painted over."),
    "mixup": _number(float, "mixup", "Strength of blending pictures and their labels in pairs."),
    "patience": _number(
        int, "patience", "Epochs without a new best one after which the run ends; 0 for never."
    ),
    "balance_classes": _option(bool, "Weigh the rarer class more, so that both count alike."),
    "accumulation": _number(
        int, "accumulation", "Batches whose gradients are gathered before each change of weights."
    ),
    "precision": _choice("What is computed with", CHOICES["precision"][1]),
}
"""An option for each of `SETTINGS`, in their order."""


def with_settings(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command all of `SETTING_OPTIONS`, which it takes as `**settings`."""
    own = inspect.signature(command).parameters.values()
    options = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=option)
        for name, option in SETTING_OPTIONS.items()
    ]

    @functools.wraps(command)
    def with_options(**given: object) -> None:
        command(**given)

    parameters = [
        each.replace(kind=each.KEYWORD_ONLY) for each in own if each.kind != each.VAR_KEYWORD
    ]
    signature = inspect.Signature([*options, *parameters])
    with_options.__signature__ = signature  # type: ignore[attr-defined]
    with_options.__annotations__ = {
        name: each.annotation for name, each in signature.parameters.items()
    }
    return with_options


def asked_config(settings: Mapping[str, object], file: Path | None) -> TrainingConfig:
    """The settings of a run: the options, above a file, above the preset.

    Args:
        settings: What the options say, by field; None for those that were not given.
        file: The file of `--config`.

    Raises:
        UserError: The file cannot be read, or holds no settings.
        ConfigError: A setting is missing, unknown, of another type or outside its range.
    """
    asked = {} if file is None else read_settings(_text_of(file), TrainingConfig)
    asked |= {name: value for name, value in settings.items() if value is not None}
    for name in _NEEDED:
        if name not in asked:
            raise ConfigError(
                name,
                f"The option {_name_of(name)} is missing.",
                "Give --data and --preset, or --config with a file that has both.",
            )
    return training_config(**asked)  # type: ignore[arg-type]


def refuse_settings(settings: Mapping[str, object]) -> None:
    """A resumed run keeps its settings; taking others without a word would mislead.

    Args:
        settings: What the options say, by field; None for those that were not given.

    Raises:
        ConfigError: The first that was given, besides the number of epochs.
    """
    for name, value in settings.items():
        if name != "epochs" and value is not None:
            raise ConfigError(
                name,
                f"{_name_of(name)} cannot be changed in a run that goes on.",
                f"Leave {_name_of(name)} out, or start a new run without --resume.",
            )


def _name_of(field: str) -> str:
    return _NAMES.get(field, f"--{field.replace('_', '-')}")


def _text_of(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ConfigError(
            "config", f"{file} is no text in UTF-8.", "Choose a file of settings in JSON."
        ) from error
