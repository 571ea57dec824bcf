"""`catdog import-model`: a Keras model of somebody else becomes a run."""

import dataclasses
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from training.cli.options import Command, HomeOption, JsonOption
from training.dataset.picture import CLASSES
from training.errors import ConfigError
from training.learning.foreign.facts import ANY_SIZE, SCALINGS, Adaptation, ForeignModel, Guess
from training.learning.foreign.guessing import USUAL_SIZE
from training.learning.foreign.importing import Examined, examine_model, import_model
from training.runs.taking_in import TakenIn


def import_model_command(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A .keras or an .h5 file, whatever its name.")
    ],
    scaling: Annotated[
        str | None,
        typer.Option(help=f"What it wants pixels to become, one of: {', '.join(SCALINGS)}."),
    ] = None,
    classes: Annotated[
        str | None,
        typer.Option(help="The order of its answers: cat,dog or dog,cat.", metavar="A,B"),
    ] = None,
    image_size: Annotated[
        int,
        typer.Option(help="Side of its pictures in pixels, where it takes any.", min=0),
    ] = ANY_SIZE,
    data: Annotated[
        str, typer.Option("--data", help="A dataset whose validation pictures help to guess.")
    ] = "",
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Make a run of a Keras model that somebody else trained; the file stays as it is.

    Without --scaling or --classes it says what the model is, and what they probably are.
    """
    command = Command(home, as_json=json)
    if scaling is None or classes is None:
        examined: Examined = command.run(examine_model, file, command.home, dataset=data)
        _ask(command, file, examined, scaling=scaling, classes=classes, image_size=image_size)
    adaptation = Adaptation(scaling, tuple(classes.split(",")), image_size)
    taken: TakenIn = command.run(import_model, file, adaptation, command.home)
    verb = "was there already" if taken.was_there else "is added"
    command.output.result(
        {"run": taken.info.run, "was_there": taken.was_there}, f"The run {taken.info.run} {verb}."
    )


def _ask(
    command: Command,
    file: Path,
    examined: Examined,
    *,
    scaling: str | None,
    classes: str | None,
    image_size: int,
) -> NoReturn:
    """Say what the model is, and the words to add; nothing is taken for granted."""
    model, guess = examined.model, examined.guess
    command.output.result(
        {"model": dataclasses.asdict(model), "guess": dataclasses.asdict(guess)},
        _model_words(model),
    )
    order = ",".join(guess.classes or CLASSES)
    words = [f"--scaling {scaling or guess.scaling}", f"--classes {classes or order}"]
    if not model.has_own_size:
        words.append(f"--image-size {image_size or USUAL_SIZE}")
    missing = "scaling" if scaling is None else "classes"
    raise ConfigError(
        missing,
        f"{file.name} does not say {_missing_words(scaling, classes)}.",
        f"Probably: {' '.join(words)} ({_reasons(guess)}). Add that if it is right.",
    )


def _missing_words(scaling: str | None, classes: str | None) -> str:
    missing = ["how its pixels are scaled"] if scaling is None else []
    if classes is None:
        missing.append("which answer is the cat and which the dog")
    return ", or ".join(missing)


def _reasons(guess: Guess) -> str:
    if guess.classes:
        return guess.why
    return (
        f"{guess.why}; the order is that of the alphabet, which folders of pictures give; "
        "--data NAME tries it on labelled pictures"
    )


def _model_words(model: ForeignModel) -> str:
    size = f"{model.width} x {model.height}" if model.has_own_size else "any size"
    colour = "colour" if model.channels > 1 else "grey"
    return (
        f"{model.name}: {model.layers:,} layers, {model.parameters:,} parameters; takes {colour} "
        f"pictures of {size}; gives {model.answer}."
    )
