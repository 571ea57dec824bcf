"""Which folder of a source shows which class: what names say, what is asked, what was answered."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from training.config import LEAVE_OUT, NEITHER
from training.dataset import naming
from training.dataset.decode import Pixels
from training.dataset.picture import CLASSES
from training.dataset.scan import Candidate, LeftOut, Scan
from training.errors import ConfigError, DatasetError

MOST_ASKED = 150
"""Of more folders that say no class nothing is asked: they are somebody's whole collection."""

_NAMED = 6  # of folders in a sentence
_SOURCE_ITSELF = ""
_ZIP_SUFFIX = ".zip"


@dataclass(frozen=True)
class ClassFolder:
    """Pictures of a source that have in common what says their class, or that nothing does.

    Attributes:
        source: The zip or folder.
        place: The folder inside it, with slashes, empty for the source itself; for names that begin
            with a class's word, that with a star, such as "train/cat*".
        pictures: How many they are.
        label: The class that the place states; empty where it states none.
        shown: What they show, one of `FOLDER_CLASSES`: as stated, as answered, or else a guess.
        is_clear: Whether that needs no asking.
        examples: Some of them, small: uint8 (height, width, 3); only where they were asked for.
    """

    source: Path
    place: str
    pictures: int
    label: str
    shown: str
    is_clear: bool
    examples: tuple[Pixels, ...] = field(default=(), compare=False)

    @property
    def key(self) -> str:
        """Names it among all folders of all sources."""
        return f"{self.source.as_posix()}/{self.place}".rstrip("/")

    @property
    def name(self) -> str:
        """What it is called: its own name without the folders above it, or the source's."""
        own = self.place.rpartition("/")[2] or self.source.name
        return own.replace(naming.ANY_REST, "…")

    def is_meant_by(self, words: str) -> bool:
        """Whether that is its key, its place, or its name, in any case."""
        names = (self.key, self.place or self.source.name, self.place.rpartition("/")[2], self.name)
        return words.rstrip("/").casefold() in {name.casefold() for name in names if name}


class UnclearFoldersError(DatasetError):
    """Folders that do not say which class their pictures show.

    Args:
        folders: All folders of the sources, also those that say it.
    """

    def __init__(self, folders: Sequence[ClassFolder]) -> None:
        unclear = [each for each in folders if not each.is_clear]
        names = [f"“{each.name}” ({each.pictures:,})" for each in unclear[:_NAMED]]
        rest = f" and {len(unclear) - _NAMED:,} more" if len(unclear) > _NAMED else ""
        super().__init__(
            "It is not clear whether the pictures in these folders show cats or dogs: "
            f"{', '.join(names)}{rest}.",
            f"Say it of each, such as --class “{unclear[0].name}=cat”; or {NEITHER}, {LEAVE_OUT}.",
        )
        self.folders = tuple(folders)


def folders_of(source: Path, scan: Scan, answers: Mapping[str, str]) -> list[ClassFolder]:
    """The folders of a source, by their place.

    Args:
        source: The zip or folder.
        scan: What it holds.
        answers: What folders show; see `ImportConfig.classes`.
    """
    counts = Counter((each.place_of_class, each.label) for each in scan.candidates)
    stated = [place for place, label in counts if label]
    own = "" if stated else _class_of_source(source)
    found: list[ClassFolder] = []
    for (place, label), count in sorted(counts.items(), key=lambda item: item[0][0]):
        says = label or own
        is_clear = bool(says) or _is_beside(place, stated)
        shown = says or (LEAVE_OUT if is_clear else _guess(source, place))
        found.append(_answered(ClassFolder(source, place, count, label, shown, is_clear), answers))
    return found


