"""Problems planted among 4,000 real pictures: how many of each kind a check finds, and invents."""

import io
import random
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, ImageEnhance

from benchmarks.pictures import DATASET, kaggle_home
from benchmarks.report import at_least, at_most, publish
from training.cancellation import CancelToken
from training.config import ImportConfig, SplitConfig
from training.dataset.catalog import CLASSES, Catalog, Split
from training.dataset.finding import LABEL_KINDS, FindingKind
from training.dataset.importing import import_pictures
from training.dataset.library import open_dataset
from training.dataset.split import split_dataset
from training.home import Home
from training.learning.check import CheckResult, check_dataset

PICTURES = 4000
EXACT = NEAR = 200
CUT, EMPTY, SWAPPED = 50, 20, 30
SEED = 11

_OTHER = dict(zip(CLASSES, reversed(CLASSES), strict=True))
_NAME = "planted"


@dataclass
class Planted:
    """What lies where, by names such as "cats/17.jpg".

    Attributes:
        exact: The original of each exact copy.
        near: The original of each near copy.
        damaged: Cut off and empty files.
        swapped: Pictures in the other class's folder.
    """

    exact: dict[str, str] = field(default_factory=dict)
    near: dict[str, str] = field(default_factory=dict)
    damaged: set[str] = field(default_factory=set)
    swapped: set[str] = field(default_factory=set)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        source, home = Path(folder, "pictures"), Home(Path(folder, "home"))
        planted = plant(source, random.Random(SEED))
        silent = {"emit": _ignore, "token": CancelToken()}
        import_pictures(ImportConfig(source, _NAME), home, **silent)  # type: ignore[arg-type]
        result = check_dataset(_NAME, home, **silent)  # type: ignore[arg-type]
        leaks = len(split_dataset(_NAME, SplitConfig(), home, **silent).leaks)  # type: ignore[arg-type]
        with open_dataset(home, _NAME) as catalog:
            groups = _groups(catalog, result)
            straddling = _straddling(catalog, planted)
            suspects = _names(catalog, result, *LABEL_KINDS)
            damaged = set(_names(catalog, result, FindingKind.DAMAGED))
    exact = _found(planted.exact, groups[FindingKind.EXACT])
    near = _found(planted.near, groups[FindingKind.NEAR])
    invented = _invented(groups[FindingKind.NEAR], planted)
    swapped = {first: len(planted.swapped & set(suspects[:first])) for first in (30, 60, 100)}
    return publish(
        _NAME,
        [
            at_least("exact copies found, of 200", exact, EXACT),
            at_least("near copies found, of 200", near, 190),
            at_most("groups of near copies that were not planted", len(invented), 5),
            at_least("damaged files found, of 70", len(damaged & planted.damaged), CUT + EMPTY),
            at_most("leaks of a split by shares", leaks, 0),
            at_most("planted copies in another split than their original", straddling, 0),
        ],
        damaged_that_are_whole=len(damaged - planted.damaged),
        not_planted=invented,
        swapped_labels_in_the_first=swapped,
        suspects=len(suspects),
    )


