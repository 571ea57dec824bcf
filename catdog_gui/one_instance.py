"""One window a home: a second launch hands its files over to the first, and ends."""

import contextlib
import json
import logging
import secrets
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, Signal

from training import atomic
from training.errors import UserError
from training.home import Home

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

MOST_BYTES = 1 << 20
"""The longest message."""

_PATIENCE_S = 3.0
_PAUSE_S = 0.05
_TAKEN = b"taken\n"
_log = logging.getLogger(__name__)


class OneInstance(QObject):
    """The claim of a launch on the window of its home.

    The claim is a lock file in the home. A killed process cannot keep it: whoever comes next finds
    that no such process lives. Beside it stands the address of a local socket, of a random name
    and for this user alone, at which the first launch hears the later ones. Where the home cannot
    be written to, nothing is claimed, and each launch opens a window as the log allows.

    Args:
        home: The home.
        key: The program's; each has a window of its own.

    Signals:
        called: A later launch brings this tuple of paths, perhaps an empty one.
    """

    called = Signal(object)

    def __init__(self, home: Home, key: str) -> None:
        super().__init__()
        self._root = home.root
        self._lock = QLockFile(str(home.root / f"{key}.lock"))
        self._lock.setStaleLockTime(0)  # a window may stay open for days
        self._address = home.root / f"{key}.address"
        self._server: QLocalServer | None = None

    def claim(self) -> bool:
        """Whether this launch is to open the window; if not, `hand_over` is next."""
        with contextlib.suppress(OSError):
            self._root.mkdir(parents=True, exist_ok=True)
        if self._lock.tryLock(0):
            self._remove_address()
            return True
        return self._lock.error() != QLockFile.LockError.LockFailedError

    def listen(self) -> None:
        """Hear later launches from now on; Qt's network part is loaded here, after the window."""
        if not self._lock.isLocked():
            return
        from PySide6.QtNetwork import QLocalServer

        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_server_new_connection)
        if not self._server.listen(f"catdog-{secrets.token_hex(8)}"):
            _log.warning("later launches cannot be heard: %s", self._server.errorString())
            return
        try:
            atomic.write_text(self._address, self._server.fullServerName())
        except OSError as error:
            _log.warning("later launches cannot find this one: %s", error)

    def hand_over(self, files: Sequence[Path], *, patience_s: float = _PATIENCE_S) -> bool:
        """Give files to the first launch, whose window comes to the front.

        Where the first does not answer, no second window opens: it could delete a dataset or a run
        that the first is learning from. Nothing is lost by that, for the files stay where they are
        and the sentence says how to go on.

        Args:
            files: Absolute paths.
            patience_s: How long to wait for each answer, in seconds.

        Returns:
            Whether the first has them; False where it has ended meanwhile: the claim is ours.

        Raises:
            UserError: It does not answer.
        """
        for message in messages_for([str(path) for path in files]):
            deadline = time.monotonic() + patience_s
            while not self._send(message, deadline):
                if self.claim():
                    return False
                if time.monotonic() >= deadline:
                    raise UserError(
                        "The window is open already and does not answer.",
                        "Wait until it is done with its work or close it, then try again.",
                    )
                time.sleep(_PAUSE_S)
        return True

    def release(self) -> None:
        """Let the next launch open a window."""
        if self._server is not None:
            self._server.close()
        if self._lock.isLocked():
            with contextlib.suppress(OSError):
                self._address.unlink()
            self._lock.unlock()

    def _on_server_new_connection(self) -> None:
        assert self._server is not None
        while self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            socket.setReadBufferSize(MOST_BYTES)
            socket.readyRead.connect(partial(self._on_socket_ready_read, socket))
            socket.disconnected.connect(socket.deleteLater)
            self._on_socket_ready_read(socket)

    def _on_socket_ready_read(self, socket: "QLocalSocket") -> None:
        if not socket.canReadLine():
            if socket.bytesAvailable() >= MOST_BYTES:
                socket.abort()
            return
        paths = paths_in(bytes(socket.readLine().data()))
        if paths is None:
            _log.warning("a message of another program is left unread")
            socket.abort()
            return
        socket.write(_TAKEN)
        socket.flush()
        _log.info("another launch brings %d files", len(paths))
        self.called.emit(paths)

    def _send(self, message: bytes, deadline: float) -> bool:
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(self._read_address())
        is_written = socket.waitForConnected(_ms_until(deadline)) and socket.write(message) > 0
        while is_written and socket.bytesToWrite():
            is_written = socket.waitForBytesWritten(_ms_until(deadline))
        return is_written and socket.waitForReadyRead(_ms_until(deadline))

    def _read_address(self) -> str:
        try:
            return self._address.read_text(encoding="utf-8")
        except (OSError, ValueError):  # the first is about to write it
            return ""

    def _remove_address(self) -> None:
        """Remove what a killed process has left."""
        if address := self._read_address():
            from PySide6.QtNetwork import QLocalServer

            QLocalServer.removeServer(address)
            with contextlib.suppress(OSError):
                self._address.unlink()


def messages_for(words: Sequence[str]) -> Iterator[bytes]:
    """One message, or several where it would be too long: each a line of JSON.

    Args:
        words: The paths; without any, one message that only calls.
    """
    message = json.dumps(list(words)).encode() + b"\n"
    if len(message) < MOST_BYTES or len(words) < 2:
        yield message
        return
    middle = len(words) // 2
    yield from messages_for(words[:middle])
    yield from messages_for(words[middle:])


def paths_in(message: bytes) -> tuple[Path, ...] | None:
    """The paths of a message that are absolute and there; None where it is no message of ours."""
    try:
        words = json.loads(message)
    except (ValueError, RecursionError):
        return None
    if not isinstance(words, list):
        return None
    paths = (Path(word) for word in words if isinstance(word, str))
    return tuple(path for path in paths if path.is_absolute() and path.exists())


def _ms_until(deadline: float) -> int:
    return max(1, round((deadline - time.monotonic()) * 1000))
