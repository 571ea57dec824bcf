"""How a person stops a job: at its next step, from another thread."""

import threading


class Cancelled(Exception):  # noqa: N818 - it is no error: it is what the user asked for
    """Raised inside a job when its token is cancelled; nothing of the job's result is kept."""


class CancelToken:
    """Carries the user's wish to end a job from any thread to the job's own.

    `cancel` drops the job's result, or pauses a training; `finish_now` ends a training early and
    keeps its best model. A cancelled token stays cancelled, also when it is asked to finish
    afterwards.
    """

    def __init__(self) -> None:
        self._cancelled = threading.Event()
        self._finish = threading.Event()
        self._keeps_saved = False

    def cancel(self, *, keep_saved: bool = False) -> None:
        """Ask the job to stop and to drop its result.

        Args:
            keep_saved: Pause a training: it writes down where it is, to be resumed from there.
        """
        self._keeps_saved = keep_saved
        self._cancelled.set()

    def finish_now(self) -> None:
        """Ask a training to end with the best model that it has."""
        self._finish.set()

    @property
    def is_cancelled(self) -> bool:
        """Whether `cancel` was called."""
        return self._cancelled.is_set()

    @property
    def keeps_saved(self) -> bool:
        """Whether a cancelled training is only paused, and leaves a checkpoint."""
        return self._keeps_saved

    @property
    def is_finishing(self) -> bool:
        """Whether `finish_now` was called."""
        return self._finish.is_set()

    def raise_if_cancelled(self) -> None:
        """Leave the job here if the user cancelled it.

        Raises:
            Cancelled: `cancel` was called.
        """
        if self._cancelled.is_set():
            raise Cancelled
