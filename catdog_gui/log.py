"""Where the program's own words go: a rotating log, and a report if the process crashes."""

import faulthandler
import logging
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType

from training.home import Home

OUTPUT_FILE = "output.txt"

_KEY = "catdog"
_LOG_BYTES = 1 << 20
_OLD_LOGS = 3
_FORMAT = "%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"
_OURS = ("catdog_gui", "training", "qt")
_log = logging.getLogger(__name__)
_qt_log = logging.getLogger("qt")

_QT_LEVELS: Mapping[QtMsgType, int] = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def log_file(home: Home, key: str = _KEY) -> Path:
    """The log of a program: two that write to one file would lose lines when it is full.

    Args:
        home: Where the log folder is.
        key: The program's.
    """
    return home.logs / f"{key}.log"


def crash_file(home: Home, key: str = _KEY) -> Path:
    """Where a program's crash is reported while it runs; gone once it has ended by itself.

    Args:
        home: Where the log folder is.
        key: The program's.
    """
    return home.logs / f"{key}-crash.txt"


@contextmanager
def kept_log(home: Home, key: str = _KEY) -> Iterator[str]:
    """Write what happens to `log_file`, and a crash to `crash_file` beside it.

    A folder that cannot be written, or a full disk, costs the log only: the program goes on.

    Yields:
        The report of the crash that ended the program last time; empty where none did.
    """
    give_streams(home)
    for name in _OURS:  # others stay at WARNING: some libraries tell secrets at DEBUG
        logging.getLogger(name).setLevel(logging.INFO)
    with ExitStack() as opened:
        report = ""
        try:
            _open_log(log_file(home, key), opened)
            report = _await_crash(crash_file(home, key), opened)
        except OSError as error:
            _log.warning("there is no log: %s", error)
        yield report


def give_streams(home: Home) -> None:
    """A windowed bundle has no standard streams; libraries that print would stumble over that."""
    if sys.stdout is not None and sys.stderr is not None:
        return
    stream = _output_file(home.logs / OUTPUT_FILE).open("w", encoding="utf-8", buffering=1)
    sys.stdout = sys.stdout or stream
    sys.stderr = sys.stderr or stream


def log_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    """Take what Qt has to say into the log; for `qInstallMessageHandler`."""
    category = getattr(context, "category", None) or "default"
    _qt_log.log(_QT_LEVELS[kind], "%s: %s", category, message)


class _LogFile(RotatingFileHandler):
    """A log that a full disk costs some lines, and nobody a traceback in the terminal."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Let a line go that the disk does not take."""
        if not isinstance(sys.exception(), OSError):
            super().handleError(record)

    def close(self) -> None:
        """Close the file, whether or not it takes its last lines."""
        with suppress(OSError):
            super().close()


def _open_log(file: Path, opened: ExitStack) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    handler = _LogFile(
        file,
        maxBytes=_LOG_BYTES,
        backupCount=_OLD_LOGS,
        encoding="utf-8",
        errors="replace",
    )
    opened.callback(handler.close)
    handler.setFormatter(logging.Formatter(_FORMAT))
    logging.getLogger().addHandler(handler)
    opened.callback(logging.getLogger().removeHandler, handler)


def _await_crash(file: Path, opened: ExitStack) -> str:
    """Have a crash reported from now on; returns the report of the last one."""
    last = file.read_text("utf-8", errors="replace") if file.is_file() else ""
    if last:
        _log.error("the program crashed the last time:\n%s", last)
    opened.callback(_remove, file)
    faulthandler.enable(opened.enter_context(file.open("w", encoding="utf-8")))
    opened.callback(faulthandler.disable)
    return last


def _remove(file: Path) -> None:
    with suppress(OSError):
        file.unlink()


def _output_file(path: Path) -> Path:
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        return path
    return Path(os.devnull)
