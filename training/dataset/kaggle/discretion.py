"""Errors that nobody foresaw, without their words: those may hold a token."""

import traceback
from collections.abc import Callable
from typing import TypeVar

from training.cancellation import Cancelled
from training.errors import UserError

_Result = TypeVar("_Result")


def discreet(act: Callable[[], _Result]) -> _Result:
    """Do what talks to Kaggle, and let no error out whose words nobody foresaw.

    Raises:
        UserError, Cancelled, MemoryError, OSError: As they come; an `OSError` with its number.
        RuntimeError: Anything else happened; it names the kind and the place, not the words.
    """
    try:
        return act()
    except (UserError, Cancelled, MemoryError):
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        kind, lines = type(error).__name__, traceback.format_tb(error.__traceback__)
    # outside of the handlers: the error would be told as the context of this one
    raise RuntimeError(f"{kind}; its own words may hold a token and are left out\n{''.join(lines)}")
