"""What sources hold: listed, asked about where it is not clear, and checked picture by picture."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from training.cancellation import CancelToken
from training.dataset.archive import ArchiveLimits
from training.dataset.building import discard, require_space
from training.dataset.checking import Checker
from training.dataset.class_folders import (
    ClassFolder,
    UnclearFoldersError,
    as_shown,
    folders_of,
    refuse_unclear,
    settled,
)
from training.dataset.decode import Pixels, thumbnail
from training.dataset.picture import Arrival, NewPicture, State
from training.dataset.scan import Candidate, Scan, Watch, scan_archive, scan_folder
from training.errors import DatasetError, PictureError
from training.events import EventSink, PictureQuarantined, Stage, StageStarted
from training.home import Home
from training.progress import Ticker

EXAMPLE_PX = 128
"""Side of the square that an example of a folder fits into."""

_INNER_ARCHIVES = "archives"
_BLOCK_BYTES = 4096  # a file takes whole blocks of a disk
_ROW_BYTES = 1024  # of a picture in the catalogue, its index and its log


@dataclass(frozen=True)
class Lot:
    """A source and what is to be taken of it.

    Attributes:
        source: The zip or folder.
        scan: Its pictures, each with its class.
        folders: What was taken for what.
    """

    source: Path
    scan: Scan
    folders: tuple[ClassFolder, ...]


@dataclass(frozen=True)
class Intake:
    """Looks through sources and checks their pictures.

    Attributes:
        unpacked: Where pictures of archives go: a folder that is made when it is needed, in the
            dataset's own; those of further archives go beside it.
        limits: What an archive may hold at most.
        emit: Told the stages, and each quarantined picture.
        token: Checked for each picture.
        examples: How many pictures of each folder an `UnclearFoldersError` carries.
    """

    unpacked: Path
    limits: ArchiveLimits
    emit: EventSink
    token: CancelToken
    examples: int = 0

    def look(
        self,
        sources: Sequence[Path],
        answers: Mapping[str, str],
        *,
        never_enter: Path,
        needs_both: bool,
    ) -> list[Lot]:
        """List what the sources hold, and which class each picture has.

        Args:
            sources: Zips and folders.
            answers: See `ImportConfig.classes`.
            never_enter: A folder to pass by: our own datasets.
            needs_both: Whether they have to bring both classes by themselves.

        Raises:
            UnclearFoldersError: Somebody has to say what a folder shows.
            ArchiveError: A zip is damaged, not safe, or no zip.
            OSError: A source cannot be read.
        """
        scans = [self._scan(each, place, never_enter) for place, each in enumerate(sources)]
        found = [
            folders_of(source, scan, answers) for source, scan in zip(sources, scans, strict=True)
        ]
        try:
            refuse_unclear(
                [each for every in found for each in every], answers, needs_both=needs_both
            )
        except UnclearFoldersError:
            pairs = zip(found, scans, strict=True)
            shown = [each for folders, scan in pairs for each in self._with_examples(folders, scan)]
            raise UnclearFoldersError(shown) from None
        return [
            Lot(source, as_shown(scan, folders), tuple(folders))
            for source, scan, folders in zip(sources, scans, map(settled, found), strict=True)
        ]

    def check(self, lots: Sequence[Lot]) -> list[list[NewPicture]]:
        """Decode every picture, and keep those of archives.

        Raises:
            DatasetError: The disk has too little space.
            Cancelled: The user cancelled.
            OSError: An archive cannot be read, or a picture not written.
        """
        require_space(self.unpacked.parent, sum(_space_for(lot.scan.candidates) for lot in lots))
        total = sum(len(lot.scan.candidates) for lot in lots)
        ticker = Ticker(
            self.emit, StageStarted(Stage.CHECKING_PICTURES, total=total, unit="pictures")
        )
        checked = [self._check(lot, place, ticker) for place, lot in enumerate(lots)]
        discard(self._inner_archives)
        return checked

    def forget_copies(
        self, checked: Iterable[Iterable[NewPicture]], arrivals: Iterable[Arrival]
    ) -> None:
        """Remove what was unpacked of pictures that do not come.

        Args:
            checked: All of them.
            arrivals: Those that come.
        """
        coming = {picture.path for arrival in arrivals for picture in arrival.pictures}
        own = self.unpacked.parent
        paths = {
            Path(picture.path)
            for every in checked
            for picture in every
            if picture.path not in coming
        }
        for path in paths:
            if path.is_relative_to(own):
                path.unlink()
        for folder in own.glob(f"{self.unpacked.name}*"):
            if not any(folder.iterdir()):
                folder.rmdir()

    @property
    def _inner_archives(self) -> Path:
        return self.unpacked.with_name(f"{self.unpacked.name}-archives")

    def _scan(self, source: Path, place: int, never_enter: Path) -> Scan:
        watch = Watch(
            on_listed=self.token.raise_if_cancelled,
            on_space_needed=lambda size: require_space(self.unpacked.parent, size),
            on_bytes=lambda _: self.token.raise_if_cancelled(),
        )
        if source.is_dir():
            self.emit(StageStarted(Stage.LISTING))
            return scan_folder(source, never_enter=never_enter, watch=watch)
        self.emit(StageStarted(Stage.READING_ARCHIVE))
        inner = self._inner_archives / str(place)
        inner.mkdir(parents=True)
        return scan_archive(source, self.limits, unpack_to=inner, watch=watch)

    def _check(self, lot: Lot, place: int, ticker: Ticker) -> list[NewPicture]:
        name = self.unpacked.name if place == 0 else f"{self.unpacked.name}-{place + 1}"
        unpacked = self.unpacked.with_name(name)
        if not lot.source.is_dir():
            unpacked.mkdir(exist_ok=True)
        checker = Checker(lot.source, unpacked, self.limits.picture_bytes, self.token)
        checked: list[NewPicture] = []
        for chunk in checker.check_all(lot.scan.candidates):
            for picture in chunk:
                if picture.state is State.QUARANTINED:
                    self.emit(PictureQuarantined(picture.name, picture.reason))
            checked += chunk
            ticker.advance(len(chunk))
        return checked

    def _with_examples(self, folders: Sequence[ClassFolder], scan: Scan) -> list[ClassFolder]:
        """The folders with some of their pictures, while the zips in zips are still unpacked."""
        some: dict[str, list[Candidate]] = {}
        for candidate in scan.candidates:
            of_folder = some.setdefault(candidate.place_of_class, [])
            if len(of_folder) < self.examples:
                of_folder.append(candidate)
        return [
            replace(each, examples=tuple(self._small(some.get(each.place, [])))) for each in folders
        ]

    def _small(self, candidates: Iterable[Candidate]) -> Iterator[Pixels]:
        """What can be seen of some pictures; those that are damaged are passed by."""
        for candidate in candidates:
            self.token.raise_if_cancelled()
            with suppress(OSError, PictureError):
                content = candidate.content(most_bytes=self.limits.picture_bytes)
                yield np.asarray(thumbnail(content, EXAMPLE_PX), dtype=np.uint8)


def existing_source(source: Path, home: Home) -> Path:
    """A source's whole path.

    Raises:
        DatasetError: It is not there, or belongs to our own datasets.
    """
    place = source.expanduser().absolute()
    if not place.exists():
        raise DatasetError(
            f"“{source}” is not there.", "Check the name; it may have been moved or unplugged."
        )
    if place.resolve().is_relative_to(home.datasets.resolve()):
        raise DatasetError(
            "This folder belongs to the program's own datasets.",
            "Choose the pictures where you keep them.",
        )
    return place


def _space_for(candidates: Iterable[Candidate]) -> int:
    """Bytes that the pictures of an archive and the catalogue will take."""
    total = 0
    for candidate in candidates:
        size = candidate.entry.real_bytes if candidate.entry else 0
        total += -(-size // _BLOCK_BYTES) * _BLOCK_BYTES + _ROW_BYTES
    return total
