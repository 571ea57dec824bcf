"""A download that was stopped: what has come of it lies in the cache until it is a dataset."""

from dataclasses import dataclass
from pathlib import Path

from training.dataset.kaggle.places import COMPETITION, TRAIN_FILE
from training.dataset.partial import Part, Partial, part_of
from training.home import Home

_DOWNLOADS = "downloads"


@dataclass(frozen=True)
class Begun:
    """A download that can be gone on with.

    Attributes:
        whole: See `DownloadConfig`.
        part: What has come; all of it where only the import is missing.
    """

    whole: bool
    part: Part


def archive_path(home: Home, *, whole: bool) -> Path:
    """Where the competition's archive is downloaded to; `whole` as in `DownloadConfig`."""
    name = f"{COMPETITION}.zip" if whole else f"{COMPETITION}-{TRAIN_FILE}"
    return home.cache / _DOWNLOADS / name


def find_begun(home: Home) -> Begun | None:
    """The download that was stopped; the one that came further where there are two."""
    parts = [(whole, part_of(archive_path(home, whole=whole))) for whole in (False, True)]
    begun = [Begun(whole, part) for whole, part in parts if part is not None]
    return max(begun, key=lambda each: each.part.bytes_there, default=None)


def throw_away(home: Home) -> None:
    """Delete what has come of any download; none may be running.

    Raises:
        OSError: It cannot be deleted.
    """
    for whole in (False, True):
        archive = archive_path(home, whole=whole)
        if archive.parent.is_dir():
            archive.unlink(missing_ok=True)
            Partial(archive).discard()
