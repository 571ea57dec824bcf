"""The curves of a run: when they are drawn, how they are looked at, and how they are saved."""

import errno
import time
import xml.etree.ElementTree as ET

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import QApplication, QToolButton

from catdog_gui.background import BackgroundJob, Jobs
from catdog_gui.palettes import build_palette
from catdog_gui.widgets.history_plot import INVITATION, HistoryPlot, load_plots
from training.cancellation import CancelToken
from training.errors import UserError
from training.events import EpochEnded
from training.runs.history import history_csv

LEFT = Qt.MouseButton.LeftButton


def history(length):
    return [
        EpochEnded(each, 0.7 - each / 200, 0.5 + each / 250, 0.69, 0.5 + each / 300, 9.0, 200.0)
        for each in range(length)
    ]


@pytest.fixture(scope="module")
def loaded():
    load_plots(lambda _: None, CancelToken())


@pytest.fixture
def unbuilt(qtbot, loaded):
    made = HistoryPlot()
    qtbot.addWidget(made)
    made.resize(800, 320)
    return made


@pytest.fixture
def plot(qtbot, unbuilt):
    """Ten epochs, shown and drawn."""
    unbuilt.set_epochs(history(10))
    unbuilt.build()
    unbuilt.draws = count_draws(unbuilt)
    unbuilt.show()
    qtbot.waitUntil(lambda: settled(unbuilt))
    unbuilt.draws.clear()
    return unbuilt


def count_draws(plot):
    draws = []
    plot._canvas.mpl_connect("draw_event", draws.append)
    return draws


def settled(plot):
    return bool(plot.draws) and not plot._timer.isActive()


def axes_of(plot):
    return plot._canvas.figure.axes


def curve(plot, label="Validation"):
    return next(line for line in axes_of(plot)[0].lines if line.get_label() == label)


def tool(plot, word) -> QToolButton:
    return next(each for each in plot.findChildren(QToolButton) if word in each.toolTip())


def drag(qtbot, plot, axes, *, share=0.5):
    """Drag over the left lower part of some Axes; gives the limits before."""
    before = axes.get_xlim(), axes.get_ylim()
    box, ratio = axes.bbox, plot._canvas.device_pixel_ratio
    height = plot._canvas.height()
    start = QPoint(round(box.x0 / ratio), round(height - box.y0 / ratio))
    end = start + QPoint(round(box.width * share / ratio), -round(box.height * share / ratio))
    qtbot.mousePress(plot._canvas, LEFT, pos=start)
    qtbot.mouseMove(plot._canvas, end)
    qtbot.mouseRelease(plot._canvas, LEFT, pos=end)
    return before


def test_without_epochs_there_is_an_invitation(unbuilt):
    unbuilt.show()
    assert unbuilt.words() == INVITATION
    unbuilt.clear("This run has no epoch yet.")
    assert unbuilt.words() == "This run has no epoch yet."
    assert not tool(unbuilt, "Save").isVisible()


def test_what_came_before_the_drawing_could_be_made_is_drawn_then(qtbot, unbuilt):
    unbuilt.show()
    unbuilt.set_epochs(history(4))
    unbuilt.add_epoch(history(5)[-1])
    assert unbuilt.words() == "Preparing the plot…"
    unbuilt.build()
    assert unbuilt.words() == ""
    qtbot.waitUntil(lambda: list(curve(unbuilt).get_xdata()) == [1, 2, 3, 4, 5])


def test_the_drawing_is_loaded_in_a_job_and_made_once(qtbot):
    plot, jobs = HistoryPlot(), Jobs()
    qtbot.addWidget(plot)
    plot.set_epochs(history(2))
    job = BackgroundJob("Preparing the plot", load_plots)
    job.succeeded.connect(plot.build)
    with qtbot.waitSignal(jobs.ended, timeout=20_000):
        jobs.start(job)
    canvas = plot._canvas
    assert canvas is not None
    plot.build()
    assert plot._canvas is canvas


def test_many_epochs_at_once_become_one_drawing(qtbot, plot):
    for each in history(40)[10:]:
        plot.add_epoch(each)
    assert plot.draws == []
    qtbot.waitUntil(lambda: settled(plot))
    assert len(plot.draws) == 1
    assert len(curve(plot).get_xdata()) == 40


def test_epochs_that_come_all_the_time_are_drawn_ten_times_a_second_at_most(qtbot, plot):
    begin = time.monotonic()

    def another():
        plot.add_epoch(history(len(plot.epochs) + 1)[-1])
        return len(plot.draws) == 3

    qtbot.waitUntil(another)
    assert time.monotonic() - begin >= 0.25  # Qt's timers may come 5 % early
    assert len(plot.epochs) > 10 + 3


def test_nothing_is_drawn_while_hidden_and_all_of_it_once_shown(qtbot, plot):
    plot.hide()
    plot.add_epoch(history(11)[-1])
    qtbot.waitUntil(lambda: not plot._timer.isActive())
    assert plot.draws == []
    plot.show()
    assert len(curve(plot).get_xdata()) == 11


def test_another_run_takes_the_place_of_the_last_one(qtbot, plot):
    plot.set_epochs(history(3))
    qtbot.waitUntil(lambda: len(curve(plot).get_xdata()) == 3)
    plot.clear()
    assert plot.words() == INVITATION
    assert plot.epochs == ()


