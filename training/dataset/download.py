"""A file from a server, in as many pieces as the connection needs: resumed, never mixed.

What has come stays on the disk, with the server's mark of its version. The next request asks for
the rest, on the condition that the version is still the same (`If-Range`); where it is not, or
where the server knows no ranges, the whole file comes and what was there is dropped. RFC 9110,
sections 13.1.5 and 14.
"""

import math
import re
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from training.cancellation import CancelToken
from training.dataset.feed import Feed
from training.dataset.partial import Partial, Version
from training.errors import DownloadError
from training.events import EventSink, Stage, StageStarted
from training.progress import Ticker, duration_words

OK, PARTIAL_CONTENT, RANGE_NOT_SATISFIABLE = 200, 206, 416

_PIECE_BYTES = 1 << 18
_LOOK_S = 0.1
_CONTENT_RANGE = re.compile(r"bytes (\d{1,15})-\d{1,15}/(\d{1,15}|\*)")
_LENGTH = re.compile(r"\d{1,15}")
_GO_ON = "What has come is kept: download again to go on from there."


@dataclass(frozen=True)
class Reply:
    """A server's answer, before its body was read.

    Attributes:
        status: 200, 206 or 416; the opener turns all others into errors.
        headers: Their names in lower case.
        read: Reads what is there, at most so many bytes; nothing at the end. Raises an `OSError`
            where the connection breaks.
        wake: Ends a `read` that another thread waits in.
        close: Gives the connection back.
    """

    status: int
    headers: Mapping[str, str]
    read: Callable[[int], bytes]
    wake: Callable[[], None]
    close: Callable[[], None]


Opener = Callable[[Mapping[str, str]], Reply]
"""Asks for the file with further headers; raises a `DownloadError` where there is none."""


class PassingError(DownloadError):
    """Trouble that may pass by itself.

    Args:
        message: What happened.
        hint: What to do if it does not pass.
        after_s: How long the server asks to wait, in seconds; None where it does not say.
        only_once_begun: Whether it is worth a wait only in the middle of a download: with nothing
            there yet, a person would rather be told at once.
    """

    def __init__(
        self,
        message: str,
        hint: str,
        *,
        after_s: float | None = None,
        only_once_begun: bool = False,
    ) -> None:
        super().__init__(message, hint)
        self.after_s = after_s
        self.only_once_begun = only_once_begun


@dataclass(frozen=True)
class Patience:
    """How long a download waits for what.

    Attributes:
        connect_s: For the start of an answer: looking the name up, connecting, redirects.
        stall_s: For the next piece.
        tries: How often in a row without a new byte it asks again.
        first_wait_s: Before it asks again the first time; each wait is twice the one before.
        longest_wait_s: A server that asks for more ends the download with a sentence.
    """

    connect_s: float = 60.0
    stall_s: float = 30.0
    tries: int = 5
    first_wait_s: float = 1.0
    longest_wait_s: float = 900.0


PATIENCE = Patience()


def download(
    opener: Opener,
    target: Path,
    *,
    emit: EventSink,
    token: CancelToken,
    require_space: Callable[[int, int], None],
    patience: Patience = PATIENCE,
) -> int:
    """Download a file, or the rest of it.

    Args:
        opener: Asks the server.
        target: The file; its folder must exist. What has come lies beside it until it is whole.
        emit: Told how it goes, in bytes.
        token: Looked at ten times a second, also while nothing comes.
        require_space: Told how many bytes will still come, and of how many; raises where they do
            not fit.
        patience: How long it waits for what.

    Returns:
        The file's size in bytes: the one that the server stated, where it stated one.

    Raises:
        Cancelled: The user cancelled; what has come is kept.
        DownloadError: It cannot begin or go on; what has come is kept.
        OSError: The file cannot be written.
    """
    job = _Download(opener, Partial(target), emit, token, require_space, patience)
    job.run()
    return target.stat().st_size