def plant(folder: Path, dice: random.Random) -> Planted:
    """Lay out real pictures, and what is wrong with some of them."""
    planted = Planted()
    originals = _lay_out(folder, dice, planted)
    chosen = iter(dice.sample(sorted(originals), EXACT + NEAR + CUT + EMPTY))

    def write(kind: str, content: Callable[[bytes, int], bytes], count: int) -> dict[str, str]:
        made = {}
        for number in range(count):
            original = next(chosen)
            name = f"{original.partition('/')[0]}/{kind}-{number}.jpg"
            (folder / name).write_bytes(content((folder / original).read_bytes(), number))
            made[name] = original
        return made

    planted.exact = write("exact", lambda content, _: content, EXACT)
    planted.near = write("near", lambda content, number: _changed(content, number, dice), NEAR)
    cut = write(
        "cut", lambda content, _: content[: len(content) * dice.randint(20, 80) // 100], CUT
    )
    empty = write("empty", lambda _, __: b"", EMPTY)
    planted.damaged = {*cut, *empty}
    return planted


def _lay_out(folder: Path, dice: random.Random, planted: Planted) -> list[str]:
    """Real pictures in class folders, some in the wrong one; returns the names of the others."""
    with open_dataset(kaggle_home(), DATASET) as catalog:
        some = {
            label: dice.sample(catalog.pictures(label=label), PICTURES // 2) for label in CLASSES
        }
    originals: list[str] = []
    for label in CLASSES:
        (folder / f"{label}s").mkdir(parents=True)
    for label, pictures in some.items():
        for number, picture in enumerate(pictures):
            is_swapped = number < SWAPPED // 2
            place = f"{_OTHER[label] if is_swapped else label}s"
            name = f"{place}/of-{label}s-{number}.jpg"
            (folder / name).write_bytes(picture.path.read_bytes())
            if is_swapped:
                planted.swapped.add(name)
            else:
                originals.append(name)
    return originals


def _changed(content: bytes, number: int, dice: random.Random) -> bytes:
    """Saved anew, and resized, brightened, cropped, or all of it: one after another."""
    picture = Image.open(io.BytesIO(content)).convert("RGB")
    change = ("resized", "brightened", "cropped", "all")[number % 4]
    if change in ("cropped", "all"):
        width, height = picture.size
        left, top, right, bottom = (dice.uniform(0, 0.05) for _ in range(4))
        box = (left * width, top * height, (1 - right) * width, (1 - bottom) * height)
        picture = picture.crop(tuple(round(edge) for edge in box))  # type: ignore[arg-type]
    if change in ("resized", "all"):
        scale = dice.uniform(0.5, 1.5)
        picture = picture.resize((round(picture.width * scale), round(picture.height * scale)))
    if change in ("brightened", "all"):
        picture = ImageEnhance.Brightness(picture).enhance(dice.uniform(1.1, 1.4))
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=dice.randint(40, 85))
    return file.getvalue()


def _groups(catalog: Catalog, result: CheckResult) -> Mapping[FindingKind, Mapping[str, set[str]]]:
    """The members of each group of copies, by kind and by group."""
    pictures = catalog.pictures_with_findings()
    groups: dict[FindingKind, dict[str, set[str]]] = {FindingKind.EXACT: {}, FindingKind.NEAR: {}}
    for finding in result.findings:
        if finding.kind in groups and finding.picture is not None:
            members = groups[finding.kind].setdefault(finding.group, set())
            members.add(pictures[finding.picture].name)
    return groups


def _found(planted: Mapping[str, str], groups: Mapping[str, set[str]]) -> int:
    """How many copies are in one group with their original."""
    return sum(
        any({copy, original} <= members for members in groups.values())
        for copy, original in planted.items()
    )


def _invented(groups: Mapping[str, set[str]], planted: Planted) -> list[list[str]]:
    """Groups that hold anything but one original and its copies."""
    family = {name: name for name in (*planted.near.values(), *planted.exact.values())}
    family |= planted.near | planted.exact
    return [
        sorted(members)
        for members in groups.values()
        if len({family.get(name, name) for name in members}) > 1
    ]


def _straddling(catalog: Catalog, planted: Planted) -> int:
    splits: dict[str, Split | None] = {p.name: p.split for p in catalog.pictures()}
    copies = planted.exact | planted.near
    return sum(splits[copy] is not splits[original] for copy, original in copies.items())


def _names(catalog: Catalog, result: CheckResult, *kinds: FindingKind) -> list[str]:
    pictures = catalog.pictures_with_findings()
    return [
        pictures[finding.picture].name
        for finding in result.findings
        if finding.kind in kinds and finding.picture is not None
    ]


def _ignore(event: object) -> None:
    """Benchmarks look at what comes out, not at events."""


if __name__ == "__main__":
    raise SystemExit(main())
