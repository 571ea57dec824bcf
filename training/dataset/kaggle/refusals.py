"""What Kaggle, or the network before it, says no with: a sentence and a next step for each."""

import email.utils
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import requests
import urllib3.exceptions

from training.dataset.download import PassingError
from training.dataset.kaggle.errands import PICTURES, Errand
from training.dataset.kaggle.places import TOKEN_PAGE
from training.errors import CredentialError, DownloadError, UserError
from training.progress import duration_words

UNAUTHORISED, FORBIDDEN, NOT_FOUND, TOO_MANY = 401, 403, 404, 429
_PROXY_WANTS_A_NAME, _SERVER_TROUBLE = 407, 500
_WAIT_UNLESS_TOLD_S = 60.0
_LONGEST_WAIT_S = 7 * 86_400.0


class RulesError(DownloadError):
    """The rules of the competition are not accepted by this account."""


@dataclass(frozen=True)
class _Network:
    """A row of the table below: what went wrong before Kaggle could answer."""

    error: type[Exception]
    message: str
    hint: str
    may_pass: bool = False


_NETWORK: Sequence[_Network] = (
    _Network(
        requests.exceptions.ProxyError,
        "The proxy of this network does not let the program through to Kaggle.",
        "Check the proxy in the system's settings or in the variable HTTPS_PROXY.",
    ),
    _Network(
        requests.exceptions.SSLError,
        "No safe connection to Kaggle can be made (TLS), so the token was not sent.",
        "Check the computer's clock; a network or a virus scanner that looks into connections "
        "causes this too.",
    ),
    _Network(
        urllib3.exceptions.NameResolutionError,
        "The address of Kaggle cannot be found: this computer seems to be offline.",
        "Connect to a network, and try again.",
        may_pass=True,
    ),
    _Network(
        requests.exceptions.Timeout,
        "Kaggle does not answer.",
        "Check the connection to the network, and try again.",
        may_pass=True,
    ),
    _Network(
        requests.exceptions.TooManyRedirects,
        "The network leads from one address to the next and never to Kaggle.",
        "Sign in to the network in a browser if it asks for that, and try again.",
    ),
)
_NO_CONNECTION = _Network(
    Exception,
    "There is no connection to Kaggle.",
    "Check the connection to the network, and try again.",
    may_pass=True,
)


def refused(
    status: int, headers: Mapping[str, str], errand: Errand = PICTURES, *, said: str = ""
) -> UserError:
    """What a status from 400 on means.

    Args:
        status: The status.
        headers: The answer's, for `Retry-After`.
        errand: What was asked for.
        said: Kaggle's own words, where it gave any that can be shown.
    """
    if status == UNAUTHORISED:
        return CredentialError(
            "Kaggle refused the token.",
            f"It may be mistyped, expired or revoked: create a new one at {TOKEN_PAGE}.",
            page=TOKEN_PAGE,
        )
    if status == FORBIDDEN:
        return _rules_not_accepted(errand, said)
    if status == NOT_FOUND:
        return DownloadError(errand.missing, errand.missing_hint, page=errand.missing_page)
    if status == TOO_MANY:
        after_s = _retry_after(headers)
        return PassingError(
            "Kaggle has had too many requests from this account for now.",
            f"{_sentence(errand.again)} in {duration_words(after_s)}.",
            after_s=after_s,
        )
    if status == _PROXY_WANTS_A_NAME:
        return _in_words(_NETWORK[0], errand)
    if status >= _SERVER_TROUBLE:
        return PassingError(
            f"Kaggle has trouble of its own ({status}).", f"Try again later. {errand.instead}"
        )
    words = f", and says: “{said}”" if said else "."
    return DownloadError(f"Kaggle refused the request ({status}){words}", errand.instead)


def store_refused(status: int, errand: Errand = PICTURES) -> PassingError:
    """The store that Kaggle leads to refuses what Kaggle has granted, as after a while it does."""
    return PassingError(
        f"{errand.store} refuses the request ({status}).",
        f"{_sentence(errand.again)} later. {errand.instead}",
    )


def web_page(errand: Errand = PICTURES) -> DownloadError:
    """A web page came instead of an answer: a network's sign-in page, or a notice."""
    return DownloadError(
        f"A web page came instead of {errand.awaited}, as from a network that wants you to sign "
        "in.",
        f"Open any page in a browser and sign in to the network; then accept the rules at "
        f"{errand.rules_page} if you have not, and {errand.again}.",
        page=errand.rules_page,
    )


def unreachable(error: Exception, errand: Errand = PICTURES) -> DownloadError:
    """What kept Kaggle from answering at all.

    Args:
        error: Of requests or urllib3; nothing of it is kept, since it holds what was sent.
        errand: What was asked for.
    """
    causes = list(_causes(error))
    for row in _NETWORK:
        if any(isinstance(cause, row.error) for cause in causes):
            return _in_words(row, errand)
    return _in_words(_NO_CONNECTION, errand)


def _rules_not_accepted(errand: Errand, said: str) -> RulesError:
    words = f" Kaggle says: “{said}”" if said else ""
    return RulesError(
        errand.rules,
        f"Open {errand.rules_page}, sign in with the account of your token, accept them, and "
        f"{errand.again}.{words}",
        page=errand.rules_page,
    )


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _in_words(row: _Network, errand: Errand) -> DownloadError:
    hint = f"{row.hint} {errand.instead}"
    if row.may_pass:
        return PassingError(row.message, hint, only_once_begun=True)
    return DownloadError(row.message, hint)


def _causes(error: BaseException) -> list[BaseException]:
    """An error and what it wraps; requests and urllib3 hand it on as argument or `reason`."""
    found, waiting = [], [error]
    while waiting:
        each = waiting.pop()
        found.append(each)
        inner = [*each.args, getattr(each, "reason", None)]
        waiting += [one for one in inner if isinstance(one, BaseException) and one not in found]
    return found


def _retry_after(headers: Mapping[str, str]) -> float:
    """Seconds to wait: stated as such, or as a date (RFC 9110, section 10.2.3)."""
    said = headers.get("Retry-After", "")
    try:
        seconds = float(said) if said.isdecimal() else _until(said)
    except (ValueError, OverflowError):
        return _WAIT_UNLESS_TOLD_S
    return min(max(0.0, seconds), _LONGEST_WAIT_S)


def _until(date: str) -> float:
    return email.utils.parsedate_to_datetime(date).timestamp() - time.time()
