"""Pictures of further sources are added to a dataset, all of them or none."""

import time

from training.cancellation import CancelToken
from training.config import ImportConfig
from training.dataset.archive import LIMITS, ArchiveLimits
from training.dataset.arrivals import Arrivals
from training.dataset.building import unpacking
from training.dataset.intake import Intake, existing_source
from training.dataset.library import dataset_names, open_dataset
from training.dataset.outcome import ImportResult, require_pictures, require_readable, result_of
from training.dataset.taking_over import take_over
from training.events import EventSink, Stage, StageStarted
from training.home import Home


def add_pictures(
    config: ImportConfig,
    home: Home,
    *,
    emit: EventSink,
    token: CancelToken,
    limits: ArchiveLimits = LIMITS,
    examples: int = 0,
) -> ImportResult:
    """Add the pictures in zips and folders to a dataset that there is.

    Pictures that it has already, by content, do not come again; see `Arrivals`. What it has stays
    as it is: labels, exclusions, findings, what can be undone, and the split. New pictures are in
    no split until the dataset is split again.

    Args:
        config: The sources, the dataset's name, and which folders show what.
        home: Where the dataset lives.
        emit: Told what `import_pictures` tells.
        token: Checked for each picture, and once more before they are kept.
        limits: What an archive may hold at most.
        examples: How many pictures of each folder an `UnclearFoldersError` carries.

    Raises:
        ConfigError: No folder has the name of one that is said to show something.
        UnclearFoldersError: Somebody has to say what a folder shows.
        ArchiveError: A zip is damaged, not safe, or no zip.
        DatasetError: There is no such dataset, the sources hold no pictures, or the disk has too
            little space.
        Cancelled: The user cancelled; the dataset is as it was.
        OSError: A source cannot be read, or the home folder not written.
    """
    started = time.monotonic()
    config.validate()
    sources = [existing_source(each, home) for each in config.sources]
    with (
        open_dataset(home, config.name) as catalog,
        unpacking(catalog.folder, in_use=catalog.sources.own_folders()) as unpacked,
    ):
        intake = Intake(unpacked, limits, emit, token, examples)
        never_enter = home.datasets.resolve()
        lots = intake.look(sources, config.classes, never_enter=never_enter, needs_both=False)
        require_pictures(lots)
        checked = intake.check(lots)
        require_readable(lots, checked)
        emit(StageStarted(Stage.WRITING_CATALOGUE))
        with catalog.changing():
            arrivals = Arrivals.to(catalog)
            new = [*map(arrivals.sift, lots, checked)]
            intake.forget_copies(checked, new)
            last = catalog.sources.add([each for each in new if each.pictures])
            others = (name for name in dataset_names(home) if name != config.name)
            take_over(catalog, others, home, emit=emit, after=last)
            token.raise_if_cancelled()
    return result_of(home, config.name, lots, arrivals.tally, started=started, emit=emit)
