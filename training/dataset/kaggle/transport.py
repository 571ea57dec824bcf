"""Requests to Kaggle with time-outs, and what comes back: a value, or a sentence.

No error of requests goes on from here: it holds what was sent, with the token.
"""

import base64
import re
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import requests
import urllib3.exceptions
from requests.adapters import HTTPAdapter

from training.dataset.download import OK, PARTIAL_CONTENT, RANGE_NOT_SATISFIABLE, Reply
from training.dataset.kaggle import refusals
from training.dataset.kaggle.errands import PICTURES, Errand
from training.errors import UserError

_CONNECT_S, _READ_S = 15.0, 30.0
_FIRST_REFUSAL = 400
_LONGEST_WORDS = 300
_LIKE_A_SECRET = re.compile(r"KG[A-Z]T_|\w{24,}", re.ASCII)

_Answer = TypeVar("_Answer")


class Patient(HTTPAdapter):
    """Gives each request the time-outs that kagglesdk leaves out."""

    def send(self, request: requests.PreparedRequest, **settings: Any) -> requests.Response:  # type: ignore[override]  # noqa: ANN401 - requests' own
        """Send a request, and wait for its answer with patience that ends."""
        settings["timeout"] = settings.get("timeout") or (_CONNECT_S, _READ_S)
        return super().send(request, **settings)


def answer_of(
    call: Callable[[], _Answer],
    *,
    errand: Errand = PICTURES,
    means_refused: tuple[int, ...] = (),
) -> _Answer:
    """Call Kaggle; what goes wrong becomes a sentence, and holds nothing of what was sent.

    Args:
        call: Asks by kagglesdk, or by requests where `raise_for_status` is called.
        errand: What is asked for.
        means_refused: Statuses that say that the token is refused.

    Raises:
        UserError: See `refusals`.
    """
    try:
        return call()
    except requests.HTTPError as error:
        problem = _problem_of(_answered(error), errand, means_refused)
    except requests.JSONDecodeError:
        problem = refusals.web_page(errand)
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
        problem = refusals.unreachable(error, errand)
    except (ValueError, KeyError, TypeError, AttributeError):  # an answer in another form
        problem = refusals.web_page(errand)
    raise problem  # outside of the handlers: those errors hold the request, with the credential


def body_of(call: Callable[[], requests.Response]) -> requests.Response:
    """`answer_of` for a file; that a range cannot be had is an answer, no problem."""

    def either() -> requests.Response:
        try:
            return call()
        except requests.HTTPError as error:
            response = _answered(error)
            if response.status_code != RANGE_NOT_SATISFIABLE:
                raise
            return response

    return answer_of(either)


def _answered(error: requests.HTTPError) -> requests.Response:
    assert error.response is not None  # kagglesdk raises it for an answer alone
    return error.response


def _problem_of(
    response: requests.Response, errand: Errand, means_refused: tuple[int, ...]
) -> UserError:
    status = response.status_code
    if status < _FIRST_REFUSAL:  # kagglesdk raises for a code that stands in the JSON alone, too
        status = int(response.json()["code"])
    said = _own_words(response)
    response.close()
    if response.history:  # redirected: this is the store's answer, not Kaggle's
        return refusals.store_refused(status, errand)
    if status in means_refused:
        status = refusals.UNAUTHORISED
    return refusals.refused(status, response.headers, errand, said=said)


def _own_words(response: requests.Response) -> str:
    """What Kaggle says in a sentence; empty where that holds what was sent to it, or may."""
    try:
        said = response.json()["message"]
    except (ValueError, KeyError, TypeError, requests.RequestException):
        return ""
    words = shown_words(str(said))
    holds_what_was_sent = any(secret in words for secret in _secrets_of(response.request))
    return "" if holds_what_was_sent or _LIKE_A_SECRET.search(words) else words


def shown_words(said: str) -> str:
    """A stranger's words in one line that is not too long."""
    line = " ".join("".join(each if each.isprintable() else " " for each in said).split())
    return line if len(line) <= _LONGEST_WORDS else f"{line[:_LONGEST_WORDS]}…"


def _secrets_of(request: requests.PreparedRequest) -> Sequence[str]:
    """What a request said of who asks, as it was sent and as it is read."""
    scheme, _, sent = str(request.headers.get("Authorization", "")).partition(" ")
    secrets = [sent]
    if scheme == "Basic":
        secrets.append(base64.b64decode(sent).decode("latin-1").partition(":")[2])
    return [secret for secret in secrets if secret]


def reply_of(response: requests.Response) -> Reply:
    """A file that comes, before its body is read.

    Raises:
        DownloadError: A web page comes instead.
    """
    is_page = response.headers.get("Content-Type", "").startswith("text/html")
    if response.status_code not in (OK, PARTIAL_CONTENT, RANGE_NOT_SATISFIABLE) or is_page:
        response.close()
        raise refusals.web_page()
    body = response.raw

    def read(most: int) -> bytes:
        try:
            return bytes(body.read1(most, decode_content=False))
        except (urllib3.exceptions.HTTPError, OSError, ValueError):
            pass  # told outside of the handler, without what the error holds
        raise ConnectionResetError

    def wake() -> None:
        try:
            body.shutdown()
        except (OSError, RuntimeError, ValueError):
            return  # it has ended already

    headers = {name.lower(): value for name, value in response.headers.items()}
    return Reply(response.status_code, headers, read, wake, response.close)
