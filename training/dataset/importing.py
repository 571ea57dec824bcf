"""A zip or a folder of pictures becomes a dataset, whole or not at all."""

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from training.cancellation import CancelToken
from training.config import ImportConfig, SplitConfig, check_name
from training.dataset.archive import LIMITS, ArchiveLimits
from training.dataset.building import PICTURES_FOLDER, building, discard, require_space
from training.dataset.catalog import CLASSES, Catalog, DatasetInfo, NewPicture, State
from training.dataset.checking import Checker
from training.dataset.library import dataset_names, open_dataset
from training.dataset.sample import draw_sample
from training.dataset.scan import (
    Candidate,
    LeftOut,
    Scan,
    Watch,
    left_out_words,
    scan_archive,
    scan_folder,
)
from training.dataset.split import split_catalog
from training.dataset.taking_over import take_over
from training.errors import DatasetError
from training.events import EventSink, Noticed, PictureQuarantined, Stage, StageStarted
from training.home import Home
from training.progress import Ticker

SAMPLE_PICTURES = 400
SAMPLE_SEED = 1
SAMPLE_SOURCE = "drawn"

_INNER_ARCHIVES = "archives"
_BLOCK_BYTES = 4096  # a file takes whole blocks of a disk
_ROW_BYTES = 1024  # of a picture in the catalogue, its index and its log
_TAKE_THESE = "Choose Kaggle's train.zip, or pictures in folders named cat and dog."


@dataclass(frozen=True)
class ImportResult:
    """What an import brought.

    Attributes:
        info: The new dataset.
        ignored: Files of the source that were not taken.
        seconds: How long it took.
    """

    info: DatasetInfo
    ignored: int
    seconds: float


def import_pictures(
    config: ImportConfig,
    home: Home,
    *,
    emit: EventSink,
    token: CancelToken,
    limits: ArchiveLimits = LIMITS,
    source_name: str = "",
) -> ImportResult:
    """Make a dataset of the pictures in a zip or a folder.

    Every picture is decoded in full. One that cannot be is quarantined with the reason, and the
    import goes on. Pictures of a zip are unpacked into the dataset; those of a folder are read
    in place and never changed.

    Args:
        config: The source and the dataset's name.
        home: Where datasets live.
        emit: Told the stages, each quarantined picture, what was left out, and how many pictures
            are corrected as the same ones were before.
        token: Checked for each picture.
        limits: What an archive may hold at most.
        source_name: What the catalogue says of where they come from; the source's path unless
            given.

    Raises:
        ConfigError: The name cannot be one.
        ArchiveError: The zip is damaged, not safe, or no zip.
        DatasetError: The name is taken, the source holds no pictures of both classes, or the
            disk has too little space.
        Cancelled: The user cancelled; nothing is left behind.
        OSError: The source cannot be read, or the home folder not written.
    """
    started = time.monotonic()
    config.validate()
    source = _existing_source(config.source, home)
    with building(home, config.name) as folder:
        job = _Import(folder, source, limits, emit, token)
        scan = job.scan(never_enter=home.datasets.resolve())
        _require_both_classes(scan, source.name)
        job.fill(scan, source_name=source_name)
        with Catalog.open(folder) as catalog:
            take_over(catalog, dataset_names(home), home, emit=emit)
        token.raise_if_cancelled()
    return _result(home, config.name, scan=scan, started=started, emit=emit)


def make_sample(name: str, home: Home, *, emit: EventSink, token: CancelToken) -> ImportResult:
    """Draw the sample pictures and make a dataset of them, split .8/.1/.1.

    Args:
        name: The dataset's name.
        home: Where datasets live.
        emit: Told the stages.
        token: Checked for each picture.

    Raises:
        ConfigError: The name cannot be one.
        DatasetError: The name is taken, or the disk has too little space.
        Cancelled: The user cancelled; nothing is left behind.
        OSError: The home folder cannot be written.
    """
    started = time.monotonic()
    with building(home, check_name(name)) as folder:
        pictures = folder / PICTURES_FOLDER
        pictures.mkdir()
        draw_sample(pictures, count=SAMPLE_PICTURES, seed=SAMPLE_SEED, emit=emit, token=token)
        job = _Import(folder, pictures, LIMITS, emit, token)
        scan = job.scan(never_enter=folder)
        job.fill(scan, source_name=SAMPLE_SOURCE)
        with Catalog.open(folder) as catalog:
            split_catalog(catalog, SplitConfig(), emit=emit, token=token)
        token.raise_if_cancelled()
    return _result(home, name, scan=scan, started=started, emit=emit)


