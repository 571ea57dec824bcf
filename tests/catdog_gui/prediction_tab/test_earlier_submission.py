"""A submission of an earlier day is chosen, checked and sent, to a Kaggle on this computer."""

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from catdog_gui.prediction_tab import submission_jobs
from catdog_gui.prediction_tab import submission_words as words
from catdog_gui.settings import SUBMISSION_FOLDER
from catdog_gui.widgets.banner import BannerKind
from catdog_gui.widgets.image_drop import ImageDrop
from tests.catdog_gui.prediction_tab.submission_desk import wait_for_cancel
from training.dataset.kaggle.places import COMPETITIONS


@pytest.fixture
def earlier(tmp_path):
    folder = tmp_path / "last week"
    folder.mkdir()
    file = folder / "best.csv"
    body = "".join(f"{number},0.25\n" for number in range(1, COMPETITIONS[0].test_pictures + 1))
    file.write_text(f"id,label\n{body}", encoding="ascii")
    return file


def choose(desk, monkeypatch, file):
    begun = []
    monkeypatch.setattr(desk.form, "ask_for_file", lambda folder: begun.append(folder) or file)
    desk.click(desk.form.choose)
    return begun


def test_a_file_of_an_earlier_session_is_checked_then_sent_by_the_same_button(
    desk, monkeypatch, earlier, kaggle
):
    desk.give_token()
    assert not desk.form.send.isEnabled()
    assert desk.form.file.text() == "Nothing written or chosen yet"
    choose(desk, monkeypatch, earlier)
    assert desk.banner.message() == "best.csv has a row for each of 12,500 pictures."
    assert desk.banner.kind is BannerKind.SUCCESS
    assert desk.form.file.text() == "best.csv: 12,500 rows"
    assert "palette(highlight)" in desk.form.send.styleSheet()
    assert not kaggle.calls, "nothing is sent before the user says so"
    desk.send()
    assert desk.banner.message().startswith("Public score 0.04140")
    ((content, _),) = kaggle.uploads.values()
    assert content == earlier.read_bytes()


def test_the_folder_of_the_file_is_where_the_next_one_is_looked_for(desk, monkeypatch, earlier):
    choose(desk, monkeypatch, earlier)
    assert choose(desk, monkeypatch, None) == [earlier.parent]
    assert desk.window.settings.get(SUBMISSION_FOLDER) == str(earlier.parent)


def test_a_fault_is_said_with_its_line_and_what_was_written_stays(written, monkeypatch, earlier):
    earlier.write_text(earlier.read_text().replace("\n7,0.25", "\n7,25"))
    choose(written, monkeypatch, earlier)
    assert written.banner.kind is BannerKind.ERROR
    assert written.banner.message().startswith("Line 8 of best.csv says “25”")
    assert written.form.file.text() == "submission.csv: 4 rows"


def test_a_table_that_is_dropped_on_the_form_is_a_file_to_send(desk, earlier):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(earlier))])
    drop = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data,
        Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    desk.panel.findChild(ImageDrop).dropEvent(drop)
    desk.settle()
    assert desk.form.file.text() == "best.csv: 12,500 rows"
    assert not desk.panel.write.isEnabled(), "it is no picture"


def test_a_check_that_is_stopped_changes_nothing(desk, monkeypatch, earlier):
    monkeypatch.setattr(submission_jobs, "check", lambda *_, emit, token: wait_for_cancel(token))
    monkeypatch.setattr(desk.form, "ask_for_file", lambda _: earlier)
    desk.form.choose.click()
    assert not desk.form.choose.isEnabled()
    (job,) = desk.window.jobs.running
    job.cancel()
    desk.settle()
    assert desk.banner.message() == words.STOPPED_CHECKING
    assert not desk.form.send.isEnabled()
