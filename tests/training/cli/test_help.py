"""Each command explains itself."""

from collections.abc import Iterator
from typing import Any

import typer

from training.cli.app import app


def commands(group: Any, path: str = "catdog") -> Iterator[tuple[str, Any]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


def test_every_command_option_and_argument_is_explained() -> None:
    found = dict(commands(typer.main.get_command(app)))
    assert {"catdog train", "catdog data import", "catdog runs compare"} <= found.keys()
    unexplained = [
        f"{path} {parameter.name}"
        for path, command in found.items()
        for parameter in command.params
        if not getattr(parameter, "help", None)
    ]
    assert unexplained == []
    assert all(command.help for command in found.values())
