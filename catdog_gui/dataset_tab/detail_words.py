"""What is told of one picture, line by line."""

from datetime import datetime

from catdog_gui.dataset_tab.look_jobs import Details

_SHORT_SHA = 12
_MOST_CHANGES = 3


def detail_lines(details: Details) -> tuple[str, ...]:
    """What its camera said, where it is, and what became of it; without empty lines."""
    sha256 = details.picture.sha256[:_SHORT_SHA]
    file = " · ".join(filter(None, (sha256 and f"SHA-256 {sha256}…", str(details.picture.path))))
    return tuple(filter(None, (_camera_words(details), file, *_history(details))))


def time_words(stamp: str) -> str:
    """A time of the catalogue, where the user is: "2026-03-01 14:05"."""
    return f"{datetime.fromisoformat(stamp).astimezone():%Y-%m-%d %H:%M}"


def _camera_words(details: Details) -> str:
    exif = details.exif
    words = (
        exif.camera,
        exif.taken and f"taken {exif.taken.replace(':', '-', 2)}",
        exif.turn and f"shown {exif.turn}",
        "the file holds where it was taken (GPS)" if exif.has_place else "",
    )
    return " · ".join(filter(None, words))


def _history(details: Details) -> list[str]:
    """Its import, and the last corrections."""
    origin, changes = details.origin, details.changes
    rest = len(changes) - _MOST_CHANGES
    return [
        f"{time_words(origin.created)}  Imported from {origin.source}",
        *([f"… {rest:,} earlier corrections"] if rest > 0 else []),
        *(f"{time_words(each.made)}  {each.words}" for each in changes[-_MOST_CHANGES:]),
    ]
