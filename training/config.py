"""What a job is asked to do: frozen settings with their ranges, and their JSON."""

import dataclasses
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from training.errors import ConfigError
from training.method_settings import CHOICES, METHOD_RANGES, MethodSettings
from training.ranges import Range
from training.settings_text import read_settings, require_settings

NOTEBOOK_SCHEME = "notebook"
SHARES_SCHEME = "shares"
FOLDERS_SCHEME = "folders"
SCHEMES = (NOTEBOOK_SCHEME, SHARES_SCHEME, FOLDERS_SCHEME)
DEVICES = ("auto", "cpu", "gpu")
NEITHER = "neither"
LEAVE_OUT = "leave-out"
FOLDER_CLASSES = ("cat", "dog", NEITHER, LEAVE_OUT)
"""What the pictures of a folder can be said to show; those that are left out are not imported."""

DEFAULT_BACKBONE = "mobilenet-v2"
AUTO_BATCH = 0
"""Instead of a batch size: the preset's, or as many pictures as there are, until a run begins."""
SIZE_OF_SOURCE = 0
"""Instead of an image size: the one of the run that a run starts from."""

_NAME = re.compile(r"[^\W_](?:[\w .-]*[\w-])?")
_NAME_LENGTH = 80


RANGES: Mapping[str, Range] = {
    "epochs": Range(1, 10_000, "The number of epochs"),
    "steps_per_epoch": Range(0, 1_000_000, "The number of steps in an epoch"),
    "validation_steps": Range(0, 1_000_000, "The number of validation steps"),
    "batch_size": Range(AUTO_BATCH, 4096, "The batch size"),
    "image_size": Range(32, 512, "The image size"),
    "learning_rate": Range(0, 10, "The learning rate", low_excluded=True),
    "seed": Range(0, 2**31 - 1, "The seed"),
    **METHOD_RANGES,
}


def check_name(name: str) -> str:
    """Accept a name that is one plain folder name on every system.

    Args:
        name: The dataset's name as the user typed it.

    Returns:
        The same name.

    Raises:
        ConfigError: It is empty, too long, or could leave its folder.
    """
    if len(name) <= _NAME_LENGTH and _NAME.fullmatch(name):
        return name
    raise ConfigError(
        "name",
        f"“{name[:_NAME_LENGTH]}” cannot be the name of a dataset.",
        f"Use letters, digits, spaces, dots, - and _, beginning with a letter or digit, "
        f"at most {_NAME_LENGTH} in all.",
    )


@dataclass(frozen=True)
class ImportConfig:
    """Bring pictures into a dataset.

    Attributes:
        source: A zip, or a folder; read only.
        name: The dataset's name.
        more: Further sources of the same dataset.
        classes: What folders show, one of `FOLDER_CLASSES`, by a folder's name, its path inside its
            source, or its whole path; the others show what their names say.
    """

    source: Path
    name: str
    more: tuple[Path, ...] = ()
    classes: Mapping[str, str] = dataclasses.field(default_factory=dict)

    @property
    def sources(self) -> tuple[Path, ...]:
        """All of them."""
        return (self.source, *self.more)

    def validate(self) -> None:
        """Refuse a bad name, or a class that there is not.

        Raises:
            ConfigError: See `check_name`; or names the folder.
        """
        check_name(self.name)
        for folder, shown in self.classes.items():
            if shown not in FOLDER_CLASSES:
                raise ConfigError(
                    "classes",
                    f"“{folder}” cannot be said to show “{shown}”.",
                    f"Choose one of: {', '.join(FOLDER_CLASSES)}.",
                )


@dataclass(frozen=True)
class DownloadConfig:
    """Bring the competition's pictures from Kaggle into a dataset.

    Attributes:
        name: The dataset's name.
        whole: Whether to download all files of the competition; else `train.zip` alone, which
            holds every picture that states its class.
    """

    name: str
    whole: bool = False

    def validate(self) -> None:
        """Refuse a bad name.

        Raises:
            ConfigError: See `check_name`.
        """
        check_name(self.name)


