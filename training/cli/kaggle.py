"""`catdog data download` and `catdog data token`: the pictures of Kaggle, and who asks for them."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from training.cli.data import NameOption, tell_import
from training.cli.options import Command, HomeOption, JsonOption
from training.config import DownloadConfig
from training.dataset.kaggle.credential import (
    Credential,
    Source,
    read_credential,
    read_credential_file,
)
from training.dataset.kaggle.job import ask_who, download_competition, found_credential
from training.dataset.kaggle.sources import make_private
from training.dataset.kaggle.store import CredentialStore, Place

_STDIN = Path("-")

FromOption = Annotated[
    Path | None,
    typer.Option(
        "--from",
        help="Keep the token in this file, such as kaggle.json; “-” reads standard input.",
        metavar="FILE",
    ),
]


def download_command(
    name: NameOption,
    whole: Annotated[
        bool, typer.Option("--whole", help="All files of the competition, not train.zip alone.")
    ] = False,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Download Kaggle's dogs-vs-cats and import it; call it again to go on after a stop."""
    command = Command(home, as_json=json)
    store = CredentialStore(command.home)
    config = DownloadConfig(name=name, whole=whole)
    result = command.run(download_competition, config, command.home, store)
    tell_import(command, result.imported, bytes=result.size_bytes)


def token_command(
    source: FromOption = None,
    store: Annotated[
        Place,
        typer.Option(
            help="Where --from keeps it: the keyring, a file that only you can read, or nowhere "
            "(“session”: only to try it with --test)."
        ),
    ] = Place.KEYRING,
    test: Annotated[bool, typer.Option("--test", help="Ask Kaggle who you are.")] = False,
    forget: Annotated[bool, typer.Option("--forget", help="Forget what --from kept.")] = False,
    private: Annotated[
        bool, typer.Option("--make-private", help="Let only you read Kaggle's file.")
    ] = False,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Say which token for Kaggle is used; keep one, try it, or forget it."""
    command = Command(home, as_json=json)
    credentials = CredentialStore(command.home)
    if forget:
        credentials.forget()
        command.output.result({"forgotten": True}, "CatDog keeps no token for Kaggle any more.")
        return
    if source is not None:
        credentials.keep(_read(source), store)
    if private and (file := _file_in_use(credentials)):
        make_private(file)
    if test:
        account = command.run(ask_who, credentials)
        _tell_token(command, replace(account.credential, username=account.username))
    else:
        _tell_token(command, found_credential(credentials, emit=command.emit))


def _read(source: Path) -> Credential:
    if source == _STDIN:
        return read_credential(sys.stdin.read(), Source.SESSION)
    return read_credential_file(source, Source.SESSION)


def _file_in_use(credentials: CredentialStore) -> Path | None:
    found = credentials.find()
    return found.file if found else None


def _tell_token(command: Command, credential: Credential) -> None:
    user = f", as {credential.username}" if credential.username else ""
    command.output.result(
        {
            "token": str(credential.secret),
            "kind": credential.kind,
            "source": credential.source,
            "username": credential.username,
        },
        f"{credential.kind.capitalize()} {credential.secret}{user}: {credential.source}.",
    )
