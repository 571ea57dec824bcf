"""What only the whole program can do with somebody else's model: try it, and make a run of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from catdog_gui.model_adding.questions import (
    ModelAnswers,
    ModelQuestions,
    Option,
    Question,
    SizeQuestion,
    Strangers,
)
from training.cancellation import CancelToken
from training.config import RANGES
from training.dataset.picture import CLASSES
from training.events import EventSink
from training.home import Home

if TYPE_CHECKING:
    from training.learning.foreign.facts import ForeignModel, Guess
    from training.learning.foreign.importing import Examined
    from training.runs.taking_in import TakenIn

_BETWEEN = ","
_IN_ALPHABET = "Folders of pictures are read in the order of the alphabet: cat, then dog."
_USUAL_SIZE = "Most of the networks that take any size were trained with this one."


def examine(
    source: Path, home: Home, *, dataset: str = "", emit: EventSink, token: CancelToken
) -> ModelQuestions:
    """See `training.learning.foreign.importing.examine_model`."""
    from training.learning.foreign.importing import examine_model

    examined = examine_model(source, home, dataset=dataset, emit=emit, token=token)
    if dataset:
        return questions_for(source, examined, tried_on=dataset)
    return questions_for(source, examined, could_tell=_dataset_that_tells(home))


def make_run(
    questions: ModelQuestions,
    answers: ModelAnswers,
    home: Home,
    *,
    emit: EventSink,
    token: CancelToken,
) -> TakenIn:
    """See `training.learning.foreign.importing.import_model`."""
    from training.learning.foreign.facts import Adaptation
    from training.learning.foreign.importing import import_model

    order = tuple(answers.order.split(_BETWEEN))
    adaptation = Adaptation(answers.scaling, order, answers.image_size)
    source, sha256 = questions.source, questions.sha256
    return import_model(source, adaptation, home, sha256=sha256, emit=emit, token=token)


STRANGERS = Strangers(examine, make_run)


def questions_for(
    source: Path, examined: Examined, *, could_tell: str = "", tried_on: str = ""
) -> ModelQuestions:
    """What is asked of a model that passed its trial.

    Args:
        source: The user's file.
        examined: What the trial found.
        could_tell: A dataset whose labelled pictures could tell more; empty for none.
        tried_on: The one that it was tried on; empty for none.
    """
    model, guess = examined.model, examined.guess
    return ModelQuestions(
        source=source,
        sha256=model.sha256,
        facts=_facts(model),
        scaling=Question(
            "It wants the levels of its pixels to be",
            tuple(Option(row.key, row.words) for row in model.scalings()),
            guess.scaling,
            f"Probably: {guess.why}.",
        ),
        order=_order(model, guess, tried_on),
        size=None if model.has_own_size else _size(),
        dataset=could_tell,
    )


def _facts(model: ForeignModel) -> tuple[tuple[str, str], ...]:
    from training.learning.foreign.facts import GREY

    colour = "grey" if model.channels == GREY else "in colour"
    size = f"{model.width} x {model.height} pixels" if model.has_own_size else "of any size"
    network = f"{model.layers:,} layers, {model.parameters:,} weights"
    saved_by = (("Saved by", f"Keras {model.keras_version}"),) if model.keras_version else ()
    return (
        ("Network", network),
        ("Pictures", f"{size}, {colour}"),
        ("Answers with", str(model.answer)),
        *saved_by,
    )


def _order(model: ForeignModel, guess: Guess, tried_on: str) -> Question:
    """Of one answer it is asked what a high one means, which the second class stands for."""
    from training.learning.foreign.facts import Answer

    is_one = model.answer in (Answer.SIGMOID, Answer.LOGIT)
    orders = (CLASSES[::-1], CLASSES) if is_one else (CLASSES, CLASSES[::-1])
    return Question(
        "A high answer means" if is_one else "Its first answer stands for",
        tuple(
            Option(_BETWEEN.join(order), name.capitalize())
            for order, name in zip(orders, CLASSES, strict=True)
        ),
        _BETWEEN.join(guess.classes or CLASSES),
        f"Probably: {guess.why}." if guess.classes else _order_words(tried_on),
    )


def _order_words(tried_on: str) -> str:
    tried = f"Pictures of “{tried_on}” do not tell. " if tried_on else ""
    return f"{tried}{_IN_ALPHABET}"


def _size() -> SizeQuestion:
    from training.learning.foreign.guessing import USUAL_SIZE

    allowed = RANGES["image_size"]
    return SizeQuestion(USUAL_SIZE, int(allowed.low), int(allowed.high), _USUAL_SIZE)


def _dataset_that_tells(home: Home) -> str:
    """The dataset with most validation pictures; empty where there are none."""
    from training.dataset.library import list_datasets

    most = max(list_datasets(home), key=lambda info: info.validation, default=None)
    return most.name if most is not None and most.validation else ""
