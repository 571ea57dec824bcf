"""What somebody else's model leaves open, and what its user says.

What looks at such models is in `catdog_gui.keras_models`; the Viewer has nothing of the kind.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from training.cancellation import CancelToken
from training.events import EventSink
from training.home import Home

if TYPE_CHECKING:
    from training.runs.taking_in import TakenIn

OWN_SIZE = 0
"""Instead of an image size: the model says itself how large its pictures are."""


@dataclass(frozen=True)
class Option:
    """One of the answers to a question.

    Attributes:
        key: Names it.
        words: Says it.
    """

    key: str
    words: str


@dataclass(frozen=True)
class Question:
    """Something that must be said of a model.

    Attributes:
        title: What is asked.
        options: The answers that there are.
        guess: The key of the one that is probable.
        why: Why it is, in a sentence.
    """

    title: str
    options: tuple[Option, ...]
    guess: str
    why: str


@dataclass(frozen=True)
class SizeQuestion:
    """How large the pictures of a model are that takes any.

    Attributes:
        guess: The side that is probable, in pixels.
        least: The smallest side that can be chosen.
        most: The largest.
        why: Why the guess is probable, in a sentence.
    """

    guess: int
    least: int
    most: int
    why: str


@dataclass(frozen=True)
class ModelQuestions:
    """A model that passed its trial, and what its user must say of it.

    Attributes:
        source: The user's file.
        sha256: Of its bytes as they were tried, in hexadecimal.
        facts: What is known of it: what each is called, and what it is.
        scaling: What it wants pixels to become.
        order: Which of its answers is the cat and which the dog; the option for the cat is first.
        size: Asked of a model that takes pictures of any size alone.
        dataset: Labelled pictures that could tell; empty where there are none.
    """

    source: Path
    sha256: str
    facts: tuple[tuple[str, str], ...]
    scaling: Question
    order: Question
    size: SizeQuestion | None = None
    dataset: str = ""


@dataclass(frozen=True)
class ModelAnswers:
    """What the user says.

    Attributes:
        scaling: The key of an option.
        order: Likewise.
        image_size: Side of its pictures, in pixels, or `OWN_SIZE`.
    """

    scaling: str
    order: str
    image_size: int = OWN_SIZE


class Examine(Protocol):
    """Tries somebody else's model, in a job's thread."""

    def __call__(
        self, source: Path, home: Home, *, dataset: str = "", emit: EventSink, token: CancelToken
    ) -> ModelQuestions:
        """Raise a `UserError` where it is refused; guess by a dataset's pictures if named."""


class MakeRun(Protocol):
    """Makes a run of somebody else's model, in a job's thread."""

    def __call__(
        self,
        questions: ModelQuestions,
        answers: ModelAnswers,
        home: Home,
        *,
        emit: EventSink,
        token: CancelToken,
    ) -> TakenIn:
        """Raise a `UserError` where it is refused."""


@dataclass(frozen=True)
class Strangers:
    """What looks at somebody else's models; both are called in one job at a time."""

    examine: Examine
    make_run: MakeRun
