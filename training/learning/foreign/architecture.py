"""The architecture in a model's file, read as data and held against the tables; no Keras."""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from training.errors import ModelFileError
from training.learning.foreign.allowed import (
    CLASSES,
    GREATEST_NUMBER,
    LAYERS,
    LIMITS,
    MODULE,
    MOST_CONFIG_BYTES,
    MOST_DEPTH,
    MOST_LAYERS,
    NAMED_PARTS,
    NETWORKS,
    SPECIFIC_REASONS,
    UNLIMITED,
    plain,
)

_TOKENS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]')
_OWN_MODEL = "Ask for a model of ordinary layers, or for its weights and build it yourself."
_AGAIN = "Copy or download the file again."
_TRAINING = "compile_config"

Facts = Mapping[str, Any]


def read_json(text: bytes, what: str) -> Facts:
    """Parse a JSON object of a stranger.

    Args:
        text: As it stands in the file.
        what: What it is, for sentences.

    Raises:
        ModelFileError: It is too large, too deep, or no object.
    """
    if len(text) > MOST_CONFIG_BYTES:
        raise ModelFileError(
            f"The {what} of this model has {len(text) / 1e6:,.0f} MB, more than any network needs.",
            "Do not use this file.",
        )
    try:
        decoded = text.decode("utf-8")
        _require_shallow(decoded, what)
        found = json.loads(decoded)
    except (ValueError, RecursionError) as error:
        raise ModelFileError(f"The {what} of this model is damaged.", _AGAIN) from error
    if not isinstance(found, dict):
        raise ModelFileError(f"The {what} of this model is damaged.", _AGAIN)
    return found


def without_training(value: Any) -> Any:  # noqa: ANN401 - any part of a JSON
    """The same without what says how it was trained, in networks inside it too.

    Keras leaves out only the outermost of it when it loads with `compile=False`.
    """
    if isinstance(value, dict):
        return {key: without_training(part) for key, part in value.items() if key != _TRAINING}
    if isinstance(value, list):
        return [without_training(part) for part in value]
    return value


def check_architecture(architecture: Facts) -> None:
    """Refuse whatever is not in the tables.

    Args:
        architecture: What `read_json` made of `config.json`, or of the attribute `model_config`.

    Raises:
        ModelFileError: The first thing that is refused, by name.
    """
    if architecture.get("class_name") not in NETWORKS:
        raise _refused_class(architecture)
    layers = 0
    for part in _parts(architecture):
        if "class_name" in part:
            _check_class(part)
            layers += part["class_name"] in LAYERS
        _check_settings(part)
    if layers > MOST_LAYERS:
        raise ModelFileError(
            f"This model has {layers:,} layers, where {MOST_LAYERS:,} are the most.",
            "Choose a smaller model.",
        )


def _require_shallow(text: str, what: str) -> None:
    depth = 0
    for token in _TOKENS.finditer(text):
        first = token.group()[0]
        depth += (first in "[{") - (first in "]}")
        if depth > MOST_DEPTH:
            raise ModelFileError(
                f"The {what} of this model is nested more than {MOST_DEPTH} deep, as in a file "
                "made to do harm.",
                "Do not use this file.",
            )


def _parts(value: object) -> Iterator[dict[str, Any]]:
    """Every object inside, from outside in."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _parts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _parts(inner)


def _check_class(part: Facts) -> None:
    name, module, registered = (part.get(k) for k in ("class_name", "module", "registered_name"))
    if not isinstance(name, str) or name not in CLASSES:
        raise _refused_class(part)
    comes_from_keras = module is None or (isinstance(module, str) and MODULE.fullmatch(module))
    if not comes_from_keras or registered not in (None, name):
        raise ModelFileError(
            f"The model has a part “{_short(registered or name)}” of “{_short(module)}”, which is "
            "not Keras' own: it is not loaded.",
            _OWN_MODEL,
        )


def _refused_class(part: Facts) -> ModelFileError:
    name = _short(part.get("class_name"))
    config = part.get("config")
    own = part.get("name") or (config.get("name") if isinstance(config, dict) else None)
    called = f" (“{_short(own)}”)" if isinstance(own, str) else ""
    why = SPECIFIC_REASONS.get(name, "it is not among those that this program knows")
    return ModelFileError(
        f"The model has a layer of the class {name}{called}, which is not loaded: {why}.",
        _OWN_MODEL,
    )


def _check_settings(part: Facts) -> None:
    for key, value in part.items():
        if key in UNLIMITED:
            continue
        _check_name(key, value)
        limit = LIMITS.get(key, GREATEST_NUMBER)
        greatest = max(_numbers(value), default=0.0)
        if greatest > limit:
            raise ModelFileError(
                f"The model has a layer with “{_short(key)}” of {greatest:,.0f}, where {limit:,} "
                "is the most: it is too large.",
                "Choose a smaller model.",
            )


def _check_name(key: str, value: object) -> None:
    """A part that is named in one word; one that is an object is checked as such."""
    kind = key.rpartition("_")[2]
    if kind not in NAMED_PARTS or value is None or "class_name" in _keys(value):
        return
    if not isinstance(value, str) or plain(value) not in NAMED_PARTS[kind]:
        raise ModelFileError(
            f"The model has the {kind} “{_short(value)}”, which is not loaded: it is not among "
            "those that this program knows.",
            _OWN_MODEL,
        )


def _keys(value: object) -> Collection[str]:
    return value.keys() if isinstance(value, dict) else ()


def _numbers(value: object) -> Iterator[float]:
    """The sizes of numbers in a setting, lists of lists too; objects are settings of their own."""
    if isinstance(value, bool):
        return
    if isinstance(value, int | float):
        yield abs(value)
    elif isinstance(value, list):
        for inner in value:
            yield from _numbers(inner)


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:60]}…"
