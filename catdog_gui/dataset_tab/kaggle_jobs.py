"""The Kaggle panel's jobs. What talks to Kaggle or the keyring is imported in them, not before."""

import shutil
from collections.abc import Callable
from pathlib import Path

from catdog_gui.dataset_tab.kaggle_controls import Found
from training.cancellation import CancelToken
from training.config import DownloadConfig
from training.dataset.download import PATIENCE, Patience
from training.dataset.kaggle.begun import Begun, find_begun
from training.dataset.kaggle.credential import (
    Credential,
    Secret,
    Source,
    read_credential,
    read_credential_file,
)
from training.dataset.kaggle.discretion import discreet
from training.dataset.kaggle.sources import is_open_to_others
from training.dataset.kaggle.store import CredentialStore, Place
from training.dataset.picture import DatasetInfo
from training.errors import CredentialError
from training.events import EventSink
from training.home import Home


def find_stopped(home: Home, *, emit: EventSink, token: CancelToken) -> Begun | None:  # noqa: ARG001 - a job's form
    """A download that was stopped; see `training.dataset.kaggle.begun.find_begun`."""
    return find_begun(home)


def look(
    store: CredentialStore,
    home: Home,
    *,
    wish: Callable[[], None] = lambda: None,
    emit: EventSink,  # noqa: ARG001 - a job's form
    token: CancelToken,  # noqa: ARG001 - likewise
) -> Found:
    """Grant a wish, and look what there is then.

    Args:
        store: Where tokens are kept.
        home: Where downloads are.
        wish: What to do before, such as to forget a token; if that goes wrong, it is the `trouble`.
        emit: Told nothing.
        token: Not looked at: it takes a moment.
    """
    return discreet(lambda: _found(store, home, _error_of(wish)))


def keep(given: Secret | Path, place: Place, store: CredentialStore) -> None:
    """Keep a token; a wish for `look`.

    Args:
        given: What was pasted, or a file such as `kaggle.json`.
        place: Where to keep it.
        store: Keeps it.

    Raises:
        CredentialError: It is none, or cannot be kept there.
        OSError: A file cannot be read or written.
    """
    if isinstance(given, Secret):
        credential = read_credential(given.reveal(), Source.SESSION)
    else:
        credential = read_credential_file(given, Source.SESSION)
    store.keep(credential, place)


def ask_who(store: CredentialStore, *, emit: EventSink, token: CancelToken) -> str:
    """Who Kaggle says that the user is; see `training.dataset.kaggle.job.ask_who`."""
    from training.dataset.kaggle import job

    return discreet(lambda: job.ask_who(store, emit=emit, token=token).username)


def download(
    config: DownloadConfig,
    home: Home,
    store: CredentialStore,
    *,
    emit: EventSink,
    token: CancelToken,
    patience: Patience = PATIENCE,
) -> DatasetInfo:
    """Download and import; see `training.dataset.kaggle.job.download_competition`."""
    from training.dataset.kaggle import job

    result = discreet(
        lambda: job.download_competition(
            config, home, store, emit=emit, token=token, patience=patience
        )
    )
    return result.imported.info


def _found(store: CredentialStore, home: Home, trouble: Exception | None) -> Found:
    credential: Credential | None = None
    try:
        credential = store.find()
    except (CredentialError, OSError) as error:
        trouble = trouble or error
    file = credential.file if credential is not None else None
    return Found(
        credential=credential,
        is_open=file is not None and is_open_to_others(file),
        has_keyring=store.has_keyring(),
        begun=find_begun(home),
        free_bytes=_free_bytes(home),
        trouble=trouble,
    )


def _error_of(wish: Callable[[], None]) -> Exception | None:
    try:
        wish()
    except (CredentialError, OSError) as error:
        return error
    return None


def _free_bytes(home: Home) -> int:
    there = next(folder for folder in (home.root, *home.root.parents) if folder.is_dir())
    return shutil.disk_usage(there).free