def test_who_cannot_see_the_curves_is_told(plot):
    words = "10 epochs; the best is epoch 10, validation accuracy 53.0 %."
    assert plot.accessibleDescription() == words
    plot.set_epochs(history(1))
    assert plot.accessibleDescription().startswith("1 epoch; ")
    plot.clear()
    assert plot.accessibleDescription() == INVITATION


def test_a_rectangle_zooms_into_one_drawing_and_home_goes_back(qtbot, plot):
    accuracy, loss = axes_of(plot)
    other = loss.get_xlim()
    qtbot.mouseClick(tool(plot, "Zoom"), LEFT)
    (left, right), (bottom, top) = drag(qtbot, plot, accuracy)
    middle_x, middle_y = (left + right) / 2, (bottom + top) / 2
    assert accuracy.get_xlim() == pytest.approx((left, middle_x), abs=0.1)
    assert accuracy.get_ylim() == pytest.approx((bottom, middle_y), abs=0.01)
    assert loss.get_xlim() == other
    assert not tool(plot, "Zoom").isChecked()
    qtbot.mouseClick(tool(plot, "everything"), LEFT)
    assert accuracy.get_xlim() == (left, right)
    qtbot.waitUntil(lambda: settled(plot))


def test_a_zoomed_view_stays_while_epochs_come_and_goes_with_the_run(qtbot, plot):
    accuracy, _ = axes_of(plot)
    qtbot.mouseClick(tool(plot, "Zoom"), LEFT)
    whole, _ = drag(qtbot, plot, accuracy)
    zoomed = accuracy.get_xlim()
    plot.add_epoch(history(11)[-1])
    qtbot.waitUntil(lambda: len(curve(plot).get_xdata()) == 11)
    assert accuracy.get_xlim() == zoomed
    plot.set_epochs(history(10))
    qtbot.waitUntil(lambda: len(curve(plot).get_xdata()) == 10)
    assert accuracy.get_xlim() == whole


def test_a_click_is_no_rectangle(qtbot, plot):
    accuracy, _ = axes_of(plot)
    qtbot.mouseClick(tool(plot, "Zoom"), LEFT)
    before, _ = drag(qtbot, plot, accuracy, share=0.005)
    assert accuracy.get_xlim() == before
    assert tool(plot, "Zoom").isChecked()


def test_the_drawing_follows_the_theme(qtbot, plot):
    app = QApplication.instance()
    light = app.palette()
    try:
        app.setPalette(build_palette(dark=True, accent=None))
        qtbot.waitUntil(lambda: settled(plot))
        base = plot.palette().color(QPalette.ColorRole.Base)
        assert base.lightness() < 64
        assert plot._canvas.grab().toImage().pixelColor(1, 1) == base
    finally:
        app.setPalette(light)


def test_a_picture_is_saved_in_light_colours(qtbot, plot, tmp_path):
    path = tmp_path / "curves.png"
    with qtbot.waitSignal(plot.saved) as saved:
        plot.save(path)
    assert saved.args == [path]
    image = QImage(str(path))
    assert (image.width(), image.height()) == (1800, 720)
    assert image.pixelColor(2, 2) == QColor("white")
    assert list(tmp_path.iterdir()) == [path]


def test_a_drawing_is_saved_as_svg(plot, tmp_path):
    plot.save(tmp_path / "Curves.SVG")
    root = ET.parse(tmp_path / "Curves.SVG").getroot()
    assert root.tag == "{http://www.w3.org/2000/svg}svg"


def test_the_figures_are_saved_as_a_table(plot, tmp_path):
    path = tmp_path / "curves.csv"
    path.write_text("what was there before", encoding="utf-8")
    plot.save(path)
    assert path.read_text("utf-8") == history_csv(history(10))


def test_a_suffix_that_means_nothing_is_refused_with_a_next_step(qtbot, plot, tmp_path):
    with qtbot.waitSignal(plot.failed) as failed:
        plot.save(tmp_path / "curves.bmp")
    assert isinstance(failed.args[0], UserError)
    assert ".svg" in failed.args[0].hint
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_gone_is_told(qtbot, plot, tmp_path):
    with qtbot.waitSignal(plot.failed) as failed:
        plot.save(tmp_path / "gone" / "curves.png")
    assert isinstance(failed.args[0], FileNotFoundError)


def test_a_disk_that_fills_up_leaves_the_old_picture(qtbot, plot, tmp_path, monkeypatch):
    def half(figure, path, **_):
        path.write_bytes(b"half a picture")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("matplotlib.figure.Figure.savefig", half)
    path = tmp_path / "curves.png"
    path.write_bytes(b"the old picture")
    with qtbot.waitSignal(plot.failed):
        plot.save(path)
    assert path.read_bytes() == b"the old picture"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("answer", ["curves.csv", None])
def test_save_asks_where(qtbot, loaded, tmp_path, answer):
    path = tmp_path / answer if answer else None
    plot = HistoryPlot(ask=lambda _: path)
    qtbot.addWidget(plot)
    plot.set_epochs(history(2))
    plot.build()
    plot.show()
    qtbot.mouseClick(tool(plot, "Save"), LEFT)
    assert [each.name for each in tmp_path.iterdir()] == ([answer] if answer else [])
