"""Small pictures, zips and datasets for the tests of this folder."""

import io
import sqlite3
import zipfile
from collections.abc import Mapping
from pathlib import Path

from PIL import Image

from training.cancellation import CancelToken
from training.config import ImportConfig
from training.dataset.archive import LIMITS, ArchiveLimits
from training.dataset.catalog_file import CATALOGUE_FILE
from training.dataset.importing import ImportResult, import_pictures
from training.dataset.picture import NewPicture, Picture, Split, State
from training.events import Event, Noticed, PictureQuarantined
from training.home import Home


def jpeg(seed: int = 0, *, size: tuple[int, int] = (24, 16)) -> bytes:
    """A small picture; two seeds give different bytes."""
    output = io.BytesIO()
    colour = (seed * 37 % 256, seed * 91 % 256, seed % 256)
    Image.new("RGB", size, colour).save(output, "JPEG")
    return output.getvalue() + seed.to_bytes(4, "little")  # bytes after the end are harmless


def pets(count: int, *, folder: str = "train/") -> dict[str, bytes]:
    """Kaggle's names: `count` cats and as many dogs, all different."""
    cats = {f"{folder}cat.{i}.jpg": jpeg(i) for i in range(count)}
    return cats | {f"{folder}dog.{i}.jpg": jpeg(1000 + i) for i in range(count)}


def zipped(files: Mapping[str, bytes], *, method: int = zipfile.ZIP_STORED) -> bytes:
    """The bytes of a zip."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return output.getvalue()


def write_zip(path: Path, files: Mapping[str, bytes], *, method: int = zipfile.ZIP_STORED) -> Path:
    """A zip on disk."""
    path.write_bytes(zipped(files, method=method))
    return path


def write_folder(folder: Path, files: Mapping[str, bytes]) -> Path:
    """A folder with files in it."""
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return folder


class Import:
    """One import, with all that it told."""

    def __init__(
        self, source: Path, home: Home, *, name: str = "pets", limits: ArchiveLimits = LIMITS
    ) -> None:
        self.events: list[Event] = []
        self.result: ImportResult = import_pictures(
            ImportConfig(source, name),
            home,
            emit=self.events.append,
            token=CancelToken(),
            limits=limits,
        )

    @property
    def quarantined(self) -> dict[str, str]:
        """The reason by the picture's name."""
        found = [event for event in self.events if isinstance(event, PictureQuarantined)]
        return {event.path: event.reason for event in found}

    @property
    def notices(self) -> list[str]:
        """What the user was told beside it."""
        return [event.message for event in self.events if isinstance(event, Noticed)]


def new_picture(name: str, *, sha256: str = "", state: State = State.USED) -> NewPicture:
    """A row to add; class and number come from a name such as `cat.3.jpg`."""
    label, number = name.split(".")[:2]
    return NewPicture(
        path=f"/far/{name}",
        name=name,
        sha256=sha256 or f"hash of {name}",
        size_bytes=10,
        width=4,
        height=3,
        label=label,
        number=int(number),
        state=state,
        reason="" if state is State.USED else "a reason",
    )


_NEWER_THAN: Mapping[int, tuple[str, ...]] = {
    2: ("INDEX pictures_by_number",),
    3: ("VIEW relatives", "VIEW rulings", "TABLE dismissals"),
}


def make_older(folder: Path, version: int) -> None:
    """Make a catalogue, which is closed, one of an older version."""
    connection = sqlite3.connect(folder / CATALOGUE_FILE)
    with connection:
        for each, things in _NEWER_THAN.items():
            for thing in things if each >= version else ():
                connection.execute(f"DROP {thing}")
        connection.execute("UPDATE meta SET value = ? WHERE key = 'schema'", (str(version),))
    connection.close()


def picture(
    row: int, label: str, *, sha256: str, number: int | None = None, split: Split | None = None
) -> Picture:
    """A used picture as the catalogue returns it."""
    path = Path(f"/far/{row}.jpg")
    return Picture(row, path, path.name, sha256, 10, 4, 3, label, number, split, State.USED, "")


def left_in(home: Home) -> list[str]:
    """What lies in the datasets' folder, hidden or not."""
    return sorted(path.name for path in home.datasets.iterdir()) if home.datasets.exists() else []
