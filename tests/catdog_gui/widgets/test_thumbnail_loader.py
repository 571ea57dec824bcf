"""Thumbnails come beside the window: the newest first, what is out of sight never."""

import threading

import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from catdog_gui.widgets import thumbnail_loader
from catdog_gui.widgets.thumbnail_loader import ThumbnailLoader
from training.cancellation import CancelToken
from training.dataset import decode
from training.dataset.sample import draw_sample


@pytest.fixture(scope="module")
def pictures(tmp_path_factory):
    folder = tmp_path_factory.mktemp("thumbnails")
    draw_sample(folder, count=12, seed=1, emit=lambda _: None, token=CancelToken())
    return sorted(folder.glob("*.jpg"))


class HeldDecode:
    """Decodes only once it is let go, and notes what it was asked for, and where."""

    def __init__(self):
        self.let_go = threading.Event()
        self.paths = []
        self.threads = set()
        self._decode = decode.thumbnail

    def __call__(self, path, box_px):
        self.paths.append(path)
        self.threads.add(threading.current_thread())
        assert self.let_go.wait(10)
        return self._decode(path, box_px)


@pytest.fixture
def held(monkeypatch):
    held = HeldDecode()
    monkeypatch.setattr(decode, "thumbnail", held)
    yield held
    held.let_go.set()


@pytest.fixture
def loader(qapp):
    loader = ThumbnailLoader(64)
    yield loader
    loader.forget()


def _load(qtbot, loader, paths):
    for path in paths:
        loader.pixmap(path)
    qtbot.waitUntil(lambda: all(loader.pixmap(path) is not None for path in paths))


def test_a_picture_is_not_there_at_first_and_then_fits_its_box(qtbot, loader, pictures):
    assert loader.pixmap(pictures[0]) is None
    with qtbot.waitSignal(loader.loaded) as loaded:
        pass
    assert loaded.args == [pictures[0]]
    pixmap = loader.pixmap(pictures[0])
    assert max(pixmap.width(), pixmap.height()) == 64


def test_a_file_that_is_no_picture_is_a_null_pixmap_and_the_others_come(
    qtbot, loader, pictures, tmp_path
):
    text = tmp_path / "text.jpg"
    text.write_text("hello")
    _load(qtbot, loader, [text, tmp_path / "missing.jpg", *pictures])
    assert loader.pixmap(text).isNull()
    assert loader.pixmap(tmp_path / "missing.jpg").isNull()
    assert not loader.pixmap(pictures[-1]).isNull()


def test_decoding_happens_in_at_most_two_other_threads(qtbot, loader, pictures, held):
    held.let_go.set()
    _load(qtbot, loader, pictures)
    assert threading.main_thread() not in held.threads
    assert len(held.threads) <= 2


def test_a_picture_is_decoded_once_however_often_it_is_asked_for(qtbot, loader, pictures, held):
    for _ in range(5):
        loader.pixmap(pictures[0])
    held.let_go.set()
    _load(qtbot, loader, pictures[:1])
    loader.pixmap(pictures[0])
    assert held.paths == [pictures[0]]


def test_what_scrolled_away_is_never_decoded(qtbot, loader, pictures, held):
    for path in pictures:
        loader.pixmap(path)
    qtbot.waitUntil(lambda: len(held.paths) == 2)
    loader.keep_only(pictures[-2:])
    held.let_go.set()
    qtbot.waitUntil(lambda: loader.pixmap(pictures[-1]) is not None)
    qtbot.waitUntil(lambda: loader.pixmap(pictures[-2]) is not None)
    assert set(held.paths) == {*pictures[:2], *pictures[-2:]}


def test_what_is_asked_for_last_comes_first(qtbot, loader, pictures, held, monkeypatch):
    monkeypatch.setattr(thumbnail_loader, "_BATCH_SECONDS", 1e-9)  # each wish is a glance
    monkeypatch.setattr(thumbnail_loader, "_WORKERS", 1)
    for path in pictures[:5]:
        loader.pixmap(path)
        qtbot.waitUntil(lambda: len(held.paths) == 1)
    held.let_go.set()
    qtbot.waitUntil(lambda: len(held.paths) == 5)
    assert held.paths == [pictures[0], *reversed(pictures[1:5])]


def test_what_one_glance_asks_for_comes_in_its_order(qtbot, loader, pictures, held, monkeypatch):
    monkeypatch.setattr(thumbnail_loader, "_BATCH_SECONDS", 1e9)
    monkeypatch.setattr(thumbnail_loader, "_WORKERS", 1)
    for path in pictures[:5]:
        loader.pixmap(path)
    held.let_go.set()
    qtbot.waitUntil(lambda: len(held.paths) == 5)
    assert held.paths == pictures[:5]


def test_more_wishes_than_can_wait_lose_the_oldest(qtbot, loader, pictures, held, monkeypatch):
    monkeypatch.setattr(thumbnail_loader, "_MOST_WAITING", 3)
    for path in pictures[:2]:
        loader.pixmap(path)
    qtbot.waitUntil(lambda: len(held.paths) == 2)
    for path in pictures[2:8]:
        loader.pixmap(path)
    held.let_go.set()
    qtbot.waitUntil(lambda: len(held.paths) == 5)
    assert set(held.paths[2:]) == set(pictures[5:8])


def test_the_cache_stays_within_its_bytes(qtbot, pictures):
    loader = ThumbnailLoader(64, cache_bytes=3 * 64 * 64 * 4)
    loaded = []
    loader.loaded.connect(loaded.append)
    for path in pictures:
        loader.pixmap(path)
    qtbot.waitUntil(lambda: len(loaded) == len(pictures))
    kept = loader._cache._pixmaps
    assert 1 <= len(kept) <= 4
    assert sum(each.width() * each.height() * 4 for each in kept.values()) <= 3 * 64 * 64 * 4


def test_what_was_decoded_before_forgetting_is_dropped(qtbot, loader, pictures, held):
    loaded = []
    loader.loaded.connect(loaded.append)
    loader.pixmap(pictures[0])
    qtbot.waitUntil(lambda: len(held.paths) == 1)
    loader.forget()
    loader.pixmap(pictures[1])
    held.let_go.set()
    qtbot.waitUntil(lambda: pictures[1] in loaded)
    assert pictures[0] not in loaded


def test_a_loader_can_go_while_it_decodes(qtbot, pictures, held):
    loader = ThumbnailLoader(64)
    loader.pixmap(pictures[0])
    loader.pixmap(pictures[1])
    loader.pixmap(pictures[2])
    qtbot.waitUntil(lambda: len(held.paths) == 2)
    executor = loader._executor
    with qtbot.waitSignal(loader.destroyed):
        loader.deleteLater()
    held.let_go.set()
    executor.shutdown(wait=True)
    assert len(held.paths) == 2


def test_pixels_are_opaque(qtbot, loader, pictures):
    """A pixmap with an undefined fourth byte looks right until it is painted half seen."""
    _load(qtbot, loader, pictures[:1])
    canvas = QImage(32, 32, QImage.Format.Format_RGB32)
    canvas.fill(QColor("black"))
    painter = QPainter(canvas)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setOpacity(0.5)
    painter.drawPixmap(canvas.rect(), loader.pixmap(pictures[0]))
    painter.end()
    full = loader.pixmap(pictures[0]).scaled(32, 32).toImage().pixelColor(16, 2)
    half = canvas.pixelColor(16, 2)
    for was, seen in zip(full.getRgb()[:3], half.getRgb()[:3], strict=True):
        assert seen == pytest.approx(was / 2, abs=6)
