"""Who asks Kaggle: a token in any form that Kaggle gives out, and nothing that prints it."""

import codecs
import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, NoReturn

from training.dataset.kaggle.places import TOKEN_PAGE
from training.errors import CredentialError

_SHOWN = 4
_HIDDEN_AT_LEAST = 8  # of a shorter text four characters would be too much of it
_LONGEST_BYTES = 1 << 16
_NEW_TOKEN = f"Create a token at {TOKEN_PAGE}, and paste it or choose the file that Kaggle gives."


class Secret:
    """A text that does not show itself: printed, it is its last four characters.

    Args:
        text: The text.
    """

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself, for Kaggle and for where it is kept."""
        return self._text

    def __str__(self) -> str:
        is_long = len(self._text) >= _SHOWN + _HIDDEN_AT_LEAST
        return "…" + (self._text[-_SHOWN:] if is_long else "")

    def __repr__(self) -> str:
        return f"Secret({self})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __reduce__(self) -> NoReturn:
        raise TypeError("A secret is not written down with what holds it.")


class Kind(StrEnum):
    """The forms that Kaggle gives out."""

    TOKEN = "token"  # noqa: S105 - the name of a form
    KEY = "user name and key"
    SIGN_IN = "sign-in of the kaggle command"


class Source(StrEnum):
    """Where a credential was found, in the order in which they are looked for."""

    SESSION = "given for this session"
    FILE = "kept in CatDog's own file"
    KEYRING = "kept in the keyring"
    TOKEN_VARIABLE = "the variable KAGGLE_API_TOKEN"  # noqa: S105 - a name
    TOKEN_FILE = "Kaggle's file access_token"  # noqa: S105 - a name
    KEY_VARIABLES = "the variables KAGGLE_USERNAME and KAGGLE_KEY"
    KEY_FILE = "Kaggle's file kaggle.json"
    SIGN_IN_FILE = "Kaggle's file credentials.json"


@dataclass(frozen=True)
class Credential:
    """What says to Kaggle who asks.

    Attributes:
        kind: Its form.
        secret: The token, the key, or what a sign-in is renewed with.
        source: Where it was found.
        username: The user, where the form states it; else empty.
        file: The file that it was read from, if it was one of the user's.
    """

    kind: Kind
    secret: Secret
    source: Source
    username: str = ""
    file: Path | None = None


def read_credential(text: str, source: Source, *, file: Path | None = None) -> Credential:
    """Read a token, or what a `kaggle.json` or `credentials.json` holds.

    Args:
        text: What was pasted, or a file's content.
        source: Where it comes from.
        file: The file, where it was one.

    Raises:
        CredentialError: It is empty, broken JSON, lacks a field (which is named), or is no token.
            What it holds is never part of the error.
    """
    what = f"“{file.name}”" if file else "What was given"
    text = text.removeprefix("\ufeff").strip()
    if not text:
        raise CredentialError(f"{what} is empty.", _NEW_TOKEN)
    if not text.startswith("{"):
        return Credential(Kind.TOKEN, _checked(text, what, "token"), source, file=file)
    fields = _json_object(text, what)
    if "refresh_token" in fields:
        secret = _checked(fields["refresh_token"], what, "refresh_token")
        name = fields.get("username")
        return Credential(
            Kind.SIGN_IN, secret, source, name if isinstance(name, str) else "", file=file
        )
    for name in ("username", "key"):
        if not fields.get(name):
            raise CredentialError(f"{what} has no field “{name}”.", _NEW_TOKEN)
    username = _checked(fields["username"], what, "username").reveal()
    return Credential(Kind.KEY, _checked(fields["key"], what, "key"), source, username, file=file)


def read_credential_file(file: Path, source: Source) -> Credential:
    """Read a file that Kaggle, or its command, has written.

    Raises:
        CredentialError: See `read_credential`.
        OSError: It cannot be read.
    """
    with file.open("rb") as opened:
        return read_credential(_decoded(opened.read(_LONGEST_BYTES), file), source, file=file)


def written(credential: Credential) -> str:
    """The credential as `read_credential` reads it."""
    secret = credential.secret.reveal()
    if credential.kind is Kind.TOKEN:
        return secret
    field = "key" if credential.kind is Kind.KEY else "refresh_token"
    return json.dumps({"username": credential.username, field: secret})


def _decoded(content: bytes, file: Path) -> str:
    is_utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))  # PowerShell's ">"
    text = content.decode("utf-16" if is_utf16 else "utf-8-sig", errors="replace")
    if "\ufffd" in text:
        raise CredentialError(f"“{file.name}” is no text.", _NEW_TOKEN)
    return text


def _json_object(text: str, what: str) -> dict[str, Any]:
    try:
        fields = json.loads(text)
    except json.JSONDecodeError as error:
        line = error.lineno
    except RecursionError:
        line = 1
    else:
        assert isinstance(fields, dict)
        return fields
    # outside of the handlers: such an error holds the whole text
    raise CredentialError(f"{what} is broken: its JSON cannot be read at line {line}.", _NEW_TOKEN)


def _checked(value: object, what: str, field: str) -> Secret:
    """A text that can stand in a request's header; another would be told in the error it causes."""
    is_fit = isinstance(value, str) and value.isascii() and value.isprintable()
    if not is_fit or not value or " " in str(value):
        raise CredentialError(f"The {field} in {what} cannot be one of Kaggle's.", _NEW_TOKEN)
    return Secret(str(value))
