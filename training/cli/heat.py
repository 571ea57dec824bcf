"""`catdog explain`: where in a picture its verdict comes from."""

import dataclasses
from pathlib import Path
from typing import Annotated

import typer

from training import atomic
from training.cli.options import Command, HomeOption, JsonOption, RunOption
from training.dataset.decode import decode
from training.errors import ConfigError
from training.inference.classifier import Classifier
from training.inference.heat import DEFAULT_OPACITY, OPACITY, HeatMap, paint
from training.learning.explaining import explain
from training.runs.lab_book import find_finished

_SUFFIXES = (".png", ".jpg", ".jpeg", ".webp")


def explain_command(
    picture: Annotated[Path, typer.Argument(metavar="FILE", help="The picture.")],
    output: Annotated[Path, typer.Option("--output", help="The picture with its heat-map.")],
    run: RunOption = None,
    opacity: Annotated[
        float, typer.Option(help="Of the strongest place, from 0 to 1.")
    ] = DEFAULT_OPACITY,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Paint where a verdict comes from: orange speaks for a dog, blue for a cat."""
    OPACITY.check("opacity", opacity)
    if output.suffix.lower() not in _SUFFIXES:
        raise ConfigError(
            "output", f"“{output.name}” is no name of a picture.", "Let it end in .png."
        )
    command = Command(home, as_json=json)
    folder = find_finished(command.home, run).folder
    image = decode(picture)
    heat: HeatMap = command.run(explain, picture, folder)
    (verdict,) = Classifier.load(folder).classify([picture])
    with atomic.replacing(output) as temporary:
        paint(image, heat, opacity).save(temporary)
    command.output.result(
        {**dataclasses.asdict(verdict), "method": heat.method, "output": str(output)},
        f"{output}: {verdict.verdict}, by its {heat.method}.",
    )