@dataclass
class _Download:
    opener: Opener
    partial: Partial
    emit: EventSink
    token: CancelToken
    require_space: Callable[[int, int], None]
    patience: Patience
    begun: int = 0  # bytes that were there before
    furthest: int = 0  # bytes there at any time: a try that comes no further was in vain
    in_vain: int = 0

    def run(self) -> None:
        self.begun = self.furthest = self.partial.bytes_there
        while not self.partial.is_whole:
            try:
                self._fetch()
                break
            except PassingError as trouble:
                self._wait_after(trouble)
        self.partial.finish()

    def _fetch(self) -> None:
        """Ask once, and write what comes until it ends."""
        self.emit(StageStarted(Stage.CONNECTING))
        headers = _range_headers(self.partial)
        with self._replying(headers) as (reply, feed):
            self._agree_with(reply)
            total = self.partial.version.total_bytes
            self.require_space(max(0, total - self.partial.bytes_there), total)
            self._write(feed)
        if total and not self.partial.is_whole:
            raise PassingError(
                "The connection broke off before the file was whole.",
                "Check the connection to the network.",
            )

    @contextmanager
    def _replying(
        self, headers: Mapping[str, str]
    ) -> Generator[tuple[Reply, "Feed[Reply | bytes]"], None, None]:
        feed: Feed[Reply | bytes] = Feed(lambda: _read(self.opener, headers), self.token)
        reply = None
        try:
            reply = _taken(feed, self.patience.connect_s)
            assert isinstance(reply, Reply)
            yield reply, feed
        finally:
            if isinstance(reply, Reply):
                reply.wake()
            feed.leave()

    def _agree_with(self, reply: Reply) -> None:
        """Decide whether what comes is the rest or the whole, and make place for it."""
        if reply.status == OK:
            self.partial.begin(_version(reply.headers))
            return
        if reply.status != PARTIAL_CONTENT or not _is_the_rest(reply, self.partial):
            self.partial.discard()
            raise PassingError(
                "The server has another size or version of the file than it said before.",
                "Try again later, or download the file in a browser and import it.",
            )

    def _write(self, feed: "Feed[Reply | bytes]") -> None:
        there, total = self.partial.bytes_there, self.partial.version.total_bytes
        stage = StageStarted(Stage.DOWNLOADING, total=total, unit="bytes", start=there)
        ticker = Ticker(self.emit, stage)
        with self.partial.appending() as file:
            while piece := _taken(feed, self.patience.stall_s):
                assert isinstance(piece, bytes)
                file.write(piece)
                ticker.advance(len(piece))

    def _wait_after(self, trouble: PassingError) -> None:
        """Wait until it is worth another try, or give up."""
        there = self.partial.bytes_there
        self.in_vain = 0 if there > self.furthest else self.in_vain + 1
        self.furthest = max(there, self.furthest)
        seconds = trouble.after_s
        if seconds is None:
            seconds = self.patience.first_wait_s * 2 ** max(0, self.in_vain - 1)
        hopeless = trouble.only_once_begun and self.furthest == self.begun
        if hopeless or self.in_vain >= self.patience.tries:
            raise _given_up(trouble, there)
        if seconds > self.patience.longest_wait_s:
            words = f"It asks to wait for {duration_words(seconds)}. {trouble.hint}"
            raise _given_up(DownloadError(trouble.message, words), there)
        wait(seconds, emit=self.emit, token=self.token)


def wait(seconds: float, *, emit: EventSink, token: CancelToken) -> None:
    """Let time pass, and say how much is left.

    Raises:
        Cancelled: The user cancelled.
    """
    ticker = Ticker(emit, StageStarted(Stage.WAITING, total=math.ceil(seconds), unit="seconds"))
    begun, told = time.monotonic(), 0
    while (passed := time.monotonic() - begun) < seconds:
        token.raise_if_cancelled()
        ticker.advance(int(passed) - told)
        told = int(passed)
        time.sleep(min(_LOOK_S, seconds - passed))


def _given_up(trouble: DownloadError, there: int) -> DownloadError:
    return DownloadError(trouble.message, f"{_GO_ON} {trouble.hint}" if there else trouble.hint)


def _read(opener: Opener, headers: Mapping[str, str]) -> Generator[Reply | bytes, None, None]:
    """The reply, then its body; runs in the feed's thread."""
    reply = opener(headers)
    try:
        yield reply
        while piece := reply.read(_PIECE_BYTES):
            yield piece
    finally:
        with suppress(OSError):
            reply.close()


def _taken(feed: "Feed[Reply | bytes]", limit_s: float) -> Reply | bytes | None:
    try:
        return feed.take(limit_s)
    except TimeoutError:
        trouble = PassingError(
            "The server has stopped answering.", "Check the connection to the network."
        )
    except ConnectionError:
        trouble = PassingError("The connection broke off.", "Check the connection to the network.")
    raise trouble  # outside of the handlers: what the broken connection held is not to be kept


def _range_headers(partial: Partial) -> dict[str, str]:
    """What asks for the rest, in the form that the server saved it: packed, sizes would not fit."""
    plain = {"Accept-Encoding": "identity"}
    there = partial.bytes_there
    if not there or not partial.version.mark:
        return plain
    return plain | {"Range": f"bytes={there}-", "If-Range": partial.version.mark}


def _is_the_rest(reply: Reply, partial: Partial) -> bool:
    said = _CONTENT_RANGE.fullmatch(reply.headers.get("content-range", ""))
    total = partial.version.total_bytes
    return (
        said is not None
        and int(said[1]) == partial.bytes_there
        and (not total or said[2] == str(total))
    )


def _version(headers: Mapping[str, str]) -> Version:
    tag = headers.get("etag", "")
    mark = headers.get("last-modified", "") if tag.startswith("W/") or not tag else tag
    length = headers.get("content-length", "")
    return Version(mark, int(length) if _LENGTH.fullmatch(length) else 0)
