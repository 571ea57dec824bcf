"""Zips and folders of pictures become a dataset, whole or not at all."""

import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from training.cancellation import CancelToken
from training.config import ImportConfig, SplitConfig, check_name
from training.dataset.archive import LIMITS, ArchiveLimits
from training.dataset.arrivals import Arrivals, Tally
from training.dataset.building import PICTURES_FOLDER, building
from training.dataset.catalog import CLASSES, Catalog, NewPicture, State
from training.dataset.intake import Intake, Lot, existing_source
from training.dataset.library import dataset_names
from training.dataset.outcome import (
    ImportResult,
    names_of,
    require_pictures,
    require_readable,
    result_of,
)
from training.dataset.sample import draw_sample
from training.dataset.split import split_catalog
from training.dataset.taking_over import take_over
from training.errors import DatasetError
from training.events import EventSink, Stage, StageStarted
from training.home import Home

SAMPLE_PICTURES = 400
SAMPLE_SEED = 1
SAMPLE_SOURCE = "drawn"


def import_pictures(
    config: ImportConfig,
    home: Home,
    *,
    emit: EventSink,
    token: CancelToken,
    limits: ArchiveLimits = LIMITS,
    source_name: str = "",
    examples: int = 0,
) -> ImportResult:
    """Make a dataset of the pictures in zips and folders.

    Every picture is decoded in full. One that cannot be is quarantined with the reason, and the
    import goes on. Pictures of a zip are unpacked into the dataset; those of a folder are read
    in place and never changed. What several sources have in common comes once.

    Args:
        config: The sources, the dataset's name, and which folders show what.
        home: Where datasets live.
        emit: Told the stages, each quarantined picture, what was left out, and how many pictures
            are corrected as the same ones were before.
        token: Checked for each picture.
        limits: What an archive may hold at most.
        source_name: What the catalogue says of where the first source's come from; its path
            unless given.
        examples: How many pictures of each folder an `UnclearFoldersError` carries.

    Raises:
        ConfigError: The name cannot be one, or no folder has the name of one that is said to
            show something.
        UnclearFoldersError: Somebody has to say what a folder shows.
        ArchiveError: The zip is damaged, not safe, or no zip.
        DatasetError: The name is taken, the sources hold no pictures of both classes, or the
            disk has too little space.
        Cancelled: The user cancelled; nothing is left behind.
        OSError: A source cannot be read, or the home folder not written.
    """
    started = time.monotonic()
    config.validate()
    sources = [existing_source(each, home) for each in config.sources]
    with building(home, config.name) as folder:
        intake = Intake(folder / PICTURES_FOLDER, limits, emit, token, examples)
        never_enter = home.datasets.resolve()
        lots = intake.look(sources, config.classes, never_enter=never_enter, needs_both=True)
        require_pictures(lots)
        _require_both_classes(lots)
        tally = _fill(folder, intake, lots, source_name=source_name)
        with Catalog.open(folder) as catalog:
            take_over(catalog, dataset_names(home), home, emit=emit)
        token.raise_if_cancelled()
    return result_of(home, config.name, lots, tally, started=started, emit=emit)


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
        intake = Intake(pictures, LIMITS, emit, token)
        lots = intake.look([pictures], {}, never_enter=folder, needs_both=True)
        tally = _fill(folder, intake, lots, source_name=SAMPLE_SOURCE)
        with Catalog.open(folder) as catalog:
            split_catalog(catalog, SplitConfig(), emit=emit, token=token)
        token.raise_if_cancelled()
    return result_of(home, name, lots, tally, started=started, emit=emit)


def _fill(folder: Path, intake: Intake, lots: Sequence[Lot], *, source_name: str) -> Tally:
    """Check the pictures, keep those of archives, and write the catalogue."""
    checked = intake.check(lots)
    require_readable(lots, checked)
    _require_both_classes_used(lots, checked)
    intake.emit(StageStarted(Stage.WRITING_CATALOGUE))
    arrivals = Arrivals()
    names = [source_name, *[""] * (len(lots) - 1)]
    first, *others = map(arrivals.sift, lots, checked, names)
    intake.forget_copies(checked, [first, *others])
    with Catalog.create(folder, source=first.source, ignored=first.ignored) as catalog:
        catalog.add(first.pictures)
        catalog.sources.add([each for each in others if each.pictures])
    return arrivals.tally


def _require_both_classes(lots: Sequence[Lot]) -> None:
    shown = (each for lot in lots for each in lot.scan.candidates if not each.is_neither)
    _require_second_class(Counter(each.label for each in shown), lots)


def _require_both_classes_used(
    lots: Sequence[Lot], checked: Sequence[Sequence[NewPicture]]
) -> None:
    pictures = (picture for every in checked for picture in every)
    used = Counter(picture.label for picture in pictures if picture.state is State.USED)
    _require_second_class(used, lots)


def _require_second_class(labels: Counter[str], lots: Sequence[Lot]) -> None:
    missing = [label for label in CLASSES if label not in labels]
    if not labels:
        raise DatasetError(
            f"No picture in “{names_of(lots)}” is said to show a cat or a dog.",
            "Say which folders show cats, and which show dogs.",
        )
    if missing:
        ((label, count),) = labels.items()
        raise DatasetError(
            f"Only {label}s were found in “{names_of(lots)}”: {count:,} pictures that can be used.",
            f"Add pictures of {missing[0]}s; a network needs both to tell them apart.",
        )
