"""Thumbnails, decoded beside the window: what was asked for last comes first."""

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication, QImage, QPixmap

_WORKERS = 2
_MOST_WAITING = 256
_BATCH_SECONDS = 0.1  # what one glance asks for is decoded in the order in which it was asked for
_CACHE_BYTES = 64 * 1024 * 1024
_PIXEL_BYTES = 4
_log = logging.getLogger(__name__)


class ThumbnailLoader(QObject):
    """Decodes small copies of pictures in worker threads and keeps the latest ones.

    Ask again whenever a picture is painted: a request that is not repeated is overtaken by newer
    ones, and dropped once enough of them wait. It lives in the GUI thread.

    Args:
        box_px: Side of the square that a copy fits into, in pixels that do not depend on the
            screen's scale.
        cache_bytes: How much memory the kept copies may take; at least one is always kept.

    Signals:
        loaded: The `Path` of a picture whose `pixmap` is there now.
    """

    loaded = Signal(object)

    def __init__(
        self, box_px: int, parent: QObject | None = None, *, cache_bytes: int = _CACHE_BYTES
    ) -> None:
        super().__init__(parent)
        self._box_px = box_px
        self._cache = _PixmapCache(cache_bytes)
        self._requests = _Requests()
        self._relay = _Relay()
        self._relay.decoded.connect(self._on_relay_decoded)
        self._executor = ThreadPoolExecutor(_WORKERS, thread_name_prefix="thumbnails")
        self.destroyed.connect(self._requests.drop_all)

    def pixmap(self, path: Path) -> QPixmap | None:
        """A picture's small copy.

        Args:
            path: The file.

        Returns:
            The copy; a null pixmap where the file cannot be shown; None where it is not decoded
            yet: `loaded` tells when it is.
        """
        kept = self._cache.get(path)
        if kept is None and self._requests.ask(path):
            ratio = QGuiApplication.primaryScreen().devicePixelRatio()
            self._executor.submit(_work, self._requests, self._relay, self._box_px, ratio=ratio)
        return kept

    def keep_only(self, paths: Collection[Path]) -> None:
        """Drop the waiting requests for all other pictures: they are out of sight."""
        self._requests.keep_only(paths)

    def forget(self) -> None:
        """Decode every picture anew: the files may be others by now."""
        self._requests.drop_all()
        self._cache.clear()

    def _on_relay_decoded(self, request: "_Request", image: QImage) -> None:
        if self._requests.finish(request):
            self._cache.put(request.path, QPixmap.fromImage(image))
            self.loaded.emit(request.path)


class _Request:
    """One wish for a picture; two for the same picture are not the same."""

    def __init__(self, path: Path, batch: int) -> None:
        self.path = path
        self.batch = batch


class _Relay(QObject):
    """Carries pictures to the GUI thread. It outlives the loader as long as a worker needs it."""

    decoded = Signal(object, object)


class _Requests:
    """What is wanted and what is being decoded; for the GUI thread and the workers alike."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: dict[Path, _Request] = {}  # the longest waiting first
        self._in_work: dict[Path, _Request] = {}
        self._workers = 0

    def ask(self, path: Path) -> bool:
        """Take note of a wish, or renew it; True where one more worker is to begin."""
        with self._lock:
            if path in self._in_work:
                return False
            self._waiting.pop(path, None)
            self._waiting[path] = _Request(path, int(time.monotonic() / _BATCH_SECONDS))
            if len(self._waiting) > _MOST_WAITING:
                del self._waiting[next(iter(self._waiting))]
            is_one_more = self._workers < _WORKERS
            self._workers += is_one_more
            return is_one_more

    def take(self) -> _Request | None:
        """The next to decode, out of the newest batch; None ends the worker."""
        with self._lock:
            if not self._waiting:
                self._workers -= 1
                return None
            request = max(self._waiting.values(), key=lambda each: each.batch)
            self._in_work[request.path] = self._waiting.pop(request.path)
            return request

    def finish(self, request: _Request) -> bool:
        """Whether a decoded picture is still what is wanted."""
        with self._lock:
            if self._in_work.get(request.path) is not request:
                return False
            del self._in_work[request.path]
            return True

    def keep_only(self, paths: Collection[Path]) -> None:
        with self._lock:
            self._waiting = {path: each for path, each in self._waiting.items() if path in paths}

    def drop_all(self) -> None:
        with self._lock:
            self._waiting.clear()
            self._in_work.clear()


class _PixmapCache:
    """The pixmaps that were used last, up to a number of bytes."""

    def __init__(self, limit_bytes: int) -> None:
        self._limit_bytes = limit_bytes
        self._bytes = 0
        self._pixmaps: OrderedDict[Path, QPixmap] = OrderedDict()

    def get(self, path: Path) -> QPixmap | None:
        pixmap = self._pixmaps.get(path)
        if pixmap is not None:
            self._pixmaps.move_to_end(path)
        return pixmap

    def put(self, path: Path, pixmap: QPixmap) -> None:
        self._pixmaps[path] = pixmap
        self._bytes += _bytes_of(pixmap)
        while self._bytes > self._limit_bytes and len(self._pixmaps) > 1:
            _, oldest = self._pixmaps.popitem(last=False)
            self._bytes -= _bytes_of(oldest)

    def clear(self) -> None:
        self._pixmaps.clear()
        self._bytes = 0


def _work(requests: _Requests, relay: _Relay, box_px: int, *, ratio: float) -> None:
    while (request := requests.take()) is not None:
        relay.decoded.emit(request, _image_of(request.path, box_px, ratio=ratio))


def _image_of(path: Path, box_px: int, *, ratio: float) -> QImage:
    """The small copy of a file; a null image where it cannot be shown."""
    from training.dataset.decode import thumbnail

    try:
        small = thumbnail(path, round(box_px * ratio)).convert("RGBA")
    except Exception as error:  # noqa: BLE001 - whatever the file does, the others go on
        _log.info("no thumbnail of %s: %s", path, error)
        return QImage()
    row_bytes = small.width * _PIXEL_BYTES
    pixels = small.tobytes("raw", "BGRA")
    view = QImage(pixels, small.width, small.height, row_bytes, QImage.Format.Format_RGB32)
    image = view.copy()  # the view does not own its pixels
    image.setDevicePixelRatio(ratio)
    return image


def _bytes_of(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * _PIXEL_BYTES
