"""The table of commands, and the one place where a failure becomes an exit status."""

import io
import os
import sys
from collections.abc import Sequence

import typer

from training.cli import (
    apply,
    data,
    devices,
    foreign,
    heat,
    kaggle,
    learn,
    report,
    runs,
    share,
    submission,
)
from training.errors import ConfigError, explain
from training.version import version_words

DONE, FAILED, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130

app = typer.Typer(
    name="catdog",
    help=(
        "Learns to tell cats from dogs. Without a command it opens the window, where it classifies "
        "the files and folders that are named, with --home DIR or not; with --selftest alone it "
        "checks that this installation works."
    ),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
data.app.command("download")(kaggle.download_command)
data.app.command("token")(kaggle.token_command)
app.add_typer(data.app, name="data")
app.command("train")(learn.train_command)
app.command("rate")(learn.rate_command)
app.command("evaluate")(apply.evaluate_command)
app.command("report")(report.report_command)
app.command("classify")(apply.classify_command)
app.command("explain")(heat.explain_command)
app.command("submit")(submission.submit_command)
app.command("export")(share.export_command)
app.command("share")(share.share_command)
app.command("import-model")(foreign.import_model_command)
app.command("devices")(devices.devices_command)
app.command("presets")(learn.presets_command)
app.add_typer(runs.runs_app, name="runs")


@app.callback(invoke_without_command=True)
def _root(
    version: bool = typer.Option(False, "--version", help="Say version and commit."),
) -> None:
    if version:
        typer.echo(version_words())
        raise typer.Exit


def main(argv: Sequence[str]) -> int:
    """Run a command.

    Args:
        argv: The words after the program's name.

    Returns:
        0 done, 1 the job failed with a message, 2 wrong usage, 130 interrupted from the keyboard.
    """
    _let_any_name_be_printed()
    try:
        status = app(args=list(argv), standalone_mode=False)  # Typer's own: 130 on Ctrl-C
        return status if isinstance(status, int) else DONE
    except typer.TyperException as error:
        if words := error.format_message():  # empty where the help was shown instead
            _say(words)
        return WRONG_USAGE
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last door: a sentence, never a traceback
        return _fail(error)


def _let_any_name_be_printed() -> None:
    """A file's name may hold what the terminal's encoding does not: it is shown escaped."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def _fail(error: Exception) -> int:
    text = explain(error)
    _say(f"{text.message} {text.hint}")
    if "CATDOG_DEBUG" in os.environ:
        raise error
    return WRONG_USAGE if isinstance(error, ConfigError) else FAILED


def _say(sentence: str) -> None:
    print(f"catdog: {sentence}", file=sys.stderr)  # noqa: T201
