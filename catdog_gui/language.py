"""The languages that captions are written in, and how numbers are written in each."""

from enum import Enum

from PySide6.QtCore import QLocale

_SWAPPED = str.maketrans(",.", ".,")


class Language(Enum):
    """A language; its value is its own name, as it stands on its button."""

    ENGLISH = "English"
    PORTUGUESE = "Português"

    def count(self, number: int) -> str:
        """A count with its thousands set off: "1,234", "1.234"."""
        return self._written(f"{number:,}")

    def decimal(self, number: float) -> str:
        """A number with three places: "0.125", "0,125"."""
        return self._written(f"{number:.3f}")

    def _written(self, number: str) -> str:
        return number.translate(_SWAPPED) if self is Language.PORTUGUESE else number


def language_of(locale: QLocale) -> Language:
    """The language for people whose system speaks that; English where it is none of ours."""
    is_portuguese = locale.language() == QLocale.Language.Portuguese
    return Language.PORTUGUESE if is_portuguese else Language.ENGLISH


def language_named(name: str) -> Language:
    """The language of a name, see `Language`; the system's where there is no such one."""
    named = {each.value: each for each in Language}
    return named.get(name) or language_of(QLocale.system())
