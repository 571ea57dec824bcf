"""A submission is written through the whole window: a real, tiny run."""

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from catdog_gui.prediction_tab import submission_jobs, submission_work
from catdog_gui.prediction_tab import submission_words as words
from catdog_gui.viewer_window import ViewerWindow
from catdog_gui.widgets.banner import BannerKind
from catdog_gui.widgets.image_drop import ImageDrop
from tests.catdog_gui.prediction_tab.submission_desk import Desk, wait_for_cancel
from tests.training.dataset.making import zipped
from tests.training.inference.red_or_blue import paint


def test_a_folder_becomes_a_file_in_kaggles_form(written):
    header, *rows = written.rows()
    assert header == ["id", "label"]
    assert rows == [["1", "0.995"], ["2", "0.005"], ["10", "0.005"], ["11", "0.995"]]
    assert written.banner.message() == "4 rows are written to submission.csv."
    assert written.banner.kind is BannerKind.SUCCESS
    assert written.form.file.text() == "submission.csv: 4 rows"


def test_a_zip_becomes_the_same_file(desk, monkeypatch, test_pictures):
    archive = desk.folder / "test1.zip"
    files = {f"test1/{path.name}": path.read_bytes() for path in test_pictures.iterdir()}
    archive.write_bytes(zipped(files))
    desk.choose(monkeypatch, archive)
    assert desk.panel.pictures.text() == "test1.zip"
    desk.write()
    assert [number for number, _ in desk.rows()[1:]] == ["1", "2", "10", "11"]


def test_pictures_can_be_dropped_on_the_form(desk, test_pictures):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(test_pictures))])
    area = desk.panel.findChild(ImageDrop)
    drop = QDropEvent(
        QPointF(QPoint(5, 5)), Qt.DropAction.CopyAction, data,
        Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    area.dropEvent(drop)
    assert desk.panel.pictures.text() == "The folder test1"
    assert desk.panel.write.isEnabled()


def test_the_clip_says_its_log_loss_and_is_what_is_written(desk, monkeypatch, test_pictures):
    before = desk.clip.words()
    assert "on 16 validation pictures" in before
    desk.clip.slider.setValue(20)
    assert desk.clip.words() != before
    assert desk.clip.number.value() == 0.02
    desk.choose(monkeypatch, test_pictures)
    desk.write()
    assert desk.rows()[1] == ["1", "0.98"]


def test_a_clip_is_remembered(desk, qtbot, home, monkeypatch):
    desk.clip.number.setValue(0.031)
    desk.window.settings.save()
    again = Desk(qtbot, home, monkeypatch, desk.folder)
    assert again.clip.clip() == 0.031
    again.window.leave()


def test_each_model_is_measured_when_it_is_chosen_and_once(desk, monkeypatch):
    said = desk.clip.words()
    desk.page.run_chosen.emit(0)  # the model that ships learned from other pictures
    desk.settle()
    assert "validation pictures of this model are not here" in desk.clip.words()
    monkeypatch.setattr(submission_jobs, "measure", None)
    desk.page.run_chosen.emit(1)
    assert desk.clip.words() == said


def test_measuring_that_was_stopped_says_how_to_go_on(desk, monkeypatch, qtbot):
    monkeypatch.setattr(submission_jobs, "measure", lambda *_, emit, token: wait_for_cancel(token))
    desk.page.run_chosen.emit(0)
    (job,) = desk.window.jobs.running
    job.cancel()
    desk.settle()
    assert desk.clip.words() == words.STOPPED_MEASURING


def test_pictures_that_cannot_be_read_are_told(desk, monkeypatch, test_pictures):
    (test_pictures / "3.jpg").write_bytes(b"no picture")
    desk.choose(monkeypatch, test_pictures)
    desk.write()
    assert desk.banner.kind is BannerKind.WARNING
    assert desk.hint == "1 picture cannot be read; its row says 0.5."


def test_a_folder_without_numbers_is_told_and_nothing_is_written(desk, monkeypatch):
    folder = desk.folder / "mine"
    folder.mkdir()
    paint(folder / "rex.png", "red")
    desk.choose(monkeypatch, folder)
    desk.write()
    assert desk.banner.message() == "There are no numbered pictures in mine."
    assert not desk.output.exists()
    assert not desk.form.send.isEnabled()


def test_writing_is_cancelled_and_nothing_is_left(desk, monkeypatch, test_pictures):
    desk.choose(monkeypatch, test_pictures)

    monkeypatch.setattr(
        submission_jobs,
        "write",
        lambda *places, clip, emit, token: wait_for_cancel(token),
    )
    desk.panel.write.click()
    assert not desk.panel.write.isEnabled()
    assert not desk.panel.zip.isEnabled()
    desk.panel.progress._cancel.click()
    desk.settle()
    assert desk.banner.message() == words.STOPPED_WRITING
    assert not desk.output.exists()
    assert desk.panel.write.isEnabled()


def test_after_a_change_the_file_is_written_anew_before_it_is_sent(written):
    assert "palette(highlight)" in written.form.send.styleSheet()
    written.clip.slider.setValue(9)
    assert "palette(highlight)" in written.panel.write.styleSheet()
    written.write()
    assert "palette(highlight)" in written.form.send.styleSheet()


def test_the_file_is_shown_where_it_lies(written, monkeypatch):
    shown = []
    monkeypatch.setattr(submission_work, "reveal", lambda path: shown.append(path) or False)
    written.click(written.form.reveal)
    assert shown == [written.output]
    assert "cannot be shown" in written.banner.message()


def test_the_form_gives_way_to_pictures_that_are_brought(desk, test_pictures):
    assert desk.panel.isVisible()
    desk.tabs.prediction.bringing.brought.emit((test_pictures / "1.png",))
    desk.settle()
    assert not desk.panel.isVisible()
    desk.page._header.submission_action.trigger()
    desk.settle()
    desk.window.open_files([test_pictures / "2.png"])
    desk.settle()
    assert not desk.panel.isVisible()


def test_the_form_is_closed_by_its_cross(desk):
    desk.click(desk.panel.back)
    assert not desk.panel.isVisible()


def test_the_viewer_offers_no_submission(qtbot, home):
    window = ViewerWindow(home, ask=lambda *_: True)
    qtbot.addWidget(window)
    assert not window.page._header.submission_action.isVisible()
    window.leave()
