"""Pictures that have numbers instead of classes: a competition's test set."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from training.cancellation import CancelToken
from training.dataset import naming
from training.dataset.archive import LIMITS, open_archive, refuse_unreadable
from training.dataset.archive_members import read_member, unpack_member
from training.dataset.zip_directory import Entry
from training.errors import DatasetError, PictureError

_TRAINING_WORD = "train"


@dataclass(frozen=True)
class NumberedPicture:
    """A picture and its number.

    Attributes:
        number: The number in its name.
        name: Its path inside the source.
        place: The file itself, or the archive that it is in.
        entry: Where it is in that archive; None for a file.
    """

    number: int
    name: str
    place: Path
    entry: Entry | None = None

    def content(self) -> bytes:
        """The file's bytes.

        Raises:
            PictureError: It cannot be read, or is damaged in its archive.
        """
        try:
            if self.entry is None:
                return self.place.read_bytes()
            with self.place.open("rb") as file:
                return read_member(file, self.entry)
        except OSError as error:
            raise PictureError(
                f"The file cannot be read ({error.strerror}).", "Check that it is still there."
            ) from error


def numbered_pictures(source: Path, unpack_to: Path, token: CancelToken) -> list[NumberedPicture]:
    """The numbered pictures of a folder or a zip, by number; one a number.

    Kaggle's archive holds the training pictures as well: pictures that state a class are passed
    by where there are others.

    Args:
        source: A folder, or a zip such as test1.zip, or one that holds it.
        unpack_to: A folder that takes inner zips; the caller deletes it.
        token: Checked while files are listed and unpacked.

    Raises:
        Cancelled: The user cancelled.
        ArchiveError: The zip is damaged or not safe.
        DatasetError: There is no such picture, or two have the same number.
    """
    if not source.exists():
        raise DatasetError(f"There is no {source}.", "Check its name.")
    if source.is_dir():
        found = list(_in_folder(source, token))
    else:
        found = [*_in_zip(source, token), *_in_inner_zips(source, unpack_to, token)]
    pictures = sorted(_without_classes(found), key=lambda picture: picture.number)
    _refuse_ambiguous(pictures, source)
    return pictures


def _in_folder(folder: Path, token: CancelToken) -> Iterator[NumberedPicture]:
    for path in folder.rglob("*"):
        token.raise_if_cancelled()
        name = path.relative_to(folder).as_posix()
        number = _number(name)
        if number is not None and path.is_file():
            yield NumberedPicture(number, name, path)


def _in_zip(archive: Path, token: CancelToken) -> Iterator[NumberedPicture]:
    entries = open_archive(archive, LIMITS).entries
    token.raise_if_cancelled()
    pictures = [
        NumberedPicture(number, entry.name, archive, entry)
        for entry in entries
        if (number := _number(entry.name)) is not None and entry.real_bytes <= LIMITS.picture_bytes
    ]
    refuse_unreadable([picture.entry for picture in pictures if picture.entry])
    yield from pictures


def _in_inner_zips(source: Path, unpack_to: Path, token: CancelToken) -> Iterator[NumberedPicture]:
    zips = [each for each in open_archive(source, LIMITS).entries if _is_zip(each.name)]
    wanted = [each for each in zips if _TRAINING_WORD not in each.name.lower()] or zips
    refuse_unreadable(wanted)
    with source.open("rb") as file:
        for place, entry in enumerate(wanted):
            target = unpack_to / f"{place}.zip"
            unpack_member(file, entry, target, on_bytes=lambda _: token.raise_if_cancelled())
            yield from _in_zip(target, token)


def _without_classes(found: Iterable[NumberedPicture]) -> Sequence[NumberedPicture]:
    every = list(found)
    return [each for each in every if naming.label_of(each.name.split("/")) is None] or every


def _refuse_ambiguous(pictures: Sequence[NumberedPicture], source: Path) -> None:
    if not pictures:
        raise DatasetError(
            f"There are no numbered pictures in {source.name}.",
            "Choose Kaggle's test1.zip, or a folder of pictures named 1.jpg, 2.jpg and so on.",
        )
    number, times = Counter(each.number for each in pictures).most_common(1)[0]
    if times > 1:
        one, other, *_ = (each.name for each in pictures if each.number == number)
        raise DatasetError(
            f"{one} and {other} have the same number.",
            "Each row of a submission is one number: choose a folder in which each occurs once.",
        )


def _number(name: str) -> int | None:
    parts = name.split("/")
    if naming.is_hidden(parts) or not naming.is_picture_name(parts[-1]):
        return None
    return naming.number_of(parts[-1])


def _is_zip(name: str) -> bool:
    parts = name.split("/")
    return naming.is_archive_name(parts[-1]) and not naming.is_hidden(parts)
