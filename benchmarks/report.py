"""What a benchmark finds, and how it is written down."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).resolve().parent / "results"


@dataclass(frozen=True)
class Figure:
    """One measured figure against its bar.

    Attributes:
        what: What was measured, with the unit.
        value: The figure.
        bar: What it must reach.
        at_least: Whether the bar is a lower bound; else an upper one.
    """

    what: str
    value: float
    bar: float
    at_least: bool

    @property
    def is_met(self) -> bool:
        """Whether the figure reaches its bar."""
        return self.value >= self.bar if self.at_least else self.value <= self.bar

    def words(self) -> str:
        """The figure in one line."""
        sign = "≥" if self.at_least else "≤"
        verdict = "ok  " if self.is_met else "MISS"
        return f"{verdict} {self.what}: {self.value:.4g} (bar {sign} {self.bar:g})"


def at_least(what: str, value: float, bar: float) -> Figure:
    """A figure with a lower bound."""
    return Figure(what, float(value), bar, at_least=True)


def at_most(what: str, value: float, bar: float) -> Figure:
    """A figure with an upper bound."""
    return Figure(what, float(value), bar, at_least=False)


def publish(name: str, figures: Sequence[Figure], **details: object) -> int:
    """Print the figures, keep them under `benchmarks/results/`, and say whether all bars are met.

    Returns:
        0 if every figure reaches its bar, else 1.
    """
    write_result(name, {"figures": [asdict(figure) for figure in figures], "details": details})
    for figure in figures:
        print(figure.words(), flush=True)
    for key, value in details.items():
        print(f"     {key}: {value}", flush=True)
    return 0 if all(figure.is_met for figure in figures) else 1


def write_result(name: str, content: Mapping[str, object], folder: Path = RESULTS) -> None:
    """Keep what a benchmark found."""
    folder.mkdir(exist_ok=True)
    text = json.dumps(content, indent=2, default=str) + "\n"
    (folder / f"{name}.json").write_text(text, encoding="utf-8")


def read_result(name: str, folder: Path = RESULTS) -> dict[str, Any] | None:
    """What a benchmark found last; None where it never ran."""
    file = folder / f"{name}.json"
    return dict(json.loads(file.read_text(encoding="utf-8"))) if file.is_file() else None


def alternate(
    rounds: int, first: Callable[[], float], second: Callable[[], float]
) -> tuple[list[float], list[float]]:
    """Measure two things in turn, each round in the other order, so that both meet the same noise.

    Returns:
        What each of them returned, round by round.
    """
    found: tuple[list[float], list[float]] = ([], [])
    for number in range(rounds):
        order = ((0, first), (1, second)) if number % 2 == 0 else ((1, second), (0, first))
        for place, measure in order:
            found[place].append(measure())
    return found
