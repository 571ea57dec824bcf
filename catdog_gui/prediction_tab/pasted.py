"""Pictures that have no file of their own: pasted, or dragged out of another program."""

import shutil
import tempfile
import weakref
from pathlib import Path

from PySide6.QtGui import QImage

from training.errors import PictureError


class PastedPictures:
    """Keeps pasted pictures as files for as long as this object lives.

    As files they go through the one decode like any other picture. Their folder is a temporary
    one, made at the first paste and removed with this object, at the latest at the program's end.
    """

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._count = 0

    @property
    def paths(self) -> frozenset[Path]:
        """The files of the pictures that are kept."""
        return frozenset(map(self._place_of, range(1, self._count + 1)))

    def keep(self, image: QImage) -> Path:
        """Save a picture, without loss.

        Args:
            image: What the clipboard or the drag holds.

        Returns:
            A PNG file named "Pasted picture 1.png" and so on.

        Raises:
            PictureError: The picture is empty or cannot be saved.
        """
        path = self._place_of(self._count + 1)
        if image.isNull() or not image.save(str(path), "PNG"):  # type: ignore[call-overload]
            raise PictureError(
                "The pasted picture cannot be kept.", "Save it to a file, then open that file."
            )
        self._count += 1
        return path

    def _place_of(self, number: int) -> Path:
        return self._made_folder() / f"Pasted picture {number}.png"

    def _made_folder(self) -> Path:
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="catdog-"))
            weakref.finalize(self, _remove_folder, self._folder)  # also runs at the program's end
        return self._folder


def _remove_folder(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
