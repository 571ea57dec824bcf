"""Where this program keeps a token, if the user wants it to: keyring, own file, or memory alone."""

import contextlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from training import atomic
from training.dataset.kaggle.credential import (
    Credential,
    Source,
    read_credential,
    read_credential_file,
    written,
)
from training.dataset.kaggle.sources import find_given
from training.errors import CredentialError
from training.home import Home

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

_SERVICE, _ENTRY = "catdog", "kaggle"
_FILE = "kaggle-token"


class Place(StrEnum):
    """Where a token can be kept."""

    SESSION = "session"
    KEYRING = "keyring"
    FILE = "file"


class CredentialStore:
    """Finds the credential to use, and keeps or forgets one.

    Args:
        home: Where this program's own file lies.
    """

    def __init__(self, home: Home) -> None:
        self._home = home
        self._session: Credential | None = None

    @property
    def file(self) -> Path:
        """The file that holds a token where the user wants it to; only the user may read it."""
        return self._home.root / _FILE

    def has_keyring(self) -> bool:
        """Whether this computer has a keyring; one that is locked counts."""
        return bool(_keyring().priority > 0)

    def find(self) -> Credential | None:
        """What is kept, else what Kaggle's own programs would use; None where there is nothing.

        Raises:
            CredentialError: What is there is broken, or nothing else is there and the keyring
                does not open.
            OSError: A file cannot be read.
        """
        if self._session is not None:
            return self._session
        if self.file.is_file():
            return replace(read_credential_file(self.file, Source.FILE), file=None)
        trouble: CredentialError | None = None
        try:
            text = _from_keyring()
        except CredentialError as error:  # locked, and Kaggle's own files may do
            text, trouble = "", error
        found = read_credential(text, Source.KEYRING) if text else find_given()
        if found is None and trouble is not None:
            raise trouble
        return found

    def keep(self, credential: Credential, place: Place) -> Credential:
        """Keep a credential in one place, and in no other place of this program.

        Returns:
            The credential as it is found from now on.

        Raises:
            CredentialError: There is no keyring, or it does not open.
            OSError: The file cannot be written.
        """
        if place is Place.KEYRING:
            with _keyring_words():
                _keyring().set_password(_SERVICE, _ENTRY, written(credential))
        elif place is Place.FILE:
            self._home.root.mkdir(parents=True, exist_ok=True)
            atomic.write_text(self.file, written(credential), private=True)
        kept = replace(credential, source=_SOURCES[place], file=None)
        self._session = kept if place is Place.SESSION else None
        with contextlib.suppress(CredentialError):  # a keyring that does not open does no harm here
            self._forget_in(set(Place) - {place, Place.SESSION})
        return kept

    def forget(self) -> None:
        """Forget what this program keeps; Kaggle's own variables and files stay as they are.

        Raises:
            CredentialError: The keyring does not open.
            OSError: The file cannot be removed.
        """
        self._session = None
        self._forget_in({Place.FILE, Place.KEYRING})

    def _forget_in(self, places: set[Place]) -> None:
        if Place.FILE in places:
            self.file.unlink(missing_ok=True)
        if Place.KEYRING in places and _from_keyring():
            with _keyring_words():
                _keyring().delete_password(_SERVICE, _ENTRY)


_SOURCES = {
    Place.SESSION: Source.SESSION,
    Place.KEYRING: Source.KEYRING,
    Place.FILE: Source.FILE,
}


def _keyring() -> "KeyringBackend":
    import keyring

    return keyring.get_keyring()


def _from_keyring() -> str:
    """What the keyring holds for us; empty where there is none."""
    from keyring.errors import NoKeyringError

    with _keyring_words(), contextlib.suppress(NoKeyringError):
        return _keyring().get_password(_SERVICE, _ENTRY) or ""
    return ""


@contextmanager
def _keyring_words() -> Iterator[None]:
    from keyring.errors import KeyringError, NoKeyringError

    try:
        yield
    except NoKeyringError:
        message = "This computer has no keyring that tokens can be kept in."
    except KeyringError:
        message = "The keyring does not open."
    else:
        return
    raise CredentialError(message, "Use the token for this session only, or keep it in a file.")
