"""What the window remembers: a table of settings, kept in an INI file."""

import contextlib
import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar, cast

from PySide6.QtCore import QSettings

_LINE = re.compile(r"\s*([;#].*|\[[^]]+\]|[^=\0]+=[^\0]*)?\s*")
_DAMAGED_SUFFIX = ".damaged"
_NEWER_SUFFIX = ".newer"
_PARSERS: Mapping[type, Callable[[str], object]] = {
    bool: {"true": True, "false": False}.__getitem__,
    int: int,
    float: float,
    str: str,
    bytes: bytes.fromhex,
}
_log = logging.getLogger(__name__)

T = TypeVar("T", bool, int, float, str, bytes)


@dataclass(frozen=True)
class Setting(Generic[T]):
    """One thing that the window remembers.

    Attributes:
        key: Section and name in the file.
        default: Its value until it is set; its type is the setting's.
    """

    key: str
    default: T


FORMAT = Setting("file/format", 1)
"""What the values mean. It grows when an older program would misread those of a newer one."""

WINDOW_GEOMETRY = Setting("window/geometry", b"")
CURRENT_TAB = Setting("window/tab", 0)
FIRST_START_SEEN = Setting("window/first_start_seen", default=False)

DATASET = Setting("dataset/name", "")
IMPORT_FOLDER = Setting("dataset/import_folder", "")
KAGGLE_NAME = Setting("dataset/kaggle_name", "kaggle")
SPLIT_SCHEME = Setting("dataset/split_scheme", "shares")
SPLIT_TRAIN = Setting("dataset/split_train", 0.8)
SPLIT_VALIDATION = Setting("dataset/split_validation", 0.1)
SPLIT_SEED = Setting("dataset/split_seed", 1)

TRAINING_DATASET = Setting("training/dataset", "")
PRESET = Setting("training/preset", "notebook")
TRAINING_VALUES = Setting("training/values", "")
"""The form's values that differ from the preset's, as a JSON object."""
NOT_ASKED_FOR = Setting("training/not_asked_for", "")
"""The stopped run whose question the user closed, and where it stood: "run@epochs"."""
H5_FOLDER = Setting("training/h5_folder", "")
SHARED_FOLDER = Setting("training/shared_folder", "")
EVENT_FOLDER = Setting("training/event_folder", "")
SETTINGS_FOLDER = Setting("training/settings_folder", "")

PREDICTION_RUN = Setting("prediction/run", "")
PREDICTION_THRESHOLD = Setting("prediction/threshold", 0.5)
INSIDE_LANGUAGE = Setting("prediction/inside_language", "")
"""The name of a `Language`; empty for the system's."""
PICTURES_FOLDER = Setting("prediction/folder", "")
SORTED_FOLDER = Setting("prediction/sorted_folder", "")
MODELS_FOLDER = Setting("prediction/models_folder", "")
TEST_PICTURES_FOLDER = Setting("prediction/test_pictures_folder", "")
SUBMISSION_FOLDER = Setting("prediction/submission_folder", "")
SUBMISSION_CLIP = Setting("prediction/clip", 0.005)
SUBMISSION_COMPETITION = Setting("prediction/competition", "")

JUDGED_FOLDER = Setting("judging/folder", "")
REPORT_FOLDER = Setting("judging/report_folder", "")


class Settings:
    """The settings of one home.

    A file that cannot be read is set aside as `settings.ini.damaged`, one of a newer program as
    `settings.ini.newer`, and the defaults hold; a value of another type than its setting's counts
    as its default. A file that cannot be written costs the memory only: the window goes on.

    Args:
        path: The INI file; it need not exist.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._store = self._opened()

    def get(self, setting: Setting[T]) -> T:
        """What was set, or the default."""
        stored = self._store.value(setting.key)
        value = _parsed(stored, setting.default) if isinstance(stored, str) else None
        return setting.default if value is None else value

    def set(self, setting: Setting[T], value: T) -> None:
        """Remember a value; `save` or a moment's rest writes it."""
        self._store.setValue(setting.key, _written(value))
        self._store.setValue(FORMAT.key, _written(FORMAT.default))

    def folder(self, setting: Setting[str]) -> Path:
        """The folder that was set; the user's own where it is gone, or was never set."""
        remembered = Path(self.get(setting) or Path.home())
        return remembered if remembered.is_dir() else Path.home()

    def save(self) -> None:
        """Write to the disk now."""
        self._store.sync()
        if self._store.status() != QSettings.Status.NoError:
            _log.warning("the settings cannot be written to %s", self._path)

    def _opened(self) -> QSettings:
        if _is_damaged(self._path):
            _set_aside(self._path, _DAMAGED_SUFFIX)
        elif _format_of(self._path) > FORMAT.default:
            _set_aside(self._path, _NEWER_SUFFIX)
        return _ini(self._path)


def _ini(path: Path) -> QSettings:
    return QSettings(str(path), QSettings.Format.IniFormat)


def _is_damaged(path: Path) -> bool:
    """QSettings forgives any file at all, and would mix our settings into its rubbish."""
    if not path.is_file():
        return False
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return True
    return not all(_LINE.fullmatch(line) for line in lines)


def _format_of(path: Path) -> int:
    """0 where the file does not say it, or is not there."""
    return _parsed(str(_ini(path).value(FORMAT.key, "")), FORMAT.default) or 0


def _set_aside(path: Path, suffix: str) -> None:
    aside = path.with_name(path.name + suffix)
    _log.warning("the settings in %s cannot be used; they are set aside as %s", path, aside)
    with contextlib.suppress(OSError):
        path.replace(aside)


def _written(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return value.hex() if isinstance(value, bytes) else str(value)


def _parsed(text: str, like: T) -> T | None:
    try:
        return cast("T", _PARSERS[type(like)](text))
    except (KeyError, ValueError):
        return None
