"""The jobs that choose pictures, count them, and tell more of one; see `jobs` for their form."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from catdog_gui.dataset_tab.picture_filter import Look, PictureFilter
from training.cancellation import CancelToken
from training.dataset.pages import PicturePages
from training.dataset.picture import Origin, Picture
from training.dataset.picture_filter import Figures
from training.events import EventSink
from training.home import Home

if TYPE_CHECKING:
    from training.dataset.exif import Exif
    from training.dataset.journal import Change


@dataclass(frozen=True)
class Details:
    """What there is to tell of one picture.

    Attributes:
        picture: Its row of the catalogue.
        exif: What its camera said.
        origin: Where its dataset comes from.
        changes: What the user corrected, the first at first.
    """

    picture: Picture
    exif: "Exif"
    origin: Origin
    changes: "Sequence[Change]"


def choose(
    name: str,
    look: Look,
    leaking: Sequence[int],
    home: Home,
    *,
    emit: EventSink,  # noqa: ARG001 - a job's form
    token: CancelToken,  # noqa: ARG001 - a job's form
) -> PicturePages:
    """The pictures that are looked at.

    Its pages are read where they are shown: the catalogue is open only while that takes.

    Raises:
        DatasetError: There is no such dataset, or it cannot be read.
    """
    from training.dataset.library import open_dataset

    def read(ids: Sequence[int]) -> Sequence[Picture]:
        with open_dataset(home, name) as catalog:
            return catalog.pictures_by_id(ids)

    wanted, order = look
    with open_dataset(home, name) as catalog:
        ids = catalog.selection.ids(wanted, order, leaking=leaking)
    return PicturePages(array("q", ids.tobytes()), read)


def count(
    name: str,
    wanted: PictureFilter,
    leaking: Sequence[int],
    home: Home,
    *,
    emit: EventSink,
    token: CancelToken,
) -> Figures:
    """What a filter lets through in figures; loads what their charts need, too.

    Raises:
        DatasetError: There is no such dataset, or it cannot be read.
    """
    from catdog_gui.widgets.figure_charts import load_charts
    from training.dataset.library import open_dataset

    load_charts(emit, token)
    with open_dataset(home, name) as catalog:
        return catalog.selection.figures(wanted, leaking=leaking)


def tell(
    name: str,
    picture: Picture,
    home: Home,
    *,
    emit: EventSink,  # noqa: ARG001 - a job's form
    token: CancelToken,  # noqa: ARG001 - a job's form
) -> Details:
    """More of one picture.

    Raises:
        DatasetError: There is no such dataset, or it cannot be read.
    """
    from training.dataset.exif import read_exif
    from training.dataset.library import open_dataset

    with open_dataset(home, name) as catalog:
        origin, changes = catalog.sources.of(picture.id), catalog.journal.changes_of(picture.id)
    return Details(picture, read_exif(picture.path), origin, changes)
