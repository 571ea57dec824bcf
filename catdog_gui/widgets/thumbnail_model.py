"""The pictures of a gallery, for any view."""

import html
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

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
class Tile:
    """A picture as the gallery shows it.

    Attributes:
        picture: Its row of the catalogue.
        leak: Where its copies are, in a sentence; empty where it is no leak.
    """

    picture: Picture
    leak: str = ""

    @property
    def name(self) -> str:
        """The file's name without its folders."""
        return self.picture.name.rpartition("/")[2]

    @property
    def meaning(self) -> str:
        """The colour with meaning and the icon that go with `mark`: the class, or "warning"."""
        return self.picture.label if self.picture.state is State.USED else "warning"

    @property
    def mark(self) -> str:
        """The class in a word, or why the picture takes no part."""
        if self.picture.state is State.USED:
            return _CLASS_WORDS[self.picture.label]
        return _STATE_WORDS[self.picture.state]

    @property
    def split(self) -> str:
        """The split in a word; empty where the picture is in none or takes no part."""
        split = self.picture.split
        takes_part = split is not None and self.picture.state is State.USED
        return SPLIT_WORDS[split] if split is not None and takes_part else ""

    @property
    def reason(self) -> str:
        """What is wrong with the picture, in a sentence; empty where nothing is."""
        return self.picture.reason or self.leak

    @property
    def has_pixels(self) -> bool:
        """Whether it can be shown; of a quarantined picture not even the file is sure."""
        return self.picture.state is not State.QUARANTINED

    @property
    def measures(self) -> str:
        """Pixels and bytes: "200 x 150 pixels · 12.3 KB"."""
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
        self._pictures: Sequence[Picture] = ()
        self._leaks: Mapping[int, str] = {}

    def set_pictures(self, pictures: Sequence[Picture], leaks: Mapping[int, str]) -> None:
        """Show other pictures.

        Args:
            pictures: The rows.
            leaks: By a picture's id, where its copies are, in a sentence.
        """
        self.beginResetModel()
        self._pictures = pictures
        self._leaks = leaks
        self.endResetModel()

    def tile(self, row: int) -> Tile:
        """The row's facts."""
        picture = self._pictures[row]
        return Tile(picture, self._leaks.get(picture.id, ""))

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