@dataclass(frozen=True)
class SplitConfig:
    """Say which picture goes to training, validation and test.

    Attributes:
        scheme: "notebook" goes by the number in the file's name; "shares" by the shares below,
            class by class, with all copies of a picture on one side; "folders" by the folders that
            the pictures lie in, with copies elsewhere excluded.
        train: Share of training, in [0, 1].
        validation: Share of validation, in [0, 1]; the test split gets the rest.
        seed: Chooses which pictures go where, for "shares".
    """

    scheme: str = SHARES_SCHEME
    train: float = 0.8
    validation: float = 0.1
    seed: int = 1

    @property
    def test(self) -> float:
        """Share of the test split, in [0, 1]."""
        return max(0.0, round(1.0 - self.train - self.validation, 9))

    def validate(self) -> None:
        """Refuse shares that do not add up.

        Raises:
            ConfigError: A share is outside its range, or the scheme is not one of `SCHEMES`.
        """
        if self.scheme not in SCHEMES:
            raise ConfigError(
                "scheme",
                f"There is no split scheme “{self.scheme}”.",
                f"Choose one of: {', '.join(SCHEMES)}.",
            )
        RANGES["seed"].check("seed", self.seed)
        if self.scheme != SHARES_SCHEME:
            return
        Range(0, 1, "The share of training", low_excluded=True).check("train", self.train)
        share = Range(0, 1, "The share of validation", low_excluded=True)
        share.check("validation", self.validation)
        if self.train + self.validation > 1 + 1e-9:
            raise ConfigError(
                "validation",
                "The shares of training and validation come to more than 1.",
                "Choose shares such as .8 and .1; the test split gets the rest.",
            )


@dataclass(frozen=True)
class TrainingConfig(MethodSettings):
    """What a run is asked to do. Everything that changes its result stands here or in its base.

    Attributes:
        dataset: The dataset's name.
        preset: A row of `training.learning.presets.PRESETS`.
        epochs: How many epochs.
        steps_per_epoch: Batches in an epoch; beyond the data they go round again. 0 for as many
            as show each picture once.
        validation_steps: Batches of validation after each epoch; 0 likewise.
        batch_size: Pictures in a batch, or `AUTO_BATCH` until the run begins.
        image_size: Side of the square that pictures are scaled to, in pixels; `SIZE_OF_SOURCE`
            until a run that starts from another begins.
        learning_rate: The optimizer's.
        seed: Initial weights, dropout and order of the pictures come from it.
        deterministic: Bit for bit the same on the same machine, and slower.
        device: One of `DEVICES`.
        backbone: A row of `training.learning.backbones.BACKBONES`, for presets that stand on one.
        weights_file: A file with the backbone's weights; empty for those that Keras publishes.
        start_from: The run whose model learns on, for presets that start from one: its name, or
            its folder; empty for the model that ships.
    """

    dataset: str
    preset: str
    epochs: int
    steps_per_epoch: int
    validation_steps: int
    batch_size: int
    image_size: int
    learning_rate: float
    seed: int = 1
    deterministic: bool = False
    device: str = "auto"
    backbone: str = DEFAULT_BACKBONE
    weights_file: str = ""
    start_from: str = ""

    def validate(self) -> None:
        """Refuse values outside their ranges.

        Raises:
            ConfigError: The first field that is outside, with the range that it has.
        """
        check_name(self.dataset)
        for field, allowed in RANGES.items():
            value = getattr(self, field)
            if value is not None and (field, value) != ("image_size", SIZE_OF_SOURCE):
                allowed.check(field, value)
        for field, (what, names) in {"device": ("device", DEVICES), **CHOICES}.items():
            value = getattr(self, field)
            if value is not None and value not in names:
                raise ConfigError(
                    field, f"There is no {what} “{value}”.", f"Choose one of: {', '.join(names)}."
                )

    def to_json(self) -> str:
        """The settings as one JSON object, in the order of `SETTINGS`."""
        return json.dumps({name: getattr(self, name) for name in SETTINGS}, indent=2)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read what `to_json` wrote.

        Raises:
            UserError: The text is no JSON object.
            ConfigError: The first field that this version does not know, that is missing, of
                another type or outside its range.
        """
        settings = read_settings(text, cls)
        fields = dataclasses.fields(cls)
        require_settings(settings, (f.name for f in fields if f.default is dataclasses.MISSING))
        config = cls(**settings)  # type: ignore[arg-type]
        config.validate()
        return config


_OF_METHOD = tuple(field.name for field in dataclasses.fields(MethodSettings))
SETTINGS: tuple[str, ...] = (
    *(field.name for field in dataclasses.fields(TrainingConfig) if field.name not in _OF_METHOD),
    *_OF_METHOD,
)
"""The fields of `TrainingConfig` as a reader looks for them: what learns from what, then how."""
