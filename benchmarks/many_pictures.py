"""A thousand pictures of mixed kinds, 50 of them bad: speed, memory, and the window meanwhile."""

import os
import tempfile
import time
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.heartbeat import Heartbeat
from benchmarks.report import at_least, at_most, publish
from catdog_gui.app import build_application
from catdog_gui.garbage import collected_in_gui_thread
from catdog_gui.main_window import MainWindow
from catdog_gui.widgets.image_drop import Dropped
from catdog_gui.wiring import TabName
from training.cancellation import CancelToken
from training.dataset.decode import load_pixels
from training.dataset.sample import draw_picture
from training.events import Event, VerdictReached
from training.home import Home
from training.inference.batch import classify_files
from training.runs.lab_book import default_run
from training.runs.run_folder import KERAS_FILE, read_record

PICTURES, BAD_EVERY = 1000, 20
PREDICTED = 100
EARLY = 200
SIDES = (200, 320, 480, 800)
FORMS = ("JPEG", "PNG", "WEBP", "GIF", "CMYK", "TURNED")
_ORIENTATION = 0x0112
_LIMIT_S = 300
_MEGABYTE = 1e6


def main() -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        paths = draw(Path(folder, "pictures"))
        rate, growth_mb, unread = classify(paths)
        gaps = watch(paths, Home(Path(folder, "home")))
        plain = predict([path for path in paths if path.suffix != ".bad"][:PREDICTED])
    return publish(
        "many_pictures",
        [
            at_least("pictures a second, all at once / model.predict on each", rate / plain, 8),
            at_most("of 50 bad ones, not told as such", abs(PICTURES // BAD_EVERY - unread), 0),
            at_most("memory grown after the first 200, MB", growth_mb, 50),
            at_most("window meanwhile: 99th percentile of gaps, ms", np.percentile(gaps, 99), 25),
            at_most("window meanwhile: worst gap, ms", max(gaps), 300),
        ],
        pictures_per_second=round(rate, 1),
        predict_per_second=round(plain, 1),
        load=os.getloadavg()[0],
    )


def draw(folder: Path) -> list[Path]:
    """A thousand pictures in every form in turn; each twentieth is cut short."""
    folder.mkdir()
    paths = []
    for number in range(PICTURES):
        form = FORMS[number % len(FORMS)]
        data = _encoded(number, form)
        is_bad = number % BAD_EVERY == BAD_EVERY - 1
        path = folder / f"{number:04}.{'bad' if is_bad else form.lower()}"
        path.write_bytes(data[: len(data) // 3] if is_bad else data)
        paths.append(path)
    return paths


def _encoded(number: int, form: str) -> bytes:
    side = SIDES[number // len(FORMS) % len(SIDES)]
    picture = draw_picture(("cat", "dog")[number % 2], number, seed=1).resize((side, side * 3 // 4))
    file, options = BytesIO(), {}
    if form == "CMYK":
        picture = picture.convert("CMYK")
    if form == "TURNED":
        exif = Image.Exif()
        exif[_ORIENTATION] = 6
        options = {"exif": exif}
    picture.save(file, "JPEG" if form in ("CMYK", "TURNED") else form, **options)
    return file.getvalue()


def classify(paths: Sequence[Path]) -> tuple[float, float, int]:
    """Pictures a second from the first verdict on, megabytes grown, and how many had none."""
    times: list[float] = []
    megabytes: list[float] = []

    def note(event: Event) -> None:
        if isinstance(event, VerdictReached):
            times.append(time.perf_counter())
            megabytes.append(_resident_mb())

    verdicts = classify_files(paths, default_run().folder, emit=note, token=CancelToken())
    rate = (len(times) - 1) / (times[-1] - times[0])
    growth = max(megabytes[EARLY:]) - max(megabytes[:EARLY])
    return rate, growth, sum(verdict.error is not None for verdict in verdicts)


def watch(paths: Sequence[Path], home: Home) -> list[float]:
    """Gaps of a heartbeat in the window while it classifies them."""
    app = build_application()
    window = MainWindow(home)
    window.show()
    window.tabs.show(TabName.PREDICTION)
    heart = Heartbeat()
    began = time.perf_counter()
    watching = QTimer(interval=100)

    def look() -> None:
        if time.perf_counter() - began > _LIMIT_S:
            raise SystemExit("The pictures were not read in time.")
        if not window.jobs.running:
            window.leave()

    def drop() -> None:
        heart.stage = "reading"
        window.tabs.prediction_page.pictures_dropped.emit(Dropped(tuple(paths)))
        watching.start()

    watching.timeout.connect(look)
    QTimer.singleShot(2000, drop)  # what is read at first is done by then
    with collected_in_gui_thread():
        QApplication.exec()
    assert app is not None
    return heart.gaps_ms["reading"]


def predict(paths: Sequence[Path]) -> float:
    """Pictures a second by a plain loop of `model.predict`."""
    import keras

    folder = default_run().folder
    model = keras.models.load_model(folder / KERAS_FILE, compile=False)
    side = read_record(folder).config.image_size

    def ask(path: Path) -> None:
        model.predict(load_pixels(path, side)[np.newaxis], verbose=0)

    ask(paths[0])
    began = time.perf_counter()
    for path in paths:
        ask(path)
    return len(paths) / (time.perf_counter() - began)


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / _MEGABYTE


if __name__ == "__main__":
    raise SystemExit(main())
