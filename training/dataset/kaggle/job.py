"""The two jobs that talk to Kaggle: the download that becomes a dataset, and who the user is."""

import time
from collections.abc import Generator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from training.cancellation import CancelToken
from training.config import DownloadConfig, ImportConfig
from training.dataset.archive import LIMITS, open_archive, refuse_unreadable
from training.dataset.archive_members import check_member
from training.dataset.building import refuse_taken, require_space
from training.dataset.download import PATIENCE, Patience, download
from training.dataset.feed import Feed
from training.dataset.importing import ImportResult, import_pictures
from training.dataset.kaggle.begun import archive_path
from training.dataset.kaggle.credential import Credential
from training.dataset.kaggle.places import COMPETITION, FREE_COPY, TOKEN_PAGE, TRAIN_FILE
from training.dataset.kaggle.sources import is_open_to_others
from training.dataset.kaggle.store import CredentialStore
from training.errors import ArchiveError, CredentialError, DownloadError
from training.events import EventSink, Noticed, Stage, StageStarted
from training.home import Home
from training.progress import Ticker

SOURCE = f"Kaggle, {COMPETITION}"
"""What the catalogue says of where the pictures come from."""


@dataclass(frozen=True)
class DownloadResult:
    """What a download brought.

    Attributes:
        imported: The new dataset; its seconds count the whole job.
        size_bytes: The archive's size.
    """

    imported: ImportResult
    size_bytes: int


@dataclass(frozen=True)
class Account:
    """Who Kaggle says that the user is.

    Attributes:
        username: The user's name there.
        credential: What told it.
    """

    username: str
    credential: Credential


def download_competition(
    config: DownloadConfig,
    home: Home,
    store: CredentialStore,
    *,
    emit: EventSink,
    token: CancelToken,
    patience: Patience = PATIENCE,
) -> DownloadResult:
    """Download the competition's archive and make a dataset of its pictures.

    The archive lies in the cache until the dataset is there, so that an import that fails, or that
    is cancelled, needs no second download; then it is deleted, since each picture was unpacked.

    Args:
        config: What to download, and the dataset's name.
        home: Where datasets and the cache live.
        store: Where the token is found.
        emit: Told the stages, the download's in bytes.
        token: Looked at ten times a second.
        patience: How long the download waits for what.

    Raises:
        ConfigError: The name cannot be one.
        CredentialError: There is no token, or Kaggle refuses it.
        DownloadError: Kaggle cannot be reached or gives nothing; what has come is kept.
        ArchiveError: What came is damaged, and was removed.
        DatasetError: See `import_pictures`; the archive is kept.
        Cancelled: The user cancelled; what has come is kept.
        OSError: The home folder cannot be written.
    """
    started = time.monotonic()
    config.validate()
    refuse_taken(home, config.name)
    archive = archive_path(home, whole=config.whole)
    if not archive.is_file():
        credential = found_credential(store, emit=emit)
        _download(config, archive, credential, emit=emit, token=token, patience=patience)
    _check(archive, emit=emit, token=token)
    size = archive.stat().st_size
    source = ImportConfig(archive, config.name)
    imported = import_pictures(source, home, emit=emit, token=token, source_name=SOURCE)
    with suppress(OSError):  # the dataset is there; the cache may be cleared at any time
        archive.unlink()
    return DownloadResult(replace(imported, seconds=time.monotonic() - started), size)


def ask_who(
    store: CredentialStore,
    *,
    emit: EventSink,
    token: CancelToken,
    patience: Patience = PATIENCE,
) -> Account:
    """Ask Kaggle who the user of the credential is.

    Raises:
        CredentialError: There is none, or Kaggle refuses it.
        DownloadError: Kaggle cannot be reached.
        Cancelled: The user cancelled.
    """
    credential = found_credential(store, emit=emit)
    emit(StageStarted(Stage.CONNECTING))
    feed = Feed(lambda: _username(credential), token)
    try:
        username = feed.take(patience.connect_s)
    except TimeoutError:
        username = None
    finally:
        feed.leave()
    if username is None:
        raise DownloadError("Kaggle does not answer.", "Check the connection to the network.")
    return Account(username, credential)


def found_credential(
    store: CredentialStore, *, emit: EventSink, instead: str = FREE_COPY
) -> Credential:
    """The credential to use; says it if others can read its file.

    Args:
        store: Where it is looked for.
        emit: Told that others can read it.
        instead: Said where there is none: a way without one, as a sentence.

    Raises:
        CredentialError: There is none, or it is broken.
        OSError: It cannot be read.
    """
    credential = store.find()
    if credential is None:
        raise CredentialError(
            "There is no token for Kaggle on this computer.",
            f"Create one at {TOKEN_PAGE}, and give it to CatDog. {instead}",
            page=TOKEN_PAGE,
        )
    if credential.file is not None and is_open_to_others(credential.file):
        emit(
            Noticed(
                f"Other users of this computer can read {credential.file}, which holds your token "
                f"for Kaggle. To mend it: catdog data token --make-private"
            )
        )
    return credential


def _download(
    config: DownloadConfig,
    archive: Path,
    credential: Credential,
    *,
    emit: EventSink,
    token: CancelToken,
    patience: Patience,
) -> None:
    from training.dataset.kaggle.client import Kaggle

    archive.parent.mkdir(parents=True, exist_ok=True)
    asked = "" if config.whole else TRAIN_FILE
    with Kaggle(credential) as kaggle:
        download(
            lambda headers: kaggle.open_file(asked, headers),
            archive,
            emit=emit,
            token=token,
            # the pictures hardly pack: unpacked they take as much again as the archive
            require_space=lambda rest, whole: require_space(archive.parent, rest + whole),
            patience=patience,
        )


def _check(archive: Path, *, emit: EventSink, token: CancelToken) -> None:
    """Compare the checksum of each file in the archive; one that is damaged is removed."""
    try:
        entries = open_archive(archive, LIMITS).entries
        refuse_unreadable(entries)
        total = sum(entry.real_bytes for entry in entries)
        ticker = Ticker(emit, StageStarted(Stage.CHECKING_ARCHIVE, total=total, unit="bytes"))

        def on_bytes(count: int) -> None:
            token.raise_if_cancelled()
            ticker.advance(count)

        with archive.open("rb") as file:
            for entry in entries:
                check_member(file, entry, on_bytes=on_bytes)
    except ArchiveError:
        archive.unlink()
        raise


def _username(credential: Credential) -> Generator[str, None, None]:
    from training.dataset.kaggle.client import Kaggle

    with Kaggle(credential) as kaggle:
        yield kaggle.username()
