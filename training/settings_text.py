"""Settings from a text that a person may have written: each name and each type is checked."""

import difflib
import json
import types
import typing
from collections.abc import Iterable, Mapping

from training.errors import ConfigError, UserError

_WORDS: Mapping[type, tuple[str, str]] = {
    str: ("a text", '"a text"'),
    bool: ("true or false", "true"),
    int: ("a whole number", "10"),
    float: ("a number", "0.1"),
}
"""What a value of each type is called, and one of them."""
_MOST = 2**53  # whole numbers up to here are the same as floats
_SHOWN_LETTERS = 40
_NEAR = 0.7  # share of letters from which on a name is taken for another one, mistyped


def read_settings(text: str, kind: type) -> dict[str, object]:
    """Read some fields of a dataclass from one JSON object.

    Args:
        text: The object; what is null is left out.
        kind: A dataclass whose fields are texts, numbers and truth values.

    Returns:
        The fields that the text has, each of its type.

    Raises:
        UserError: The text is no JSON object.
        ConfigError: The first field that there is not, or whose value is of another type.
    """
    hints = typing.get_type_hints(kind)
    kinds = {name: (value, _kind_of(name, hints)) for name, value in _object_of(text).items()}
    return {
        name: _checked(name, value, kind)
        for name, (value, kind) in kinds.items()
        if value is not None
    }


def require_settings(settings: Mapping[str, object], names: Iterable[str]) -> None:
    """Refuse settings that lack one of these.

    Raises:
        ConfigError: The first that is missing.
    """
    for name in names:
        if settings.get(name) is None:
            raise ConfigError(
                name, f"The setting “{name}” is missing.", f'Add a line with "{name}".'
            )


def _object_of(text: str) -> dict[str, object]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UserError(
            f"The settings cannot be read as JSON ({error}).",
            'Write them as one object, such as {"dataset": "pets", "preset": "notebook"}.',
        ) from error
    if isinstance(found, dict):
        return found
    raise UserError(
        f"The settings are {_shown(found)}, where one JSON object is needed.",
        'Write them as {"dataset": "pets", "preset": "notebook"}.',
    )


def _kind_of(name: str, hints: Mapping[str, object]) -> type:
    if name not in hints:
        near = difflib.get_close_matches(name, hints, n=1, cutoff=_NEAR)
        raise ConfigError(
            name,
            f"There is no setting “{name[:_SHOWN_LETTERS]}”.",
            f"Write “{near[0]}” if you mean that." if near else "Leave it out.",
        )
    hint = hints[name]
    kinds = typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
    return next(kind for kind in _WORDS if kind in kinds)


def _checked(name: str, value: object, kind: type) -> object:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if kind is float and is_number and not _is_too_large(value):
        return float(typing.cast("float", value))
    if type(value) is kind and not _is_too_large(value):
        return value
    words, example = _WORDS[kind]
    raise ConfigError(
        name,
        f"The setting “{name}” is {_shown(value)}, where {words} is needed.",
        f'Write it as in "{name}": {example}.',
    )


def _is_too_large(value: object) -> bool:
    return isinstance(value, int) and abs(value) > _MOST


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _SHOWN_LETTERS else f"{text[:_SHOWN_LETTERS]}…"
