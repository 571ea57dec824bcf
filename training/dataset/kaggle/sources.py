"""Where Kaggle's own programs keep tokens: the environment and files in the user's home folder.

The order is that of the kaggle package, version 2.2.5 (`KaggleApi.authenticate`), and of kagglesdk,
version 0.1.38 (`get_access_token_from_env`). What is broken is said, where they go on silently.
"""

import json
import os
import stat
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from training.dataset.kaggle.credential import (
    Credential,
    Source,
    read_credential,
    read_credential_file,
)
from training.errors import CredentialError

TOKEN_VARIABLE = "KAGGLE_API_TOKEN"  # noqa: S105 - the name of a variable
USER_VARIABLE, KEY_VARIABLE = "KAGGLE_USERNAME", "KAGGLE_KEY"
FOLDER_VARIABLE = "KAGGLE_CONFIG_DIR"

_FOR_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def find_given() -> Credential | None:
    """What Kaggle's own programs would use here; None where there is nothing.

    Raises:
        CredentialError: The first that is there is broken.
        OSError: It cannot be read.
    """
    for look in _IN_ORDER:
        if found := look():
            return found
    return None


def is_open_to_others(file: Path) -> bool:
    """Whether other users of this computer may read a file. Windows says it in another way."""
    return os.name != "nt" and bool(file.stat().st_mode & _FOR_OTHERS)


def make_private(file: Path) -> None:
    """Let only the user read and write a file, because the user asked for it.

    Raises:
        OSError: The file is not the user's.
    """
    file.chmod(stat.S_IRUSR | stat.S_IWUSR)


def _in_token_variable() -> Credential | None:
    value = os.environ.get(TOKEN_VARIABLE, "")
    if not value:
        return None
    if file := _existing_file(value):
        return read_credential_file(file, Source.TOKEN_VARIABLE)
    return read_credential(value, Source.TOKEN_VARIABLE)


def _in_token_file() -> Credential | None:
    folder = Path.home() / ".kaggle"  # wherever the other files are, as kagglesdk has it
    files = [folder / "access_token", folder / "access_token.txt"]
    return _first_of(files, Source.TOKEN_FILE)


def _in_key_variables() -> Credential | None:
    username, key = os.environ.get(USER_VARIABLE, ""), os.environ.get(KEY_VARIABLE, "")
    if not (username and key):
        return None
    return read_credential(json.dumps({"username": username, "key": key}), Source.KEY_VARIABLES)


def _in_key_file() -> Credential | None:
    return _first_of([folder / "kaggle.json" for folder in _config_folders()], Source.KEY_FILE)


def _lone_variable() -> Credential | None:
    for name, other in ((USER_VARIABLE, KEY_VARIABLE), (KEY_VARIABLE, USER_VARIABLE)):
        if os.environ.get(name) and not os.environ.get(other):
            raise CredentialError(
                f"The variable {name} is set, and {other} is not.", "Set both, or neither."
            )
    return None


def _in_sign_in_file() -> Credential | None:
    return _first_of([Path.home() / ".kaggle" / "credentials.json"], Source.SIGN_IN_FILE)


_IN_ORDER: Sequence[Callable[[], Credential | None]] = (
    _in_token_variable,
    _in_token_file,
    _in_key_variables,
    _in_key_file,
    _lone_variable,
    _in_sign_in_file,
)


def _first_of(files: Sequence[Path], source: Source) -> Credential | None:
    there = next((file for file in files if file.is_file()), None)
    return read_credential_file(there, source) if there else None


def _config_folders() -> list[Path]:
    if chosen := os.environ.get(FOLDER_VARIABLE):
        return [Path(chosen)]
    folders = [Path.home() / ".kaggle"]
    if sys.platform.startswith("linux"):
        config = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
        folders.append(Path(config) / "kaggle")
    return folders


def _existing_file(value: str) -> Path | None:
    try:
        return Path(value) if Path(value).is_file() else None
    except (OSError, ValueError):  # too long for a path, or with what no path may hold
        return None
