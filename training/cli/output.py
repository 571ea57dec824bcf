"""What a command says: results on stdout, progress and troubles on stderr."""

import contextlib
import json
import sys
import time
from collections.abc import Mapping
from typing import Any, TextIO

from training.events import (
    EpochEnded,
    Event,
    NetworkBuilt,
    Noticed,
    PictureQuarantined,
    RunStarted,
)
from training.progress import StageState, StageTracker, progress_words

_TERMINAL_SECONDS = 0.1
_LOG_SECONDS = 5.0
_CLEAR_LINE = "\r\x1b[K"


class Output:
    """Prints for people, or one JSON object a line for programs.

    Args:
        as_json: Whether stdout gets JSON lines instead of sentences.
    """

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json
        self._progress = ProgressLine(sys.stderr)

    def result(self, facts: Mapping[str, Any], words: str) -> None:
        """One line of result: the facts for programs, or the words for people."""
        self._progress.clear()
        print(json.dumps(facts) if self._as_json else words, flush=True)  # noqa: T201

    def emit(self, event: Event) -> None:
        """The command line's event sink."""
        match event:
            case Noticed(message):
                self._progress.say(message)
            case PictureQuarantined(path, reason):
                self._progress.say(f"Quarantined: {path}: {reason}")
            case NetworkBuilt(_, summary) if not self._as_json:
                self._progress.say(summary)
            case RunStarted():
                self._progress.say(_started_words(event))
            case _:
                self._progress.follow(event)

    def epoch(self, epoch: EpochEnded) -> None:
        """One epoch, as a result of its own."""
        facts = {
            "epoch": epoch.epoch + 1,
            "loss": epoch.loss,
            "accuracy": epoch.accuracy,
            "val_loss": epoch.val_loss,
            "val_accuracy": epoch.val_accuracy,
            "seconds": round(epoch.seconds, 3),
            "images_per_second": round(epoch.images_per_second, 1),
        }
        self.result(
            facts,
            f"epoch {epoch.epoch + 1:3}: accuracy {epoch.accuracy:.3f}, loss {epoch.loss:.3f}; "
            f"validation accuracy {epoch.val_accuracy:.3f}, loss {epoch.val_loss:.3f} "
            f"({epoch.seconds:.1f} s, {epoch.images_per_second:.0f} pictures/s)",
        )

    def close(self) -> None:
        """Leave the terminal's line clean."""
        self._progress.clear()


def _started_words(event: RunStarted) -> str:
    if event.first_epoch == event.epochs:
        return f"Run {event.run}: all {event.epochs} epochs are done."
    inside = f", from step {event.first_step + 1} of the first" if event.first_step else ""
    return (
        f"Run {event.run} on {event.device}: epochs {event.first_epoch + 1} to "
        f"{event.epochs}, {event.steps_per_epoch} steps of {event.batch_size}{inside}."
    )


class ProgressLine:
    """The line on a terminal that tells where a job stands; a line now and then in a log.

    Args:
        stream: Where it is written.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._is_terminal = stream.isatty()
        self._tracker = StageTracker()
        self._shown_at = 0.0
        self._stage = ""

    def follow(self, event: Event) -> None:
        """Show where the job stands, if it is time to."""
        state = self._tracker.update(event)
        if state is not None and self._is_due(state):
            self._show(progress_words(state))

    def say(self, sentence: str) -> None:
        """Print a sentence of its own."""
        self.clear()
        self._write(sentence + "\n")

    def clear(self) -> None:
        """Take the progress off the terminal."""
        if self._is_terminal:
            self._write(_CLEAR_LINE)

    def _is_due(self, state: StageState) -> bool:
        apart = _TERMINAL_SECONDS if self._is_terminal else _LOG_SECONDS
        now = time.monotonic()
        is_news = state.stage.stage != self._stage
        if not is_news and now - self._shown_at < apart:
            return False
        self._shown_at, self._stage = now, state.stage.stage
        return True

    def _show(self, words: str) -> None:
        self._write(f"{_CLEAR_LINE}{words}" if self._is_terminal else f"{words}\n")

    def _write(self, text: str) -> None:
        with contextlib.suppress(OSError, ValueError):  # a closed stderr must not end the job
            self._stream.write(text)
            self._stream.flush()
