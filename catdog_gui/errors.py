"""The one door for errors: whatever goes wrong, a person reads a sentence and the log the rest."""

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from types import TracebackType
from typing import Self

from PySide6.QtCore import QObject, Signal

from catdog_gui.widgets.banner import Banner, BannerKind
from training.errors import UserError, explain

_log = logging.getLogger(__name__)


def show_error(
    banner: Banner,
    error: BaseException,
    *,
    doing: str,
    action: str = "",
    do: Callable[[], None] | None = None,
) -> None:
    """Log an error and say it in a banner.

    Args:
        banner: Of the tab where the work was asked for.
        error: What was raised.
        doing: What the program was doing, such as "Importing pictures".
        action: The word on the button that takes the next step; no button without it.
        do: What that button does.
    """
    _log_error(error, doing)
    text = explain(error)
    details = f"{doing}\n\n{_details_of(error)}" if _has_details(error) else ""
    banner.show_message(
        BannerKind.ERROR, text.message, hint=text.hint, details=details, action=action, do=do
    )


def explain_error(error: BaseException, *, doing: str) -> str:
    """Log an error and give it in words, for a place that has no banner; see `show_error`."""
    _log_error(error, doing)
    text = explain(error)
    return f"{text.message} {text.hint}"


class ErrorDoor(QObject):
    """Catches what nobody caught, in any thread, for as long as it is open; the window lives on.

    Args:
        banner: Gives the banner of the tab that is shown.
        interrupt: Called where the user pressed Ctrl-C in the terminal.
    """

    _raised = Signal(object)

    def __init__(self, banner: Callable[[], Banner], interrupt: Callable[[], None]) -> None:
        super().__init__()
        self._banner = banner
        self._interrupt = interrupt
        self._raised.connect(self._on_raised)

    def __enter__(self) -> Self:
        self._hooks = sys.excepthook, threading.excepthook
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        return self

    def __exit__(self, *_: object) -> None:
        sys.excepthook, threading.excepthook = self._hooks

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._interrupt()
        else:
            self._raised.emit(error.with_traceback(trace))

    def _on_thread_exception(self, facts: threading.ExceptHookArgs) -> None:
        if facts.exc_value is not None:
            self._on_exception(facts.exc_type, facts.exc_value, facts.exc_traceback)

    def _on_raised(self, error: BaseException) -> None:
        show_error(self._banner(), error, doing="Working")


def _log_error(error: BaseException, doing: str) -> None:
    """What a user can cause is one line; only what we did not foresee needs a traceback."""
    if isinstance(error, UserError):
        cause = f" ({error.__cause__!r})" if error.__cause__ is not None else ""
        _log.warning("%s: %s%s", doing, error, cause)
    else:
        _log.error("%s: %s", doing, error, exc_info=error)


def _has_details(error: BaseException) -> bool:
    """Our own sentences say it all, unless something else lies beneath them."""
    return not isinstance(error, UserError) or error.__cause__ is not None


def _details_of(error: BaseException) -> str:
    return "".join(traceback.format_exception(error)).strip()
