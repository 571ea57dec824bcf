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

CRASH_FILE = "crash.txt"
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


@contextmanager
def kept_log(home: Home, key: str = _KEY) -> Iterator[None]:
    """Write what happens to `log_file`, and a crash to `crash.txt` beside it.

    A folder that cannot be written costs the log only: the program goes on.
    """
    give_streams(home)
    for name in _OURS:  # others stay at WARNING: some libraries tell secrets at DEBUG
        logging.getLogger(name).setLevel(logging.INFO)
    with ExitStack() as opened:
        try:
            _open_log(log_file(home, key), opened)
        except OSError as error:
            _log.warning("there is no log: %s", error)
        yield


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


def _open_log(file: Path, opened: ExitStack) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(
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
    crash_report = opened.enter_context((file.parent / CRASH_FILE).open("a", encoding="utf-8"))
    faulthandler.enable(crash_report)
    opened.callback(faulthandler.disable)


def _output_file(path: Path) -> Path:
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        return path
    return Path(os.devnull)
