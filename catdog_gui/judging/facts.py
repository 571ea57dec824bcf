"""What a run answered, under the labels that its pictures have now."""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property
from pathlib import Path

from catdog_gui.dataset_tab.found import Journal
from training.dataset.picture import CLASSES, Origin, Picture, State
from training.inference.agreement import Agreement, compare_answers
from training.inference.answers import Answers
from training.inference.evaluation import Metrics, measure_answers
from training.inference.figures import Curve, precision_recall_curve, roc_curve
from training.inference.groups import ALL, Group, corrected, count, members
from training.inference.labelled import Source, SplitSource
from training.runs.lab_book import RunInfo


class Special(Enum):
    """Pictures that are not told by one run's answers."""

    BOTH = auto()
    """Both runs are right."""
    ONLY_FIRST = auto()
    """Only the run that is judged is right."""
    ONLY_SECOND = auto()
    """Only the run that it is compared with is."""
    NONE = auto()
    """Neither of them is."""
    UNREAD = auto()
    """They cannot be read, and do not count."""


Behind = Group | Special
"""The pictures behind a figure."""


@dataclass(frozen=True)
class Choices:
    """What can be judged.

    Attributes:
        runs: Those that are finished.
        sources: Splits that have pictures, and how many they have.
    """

    runs: Sequence[RunInfo]
    sources: Sequence[tuple[SplitSource, int]]


@dataclass(frozen=True)
class Rival:
    """The run that is compared with.

    Attributes:
        run: Which one.
        asked: Its answers under the labels that the pictures had when they were asked.
    """

    run: RunInfo
    asked: Answers


@dataclass(frozen=True)
class Kept:
    """What the catalogue keeps of a dataset that can be put right.

    Attributes:
        dataset: Its name.
        origin: Where it comes from, which tells it from another one of the same name.
        journal: What can be undone and redone.
    """

    dataset: str
    origin: Origin
    journal: Journal


@dataclass(frozen=True)
class Judged:
    """A run on labelled pictures.

    Attributes:
        run: Which one.
        source: Where the pictures are from.
        cautions: Sentences on how far the figures can be trusted.
        pictures: All of them as they are now, by their ids.
        asked: The run's answers under the labels that the pictures had when it was asked.
        kept: The dataset; None for a folder, where nothing can be put right.
        rival: The run that it is compared with.
    """

    run: RunInfo
    source: Source
    cautions: tuple[str, ...]
    pictures: Mapping[int, Picture]
    asked: Answers
    kept: Kept | None = None
    rival: Rival | None = None

    @cached_property
    def answers(self) -> Answers:
        """The answers under the labels of now; what was excluded since is not among them."""
        return corrected(self.asked, self._labels)

    @cached_property
    def theirs(self) -> Answers | None:
        """The same of the run that it is compared with."""
        return None if self.rival is None else corrected(self.rival.asked, self._labels)

    @cached_property
    def is_countable(self) -> bool:
        """Whether both classes are there: without, most figures have no meaning."""
        return len(set(self.answers.labels)) == len(CLASSES)

    @cached_property
    def metrics(self) -> Metrics:
        """The figures that no threshold changes.

        Raises:
            DatasetError: There are not both classes.
        """
        return measure_answers(self.answers)

    @cached_property
    def roc(self) -> Curve:
        """See `roc_curve`."""
        return roc_curve(self.answers)

    @cached_property
    def precision_recall(self) -> Sequence[Curve]:
        """Of cats and of dogs; see `precision_recall_curve`."""
        return [precision_recall_curve(self.answers, name) for name in CLASSES]

    @cached_property
    def agreement(self) -> Agreement | None:
        """What one run gets right and the other does not; None without another."""
        if self.theirs is None or not self.is_countable:
            return None
        return compare_answers(self.answers, self.theirs)

    @cached_property
    def ids(self) -> Mapping[Path, int]:
        """The ids of the pictures by their files."""
        return {picture.path: picture.id for picture in self.pictures.values()}

    @cached_property
    def unread(self) -> Sequence[int]:
        """The ids of the pictures that cannot be read."""
        read = set(self.asked.paths)
        return [row for path, row in self.ids.items() if path not in read]

    def behind(self, behind: Behind, threshold: float) -> Sequence[int]:
        """The ids of the pictures behind a figure, the most surprising first; see `members`."""
        if behind is Special.UNREAD:
            return self.unread
        places = members(self.answers, behind if isinstance(behind, Group) else ALL, threshold)
        paths = [self.answers.paths[place] for place in places.tolist()]
        if isinstance(behind, Special):
            wanted = set(self._side(behind))
            paths = [path for path in paths if path in wanted]
        return [self.ids[path] for path in paths]

    def pictures_of(self, ids: Iterable[int]) -> Sequence[Picture]:
        """The pictures of some ids, as they are now."""
        return [self.pictures[each] for each in ids]

    def count(self, behind: Behind, threshold: float) -> int:
        """How many pictures are behind a figure."""
        if isinstance(behind, Group):
            if behind.depends_on_threshold:
                return count(self.answers, behind, threshold)
            if behind not in self._steady_counts:
                self._steady_counts[behind] = count(self.answers, behind)
            return self._steady_counts[behind]
        return len(self.unread if behind is Special.UNREAD else self._side(behind))

    def with_pictures(self, changed: Iterable[Picture], journal: Journal) -> "Judged":
        """The same after pictures were put right; those of other splits change nothing."""
        new = {picture.id: picture for picture in changed if picture.id in self.pictures}
        kept = None if self.kept is None else dataclasses.replace(self.kept, journal=journal)
        return dataclasses.replace(self, pictures={**self.pictures, **new}, kept=kept)

    @cached_property
    def _steady_counts(self) -> dict[Group, int]:
        """Of groups that no threshold changes, each counted once."""
        return {}

    @cached_property
    def _labels(self) -> Mapping[Path, str]:
        used = (each for each in self.pictures.values() if each.state is State.USED)
        return {picture.path: picture.label for picture in used}

    def _side(self, special: Special) -> Sequence[Path]:
        if self.agreement is None:
            return ()
        sides = {
            Special.BOTH: self.agreement.both,
            Special.ONLY_FIRST: self.agreement.only_first,
            Special.ONLY_SECOND: self.agreement.only_second,
            Special.NONE: self.agreement.none,
        }
        return sides[special]
