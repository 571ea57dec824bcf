"""Kaggle's own client, with time-outs and with the credential that it is given.

It stands on kagglesdk 0.1.38 rather than on `kaggle`, which signs in when it is imported. Three
things are not what we need there, and are set from outside: it waits for ever, it prefers a token
of the environment to the key that it is given, and it has one address.
"""

import ipaddress
import os
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import urlsplit

import requests
from kagglesdk import KaggleClient, KaggleEnv
from kagglesdk.competitions.types.competition_api_service import (
    ApiDownloadDataFileRequest,
    ApiDownloadDataFilesRequest,
    ApiListDataFilesRequest,
)
from kagglesdk.security.types.oauth_service import IntrospectTokenRequest
from kagglesdk.users.types.account_service import ApiVersion, GenerateAccessTokenRequest

from training.dataset.download import Reply
from training.dataset.kaggle import refusals
from training.dataset.kaggle.credential import Credential, Kind
from training.dataset.kaggle.errands import Errand
from training.dataset.kaggle.places import COMPETITION
from training.dataset.kaggle.transport import Patient, answer_of, body_of, reply_of
from training.errors import ConfigError
from training.version import library_version

ENDPOINT_VARIABLE = "CATDOG_KAGGLE_ENDPOINT"

_NO_USERNAME = "a user without a name"

_Answer = TypeVar("_Answer")


class Kaggle:
    """A connection to Kaggle for one user; use it in `with`.

    Args:
        credential: Who asks.

    Raises:
        ConfigError: The variable `CATDOG_KAGGLE_ENDPOINT` names another computer.
    """

    def __init__(self, credential: Credential) -> None:
        self._credential = credential
        self._client = KaggleClient(
            env=KaggleEnv.PROD,
            api_token="",  # with None it would look into the environment and the user's files
            user_agent=f"catdog/{library_version('catdog')}",
        )
        self._http = self._client.http_client()
        if endpoint := endpoint_for_tests():
            self._http._endpoint = endpoint  # noqa: SLF001 - the only seam: decision 16
        self._own_headers: dict[str, str] = {}
        self._is_signed_in = False

    def __enter__(self) -> Self:
        self._client.__enter__()
        session = self._session
        session.auth = None  # until `_sign_in`
        self._own_headers = {name: str(value) for name, value in session.headers.items()}
        for scheme in ("https://", "http://"):
            session.mount(scheme, Patient())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.__exit__(kind, error, trace)

    def username(self) -> str:
        """Who Kaggle says that the user is.

        Raises:
            CredentialError: Kaggle refuses the credential.
            DownloadError: Kaggle cannot be reached, or answers with trouble.
        """
        renewed = self._sign_in()
        if self._credential.kind is Kind.TOKEN:
            return self._introspected()
        if self._credential.kind is Kind.KEY:
            self._require_key()
        return renewed or self._credential.username or _NO_USERNAME

    def open_file(self, name: str, headers: Mapping[str, str]) -> Reply:
        """Ask for a file of the competition, or for all of them in one zip.

        Kaggle answers with the address of a store, which is asked in turn, with the same headers.

        Args:
            name: The file's name; empty for all.
            headers: Further ones, such as `Range`.

        Raises:
            UserError: See `refusals`.
        """
        self._sign_in()
        service = self._client.competitions.competition_api_client
        self._session.headers.clear()
        self._session.headers.update(self._own_headers | dict(headers))
        if name:
            request = ApiDownloadDataFileRequest()
            request.competition_name, request.file_name = COMPETITION, name
            response = body_of(lambda: service.download_data_file(request))
        else:
            whole = ApiDownloadDataFilesRequest()
            whole.competition_name = COMPETITION
            response = body_of(lambda: service.download_data_files(whole))
        return reply_of(response)

    def ask(self, question: Callable[[Any], _Answer], errand: Errand) -> _Answer:
        """Ask Kaggle's interface for competitions.

        Args:
            question: Takes the interface, `CompetitionApiClient` of kagglesdk, and calls it once.
            errand: What is asked for.

        Raises:
            UserError: See `refusals`.
        """
        self._sign_in()
        service = self._client.competitions.competition_api_client
        return answer_of(lambda: question(service), errand=errand)

    @property
    def _session(self) -> requests.Session:
        session = self._http._session  # noqa: SLF001 - where its time-outs and credential are set
        assert isinstance(session, requests.Session)
        return session

    def _sign_in(self) -> str:
        """Let each further request say who asks.

        Returns:
            The user's name, where signing in tells it.
        """
        if self._is_signed_in:
            return ""
        secret, name = self._credential.secret.reveal(), ""
        if self._credential.kind is Kind.KEY:
            self._session.auth = (self._credential.username, secret)
        else:
            if self._credential.kind is Kind.SIGN_IN:
                secret, name = self._renewed(secret)
            self._session.auth = self._http.BearerAuth(secret)
        self._is_signed_in = True
        return name

    def _renewed(self, refresh_token: str) -> tuple[str, str]:
        """A token for some hours, and the user's name; the user's file stays as it is."""
        request = GenerateAccessTokenRequest()
        request.refresh_token = refresh_token
        request.api_version = ApiVersion.API_VERSION_V1
        answer = answer_of(lambda: self._client.users.account_client.generate_access_token(request))
        return answer.token, answer.user_name

    def _introspected(self) -> str:
        request = IntrospectTokenRequest()
        request.token = self._credential.secret.reveal()
        answer = answer_of(
            lambda: self._client.security.oauth_client.introspect_token(request),
            means_refused=(400, refusals.FORBIDDEN, refusals.NOT_FOUND),
        )
        if not answer.active:
            raise refusals.refused(refusals.UNAUTHORISED, {})
        return answer.username or _NO_USERNAME

    def _require_key(self) -> None:
        """A key is told from a wrong one by any question that only a user may ask."""
        request = ApiListDataFilesRequest()
        request.competition_name = COMPETITION
        service = self._client.competitions.competition_api_client
        try:
            answer_of(lambda: service.list_data_files(request))
        except refusals.RulesError:
            return  # refused to this user, who is therefore known


def endpoint_for_tests() -> str:
    """The server that `CATDOG_KAGGLE_ENDPOINT` names; empty where it names none.

    Raises:
        ConfigError: It is no plain address of this computer (127.0.0.0/8, ::1): a token must not
            be led elsewhere by a variable.
    """
    said = os.environ.get(ENDPOINT_VARIABLE, "")
    if not said:
        return ""
    try:
        parts = urlsplit(said)
        host, port = ipaddress.ip_address(parts.hostname or ""), parts.port
    except ValueError:
        host, port = None, None
    if host is None or port is None or not host.is_loopback:
        raise _no_endpoint()
    place = f"[{host}]" if host.version == 6 else str(host)
    plain = f"http://{place}:{port}"
    if said.rstrip("/") != plain:
        raise _no_endpoint()
    return plain


def _no_endpoint() -> ConfigError:
    return ConfigError(
        ENDPOINT_VARIABLE,
        f"The variable {ENDPOINT_VARIABLE} names no server on this computer.",
        "Unset it; it is for tests, and takes an address such as http://127.0.0.1:8000.",
    )
