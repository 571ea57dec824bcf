"""The pictures of a gallery, for any view."""

import html
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from training.dataset.pages import PicturePages
from training.dataset.picture import Picture, Split, State

TILE_ROLE = int(Qt.ItemDataRole.UserRole)
"""The row's `Tile`."""

SPLIT_WORDS: Mapping[Split, str] = {
    Split.TRAIN: "Training",
    Split.VALIDATION: "Validation",
    Split.TEST: "Test",
}

_CLASS_WORDS: Mapping[str, str] = {"cat": "Cat", "dog": "Dog"}
_STATE_WORDS: Mapping[State, str] = {
    State.QUARANTINED: "Quarantined",
    State.EXCLUDED: "Excluded",
}
_KILO = 1024
_LINE_LETTERS = 90

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


@dataclass(frozen=True)
class GroupPlace:
    """A picture's place in its group of copies.

    Attributes:
        number: Which group, counted from 0 in the order in which they are shown.
        place: Which of the group, counted from 1.
        size: How many pictures the group has.
        is_kept: Whether it is the one to keep.
    """

    number: int
    place: int
    size: int
    is_kept: bool = False

    @property
    def words(self) -> str:
        """Such as "1 of 3", and whether it is kept."""
        return f"{self.place} of {self.size}{', keep' if self.is_kept else ''}"


@dataclass(frozen=True)
class Remark:
    """What there is to say of a picture besides its row of the catalogue.

    Attributes:
        reason: What was found, in a sentence; empty where nothing was.
        first_label: Its class before it was relabelled; empty where it was not.
        group: Its place among its copies, where these are shown side by side.
        is_kept: Whether the user said that it is right all the same.
    """

    reason: str = ""
    first_label: str = ""
    group: GroupPlace | None = None
    is_kept: bool = False


Remarks = Mapping[int, Remark]
"""By a picture's id."""

_NO_REMARK = Remark()


@dataclass(frozen=True)
class Tile:
    """A picture as the gallery shows it.

    Attributes:
        picture: Its row of the catalogue.
        leak: Where its copies are, in a sentence; empty where it is no leak.
        remark: What else there is to say of it.
    """

    picture: Picture
    leak: str = ""
    remark: Remark = _NO_REMARK

    @property
    def name(self) -> str:
        """The file's name without its folders."""
        return self.picture.name.rpartition("/")[2]

    @property
    def meaning(self) -> str:
        """The colour with meaning and the icon of `mark`: a class, "neither", or "warning"."""
        if self.picture.is_neither:
            return "neither"
        return self.picture.label if self.picture.state is State.USED else "warning"

    @property
    def takes_part(self) -> bool:
        """Whether it is used."""
        return self.picture.state is State.USED

    @property
    def mark(self) -> str:
        """The class in a word, or why the picture takes no part; and what the user said of it."""
        if self.picture.is_neither:
            return "Neither"
        if self.picture.state is not State.USED:
            return _STATE_WORDS[self.picture.state]
        was = self.remark.first_label
        is_other = was not in {"", self.picture.label}
        words = (
            _CLASS_WORDS[self.picture.label],
            f"was {was}" if is_other else "",
            "kept" if self.remark.is_kept else "",
        )
        return ", ".join(filter(None, words))

    @property
    def split(self) -> str:
        """The split in a word; empty where the picture is in none or takes no part."""
        split = self.picture.split
        takes_part = split is not None and self.picture.state is State.USED
        return SPLIT_WORDS[split] if split is not None and takes_part else ""

    @property
    def reason(self) -> str:
        """What is wrong with the picture, in a sentence; empty where nothing is."""
        return self.picture.reason or self.remark.reason or self.leak

    @property
    def has_pixels(self) -> bool:
        """Whether it can be shown; of a quarantined picture not even the file is sure."""
        return self.picture.state is not State.QUARANTINED

    @property
    def measures(self) -> str:
        """Pixels and bytes: "200 x 150 pixels · 12.3 KB"; empty where nobody measured it."""
        if not self.picture.size_bytes and not self.picture.width:
            return ""
        size = bytes_words(self.picture.size_bytes)
        if not self.has_pixels:
            return size
        return f"{self.picture.width:,} x {self.picture.height:,} pixels · {size}"

    @property
    def words(self) -> str:
        """The tile in a sentence, for a screen reader: "cat.1.jpg: Cat, Training"."""
        sentence = ", ".join(filter(None, (f"{self.name}: {self.mark}", self.split)))
        return f"{sentence}. {self.reason}" if self.reason else sentence


def bytes_words(count: int) -> str:
    """A file's size as a person says it: "812 bytes", "12.3 KB", "4.0 MB"."""
    if count < _KILO:
        return f"{count} bytes"
    kilobytes = count / _KILO
    return f"{kilobytes:,.1f} KB" if kilobytes < _KILO else f"{kilobytes / _KILO:,.1f} MB"


class ThumbnailModel(QAbstractListModel):
    """One row a picture, in the order in which they were given."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pictures = PicturePages()
        self._changed: dict[int, Picture] = {}
        self._leaks: Mapping[int, str] = {}
        self._remarks: Remarks = {}

    def set_pictures(self, pictures: PicturePages) -> None:
        """Show other pictures.

        Args:
            pictures: The rows; only those in sight are asked for.
        """
        self.beginResetModel()
        self._pictures, self._changed = pictures, {}
        self.endResetModel()

    def set_notes(self, leaks: Mapping[int, str], remarks: Remarks) -> None:
        """Say what there is to say of pictures.

        Args:
            leaks: By a picture's id, where its copies are, in a sentence.
            remarks: What else there is to say of some of them.
        """
        self._leaks, self._remarks = leaks, remarks

    def replace(self, pictures: Iterable[Picture]) -> None:
        """Show what some of the pictures are now, each in the row that it has."""
        self._changed |= {picture.id: picture for picture in pictures}

    def row_of(self, picture: int) -> int | None:
        """The row of the picture with that id; None where it is not shown."""
        return self._pictures.row_of(picture)

    def id_of(self, row: int) -> int:
        """The id of a row's picture, which need not be read for that."""
        return self._pictures.ids[row]

    def tile(self, row: int) -> Tile:
        """The row's facts."""
        picture = self._pictures[row]
        picture = self._changed.get(picture.id, picture)
        remark = self._remarks.get(picture.id, _NO_REMARK)
        return Tile(picture, self._leaks.get(picture.id, ""), remark)

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:  # noqa: N802 - Qt's name
        """How many pictures there are."""
        return 0 if parent.isValid() else len(self._pictures)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name, tooltip, sentence for a screen reader, or the `Tile`."""
        if not index.isValid():
            return None
        tile = self.tile(index.row())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return tile.name
            case Qt.ItemDataRole.ToolTipRole:
                return _tooltip(tile)
            case Qt.ItemDataRole.AccessibleTextRole:
                return tile.words
            case _ if role == TILE_ROLE:
                return tile
        return None


def _tooltip(tile: Tile) -> str:
    """Wrapped, and in HTML of our own: a name may look like HTML, too."""
    kind = " · ".join(filter(None, (tile.mark, tile.split)))
    lines = (tile.picture.name, kind, tile.measures, tile.reason)
    wrapped = (textwrap.fill(line, _LINE_LETTERS) for line in lines if line)
    return f"<p style='white-space:pre'>{html.escape(chr(10).join(wrapped))}</p>"