@dataclass(frozen=True)
class _Import:
    folder: Path  # the dataset that is being built
    source: Path
    limits: ArchiveLimits
    emit: EventSink
    token: CancelToken

    def scan(self, *, never_enter: Path) -> Scan:
        """List what the source holds."""
        watch = Watch(
            on_listed=self.token.raise_if_cancelled,
            on_space_needed=lambda size: require_space(self.folder, size),
            on_bytes=lambda _: self.token.raise_if_cancelled(),
        )
        if self.source.is_dir():
            self.emit(StageStarted(Stage.LISTING))
            return scan_folder(self.source, never_enter=never_enter, watch=watch)
        self.emit(StageStarted(Stage.READING_ARCHIVE))
        inner = self.folder / _INNER_ARCHIVES
        inner.mkdir()
        return scan_archive(self.source, self.limits, unpack_to=inner, watch=watch)

    def fill(self, scan: Scan, *, source_name: str = "") -> None:
        """Check the pictures, keep those of an archive, and write the catalogue."""
        require_space(self.folder, _space_for(scan.candidates))
        checked = self._check(scan.candidates)
        discard(self.folder / _INNER_ARCHIVES)
        _require_both_classes_used(checked, self.source.name)
        self.emit(StageStarted(Stage.WRITING_CATALOGUE))
        ignored = scan.left_out.total()
        name = source_name or str(self.source)
        with Catalog.create(self.folder, source=name, ignored=ignored) as catalog:
            catalog.add(checked)

    def _check(self, candidates: Sequence[Candidate]) -> list[NewPicture]:
        stage = StageStarted(Stage.CHECKING_PICTURES, total=len(candidates), unit="pictures")
        ticker = Ticker(self.emit, stage)
        pictures = self.folder / PICTURES_FOLDER
        if not self.source.is_dir():
            pictures.mkdir()
        checker = Checker(self.source, pictures, self.limits.picture_bytes, self.token)
        checked: list[NewPicture] = []
        for chunk in checker.check_all(candidates):
            for picture in chunk:
                if picture.state is State.QUARANTINED:
                    self.emit(PictureQuarantined(picture.name, picture.reason))
            checked += chunk
            ticker.advance(len(chunk))
        return checked


def _existing_source(source: Path, home: Home) -> Path:
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


def _require_both_classes(scan: Scan, source: str) -> None:
    labels = Counter(candidate.label for candidate in scan.candidates)
    if not labels and scan.left_out[LeftOut.NO_CLASS]:
        raise DatasetError(
            f"“{source}” holds {scan.left_out[LeftOut.NO_CLASS]:,} pictures, and none states "
            "whether it is a cat or a dog.",
            "Put them into folders named cat and dog, or name them cat.1.jpg and dog.1.jpg; "
            "of Kaggle's files, choose train.zip.",
        )
    if not labels:
        words = left_out_words(scan.left_out)
        found = f" ({words})" if words else ""
        raise DatasetError(f"No pictures are in “{source}”{found}.", _TAKE_THESE)
    _require_second_class(labels, source)


def _require_both_classes_used(checked: Sequence[NewPicture], source: str) -> None:
    labels = Counter(picture.label for picture in checked if picture.state is State.USED)
    if not labels:
        raise DatasetError(
            f"None of the {len(checked):,} pictures in “{source}” can be read; the first one: "
            f"{checked[0].reason}",
            "Get the pictures again, or choose others.",
        )
    _require_second_class(labels, source)


def _require_second_class(labels: Counter[str], source: str) -> None:
    missing = [label for label in CLASSES if label not in labels]
    if missing:
        ((label, count),) = labels.items()
        raise DatasetError(
            f"Only {label}s were found in “{source}”: {count:,} pictures that can be used.",
            f"Add pictures of {missing[0]}s; a network needs both to tell them apart.",
        )


def _result(home: Home, name: str, *, scan: Scan, started: float, emit: EventSink) -> ImportResult:
    ignored = scan.left_out.total()
    if ignored:
        emit(Noticed(f"Left out: {left_out_words(scan.left_out)}."))
    with open_dataset(home, name) as catalog:
        return ImportResult(catalog.info(), ignored, time.monotonic() - started)