def refuse_unclear(
    folders: Sequence[ClassFolder], answers: Iterable[str], *, needs_both: bool
) -> None:
    """Refuse folders of which somebody has to say what they show.

    Args:
        folders: Those of all sources.
        answers: The folders that something was said of.
        needs_both: Whether they have to bring both classes by themselves.

    Raises:
        UnclearFoldersError: Some are not clear, and asking helps.
        ConfigError: Something was said of a folder that there is not.
    """
    _refuse_unknown(folders, answers)
    unclear = [each for each in folders if not each.is_clear]
    clear_classes = {each.shown for each in folders if each.is_clear} & set(CLASSES)
    can_help = len(clear_classes) + len(unclear) >= len(CLASSES) or not needs_both
    if can_help and 0 < len(unclear) <= MOST_ASKED:
        raise UnclearFoldersError(folders)


def settled(folders: Iterable[ClassFolder]) -> list[ClassFolder]:
    """The folders as they are taken where nothing was asked: what is not clear is left out."""
    return [each if each.is_clear else replace(each, shown=LEAVE_OUT) for each in folders]


def as_shown(scan: Scan, folders: Collection[ClassFolder]) -> Scan:
    """The pictures with the classes that their folders show; those left out are counted."""
    shown = {each.place: each.shown for each in folders}
    left_out = Counter(scan.left_out)
    taken: list[Candidate] = []
    for candidate in scan.candidates:
        answer = shown[candidate.place_of_class]
        if answer == LEAVE_OUT:
            left_out[LeftOut.LEFT_OUT if candidate.label else LeftOut.NO_CLASS] += 1
        elif answer == NEITHER:
            taken.append(replace(candidate, label=CLASSES[0], is_neither=True))
        else:
            taken.append(replace(candidate, label=answer))
    arranged = Scan(taken, left_out)
    arranged.arrange()
    return arranged


def may_be_mistaken(folders: Iterable[ClassFolder]) -> bool:
    """Whether one was taken for something that its name does not begin with, as "gato" is."""
    return any(
        each.shown != LEAVE_OUT and not each.name.casefold().startswith(each.shown)
        for each in folders
    )


def mapping_words(folders: Iterable[ClassFolder]) -> str:
    """What folders were taken for: "cats → cat 1,204 · gato → cat 7"; the largest come first."""
    counts: Counter[tuple[str, str]] = Counter()
    for each in folders:
        if each.shown != LEAVE_OUT:
            counts[each.name, each.shown] += each.pictures
    words = [f"{name} → {shown} {count:,}" for (name, shown), count in counts.most_common()]
    rest = [f"{len(words) - _NAMED:,} more folders"] if len(words) > _NAMED else []
    return " · ".join(words[:_NAMED] + rest)


def _class_of_source(source: Path) -> str:
    is_zip = source.suffix.lower() == _ZIP_SUFFIX
    return naming.class_named(source.stem if is_zip else source.name) or ""


def _answered(folder: ClassFolder, answers: Mapping[str, str]) -> ClassFolder:
    for name, shown in answers.items():
        if folder.is_meant_by(name):
            return replace(folder, shown=shown, is_clear=True)
    return folder


def _guess(source: Path, place: str) -> str:
    for folder in reversed([source.name, *place.split("/")]):
        classes = naming.classes_in(folder)
        if len(classes) == 1:
            return classes.pop()
        if classes:
            break
    return LEAVE_OUT


def _is_beside(place: str, stated: Collection[str]) -> bool:
    """Whether pictures without a class lie there as strays do: around those that have one.

    Those of a folder such as `test1` have none on purpose.
    """
    above = f"{place}/" if place else _SOURCE_ITSELF
    return any(each.startswith(above) for each in stated) or naming.is_without_classes(
        place.rpartition("/")[2]
    )


def _refuse_unknown(folders: Sequence[ClassFolder], answers: Iterable[str]) -> None:
    for name in answers:
        if not any(each.is_meant_by(name) for each in folders):
            there = [each.name for each in folders]
            rest = " …" if len(there) > _NAMED else ""
            raise ConfigError(
                "classes",
                f"No folder of the pictures is named “{name}”.",
                f"There are: {', '.join(there[:_NAMED])}{rest}.",
            )
