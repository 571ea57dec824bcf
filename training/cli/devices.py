"""`catdog devices`: what a training computes on, and why not something better."""

from typing import Annotated

import typer

from training.cli.options import Command, HomeOption, JsonOption
from training.learning.devices import load_tensorflow
from training.learning.doctor import diagnose, facts_of, report, versions_line
from training.learning.machine import machine_facts

LoadOption = Annotated[
    bool, typer.Option("--load", help="Load TensorFlow and ask it, too; takes some seconds.")
]


def devices_command(
    load: LoadOption = False, home: HomeOption = None, json: JsonOption = False
) -> None:
    """Say what a training computes on, why not on something better, and what to do about it."""
    command = Command(home, as_json=json)
    diagnosis = diagnose(machine_facts(), _seen(command) if load else None)
    if not json:
        command.output.result({}, f"{versions_line()}\n{report(diagnosis)}")
        return
    for facts in facts_of(diagnosis):
        command.output.result(facts, "")


def _seen(command: Command) -> tuple[str, ...]:
    load_tensorflow(command.emit)
    from training.learning.computing import seen_gpus

    return seen_gpus()
