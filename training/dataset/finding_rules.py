"""What is wrong with a picture that can be told from its look alone, as a table of rules.

The limits are round numbers that set apart a few in a thousand of the photographs at hand; blurring
these (200 pixels wide) by 3 pixels takes three in four of them below `_LEAST_SHARPNESS`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from training.dataset.finding import Finding, FindingKind
from training.dataset.looks import Look
from training.dataset.picture import CLASSES, Picture

_LEAST_BRIGHTNESS = 0.1
_LEAST_INFORMATION = 3.0  # bits; most photographs have 6 to 8
_LEAST_SHARPNESS = 0.08
_LEAST_SIDE = 32
_MOST_STRETCHED = 4.0
_MOST_UNEVEN = 1.5  # times as many pictures of one class as of the other

_SUFFIXES: Mapping[str, tuple[str, ...]] = {
    "JPEG": (".jpg", ".jpeg", ".jpe", ".jfif"),
    "MPO": (".jpg", ".jpeg", ".jpe", ".jfif"),  # a JPEG that holds more pictures, as phones write
    "PNG": (".png",),
    "BMP": (".bmp",),
    "GIF": (".gif",),
    "WEBP": (".webp",),
    "TIFF": (".tif", ".tiff"),
    "AVIF": (".avif",),
}
_USUAL_MODES = ("RGB", "RGBA", "L", "LA", "P", "1")


@dataclass(frozen=True)
class Verdict:
    """What a rule says of a picture.

    Attributes:
        score: How bad it is, in [0, 1].
        reason: Why, in a sentence.
    """

    score: float
    reason: str


Rule = Callable[[Picture, Look], Verdict | None]


def judge_looks(pictures: Iterable[Picture], looks: Mapping[str, Look]) -> Iterator[Finding]:
    """Apply each rule to each picture whose look is known.

    Args:
        pictures: Any pictures.
        looks: By the sha256 of a picture.
    """
    for picture in pictures:
        look = looks.get(picture.sha256)
        for kind, rule in RULES.items() if look else ():
            verdict = rule(picture, look) if look else None
            if verdict is not None:
                yield Finding(kind, picture.id, verdict.score, verdict.reason, picture.label)


def judge_balance(counts: Mapping[str, int]) -> Iterator[Finding]:
    """Say whether there are many more used pictures of one class than of the other.

    Args:
        counts: How many used pictures each class has.
    """
    (many, most), (few, least) = sorted(
        ((label, counts.get(label, 0)) for label in CLASSES), key=lambda row: -row[1]
    )
    if most >= _MOST_UNEVEN * least and most > 0:
        yield Finding(
            FindingKind.IMBALANCE,
            None,
            score=most / (most + least),
            reason=(
                f"There are {most:,} {many}s and {least:,} {few}s: a network that always says "
                f"{many} is right {most / (most + least):.0%} of the time."
            ),
        )


def _little_in_it(_: Picture, look: Look) -> Verdict | None:
    if look.information >= _LEAST_INFORMATION:
        return None
    return Verdict(
        1 - look.information / _LEAST_INFORMATION,
        f"There is little in it: {look.information:.1f} bits in its grey levels, where most "
        "photographs have 6 to 8.",
    )


def _dark(_: Picture, look: Look) -> Verdict | None:
    if look.brightness >= _LEAST_BRIGHTNESS:
        return None
    return Verdict(
        1 - look.brightness / _LEAST_BRIGHTNESS,
        f"It is almost black: {look.brightness:.0%} of full brightness on average.",
    )


def _blurred(_: Picture, look: Look) -> Verdict | None:
    if look.sharpness >= _LEAST_SHARPNESS or look.information < _LEAST_INFORMATION:
        return None
    return Verdict(1 - look.sharpness / _LEAST_SHARPNESS, "It is blurred, or has no fine parts.")


def _tiny(picture: Picture, _: Look) -> Verdict | None:
    side = min(picture.width, picture.height)
    if side >= _LEAST_SIDE:
        return None
    return Verdict(
        1 - side / _LEAST_SIDE, f"It is tiny: {picture.width} x {picture.height} pixels."
    )


def _stretched(picture: Picture, _: Look) -> Verdict | None:
    short, long = sorted((picture.width, picture.height))
    if long <= _MOST_STRETCHED * short:
        return None
    way = "wide as high" if picture.width > picture.height else "high as wide"
    return Verdict(
        1 - short / long,
        f"It is {long / short:.1f} times as {way}, and a network sees it squeezed into a square.",
    )


def _odd_format(picture: Picture, look: Look) -> Verdict | None:
    suffix = PurePosixPath(picture.name).suffix.lower()
    if suffix not in _SUFFIXES.get(look.format, (suffix,)):
        return Verdict(1.0, f"Its name ends in {suffix}, and it is {look.format}.")
    if look.frames > 1 and look.format != "MPO":
        return Verdict(0.5, f"It holds {look.frames:,} pictures; only the first is used.")
    if look.mode not in _USUAL_MODES:
        return Verdict(0.25, f"Its colours are stored as {look.mode}; they are converted.")
    return None


RULES: Mapping[FindingKind, Rule] = {
    FindingKind.EMPTY: _little_in_it,
    FindingKind.DARK: _dark,
    FindingKind.BLURRED: _blurred,
    FindingKind.TINY: _tiny,
    FindingKind.SHAPE: _stretched,
    FindingKind.FORMAT: _odd_format,
}
"""What each kind of finding is told by."""
