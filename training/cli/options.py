"""The options that commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from training.cancellation import Cancelled, CancelToken
from training.cli.details import keep_details
from training.cli.output import Output
from training.events import EventSink
from training.home import Home, find_home

HomeOption = Annotated[
    Path | None,
    typer.Option("--home", help="The home folder, instead of CATDOG_HOME.", metavar="DIR"),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")]
RunOption = Annotated[
    str | None,
    typer.Option("--run", help="A run's name; the one that ships unless given.", metavar="R"),
]

_Result = TypeVar("_Result")


class Command:
    """What each command has: a home, an output, a token.

    Args:
        home: The `--home` option.
        as_json: The `--json` option.
    """

    def __init__(self, home: Path | None, *, as_json: bool) -> None:
        self.home: Home = find_home(home)
        self.output = Output(as_json=as_json)
        self.emit: EventSink = self.output.emit
        self.token = CancelToken()

    def run(self, job: Callable[..., _Result], *arguments: object, **named: object) -> _Result:
        """Run a job to its end, with progress on stderr."""
        try:
            return job(*arguments, **({"emit": self.emit, "token": self.token} | named))
        except Cancelled:
            raise
        except Exception as error:
            keep_details(error, self.home)
            raise
        finally:
            self.output.close()
