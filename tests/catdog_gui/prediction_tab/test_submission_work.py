"""A submission through the whole window: a real, tiny run, and a Kaggle on this computer."""

import csv
from functools import partial

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from catdog_gui.main_window import MainWindow
from catdog_gui.prediction_tab import submission_jobs, submission_work
from catdog_gui.prediction_tab import submission_words as words
from catdog_gui.viewer_window import ViewerWindow
from catdog_gui.widgets.banner import BannerKind
from catdog_gui.widgets.image_drop import ImageDrop
from catdog_gui.wiring import TabName
from tests.catdog_gui.dataset_tab.kaggle_tab import Browser
from tests.training.dataset.kaggle_server import TOKEN
from tests.training.dataset.making import zipped
from tests.training.inference.red_or_blue import make_dataset, make_run, paint
from training.dataset.kaggle.credential import Source, read_credential
from training.dataset.kaggle.places import COMPETITIONS
from training.dataset.kaggle.store import Place
from training.dataset.kaggle.submitting import ScorePatience

NUMBERS = (1, 2, 10, 11)
QUICK = ScorePatience(answer_s=5, upload_s=5, first_ask_s=0.01, longest_ask_s=0.02, score_s=1)


class Desk:
    """The window with the form open, and the user's hands."""

    def __init__(self, qtbot, home, monkeypatch, folder):
        self.qtbot, self.folder = qtbot, folder
        self.window = MainWindow(home, ask=lambda *_: True)
        qtbot.addWidget(self.window)
        self.window.show()
        self.tabs, self.page = self.window.tabs, self.window.tabs.prediction_page
        self.work, self.panel = self.tabs.submission, self.tabs.submission.panel
        self.form, self.clip = self.panel.form, self.panel.clip_bar
        self.output = folder / "submission.csv"
        monkeypatch.setattr(self.panel, "ask_for_output", lambda _: self.output)
        self.tabs.show(TabName.PREDICTION)
        self.page.run_chosen.emit(1)  # after the model that ships
        self.page._header.submission_action.trigger()
        self.settle()

    def settle(self):
        self.qtbot.waitUntil(lambda: not self.window.jobs.running, timeout=20_000)

    def choose(self, monkeypatch, source):
        ask = "ask_for_folder" if source.is_dir() else "ask_for_zip"
        monkeypatch.setattr(self.panel, ask, lambda _: source)
        self.click(self.panel.folder if source.is_dir() else self.panel.zip)

    def click(self, button):
        assert button.isEnabled()
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def write(self):
        self.click(self.panel.write)

    def send(self):
        self.click(self.form.send)

    def give_token(self):
        store = self.tabs.dataset.kaggle.store
        store.keep(read_credential(TOKEN, Source.SESSION), Place.SESSION)

    def rows(self):
        with self.output.open(encoding="ascii", newline="") as file:
            return list(csv.reader(file))

    @property
    def banner(self):
        return self.window.current_banner()

    @property
    def hint(self):
        return self.banner._hint.text()

    @property
    def action(self):
        return self.banner._action


@pytest.fixture
def test_pictures(tmp_path):
    folder = tmp_path / "test1"
    folder.mkdir()
    for number in NUMBERS:
        paint(folder / f"{number}.png", (250, 0, number) if number % 2 else (number, 0, 250))
    return folder


@pytest.fixture
def desk(qtbot, home, kaggle, monkeypatch, tmp_path):
    make_dataset(home, tmp_path / "tones")
    make_run(home, "tones")
    monkeypatch.setattr(submission_jobs, "send", partial(submission_jobs.send, patience=QUICK))
    desk = Desk(qtbot, home, monkeypatch, tmp_path)
    yield desk
    desk.window.leave()


@pytest.fixture
def written(desk, monkeypatch, test_pictures):
    desk.choose(monkeypatch, test_pictures)
    desk.write()
    return desk


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


def wait_for_cancel(token):
    while True:
        token.raise_if_cancelled()


def test_the_file_is_sent_and_its_score_is_shown(written, kaggle):
    written.give_token()
    written.form.choice.setCurrentIndex(1)
    written.form.choice.activated.emit(1)
    written.form.message.setText(" a try ")
    written.send()
    assert written.banner.message() == "Public score 0.04140 in Dogs vs. Cats Redux (2016)."
    assert "Successfully submitted" in written.hint
    ((content, _),) = kaggle.uploads.values()
    assert content == written.output.read_bytes()
    (row,) = kaggle.submissions
    assert (row["competition"], row["description"]) == (COMPETITIONS[1].key, "a try")


def test_the_banner_sends_too_and_then_leads_to_kaggles_page(written, kaggle):
    written.give_token()
    browser = Browser()
    written.click(written.action)
    assert len(kaggle.submissions) == 1
    written.click(written.action)
    assert browser.pages == [COMPETITIONS[0].submissions_page]


def test_a_score_that_takes_its_time_is_pending(written, kaggle):
    written.give_token()
    kaggle.pending_for = 10_000
    written.send()
    assert "still pending" in written.banner.message()
    assert written.banner.kind is BannerKind.INFO


def test_a_cancel_after_the_file_arrived_says_so(written, kaggle, qtbot, monkeypatch):
    written.give_token()
    kaggle.pending_for = 10_000
    patience = ScorePatience(5, 5, 0.01, 0.02, score_s=60)
    monkeypatch.setattr(
        submission_jobs, "send", partial(submission_jobs.send.func, patience=patience)
    )
    written.form.send.click()
    qtbot.waitUntil(lambda: "Waiting for Kaggle's score" in written.panel.progress.words())
    written.panel.progress._cancel.click()
    written.settle()
    assert written.banner.message() == words.STOPPED_WAITING
    assert len(kaggle.submissions) == 1


@pytest.mark.fault(97)
def test_without_a_token_the_way_to_one_is_offered(written, kaggle):
    written.send()
    assert "no token for Kaggle" in written.banner.message()
    assert written.action.text() == "Give a token"
    written.click(written.action)
    assert written.tabs.widget.currentIndex() == list(TabName).index(TabName.DATASET)
    assert written.tabs.dataset.kaggle.is_open
    assert kaggle.calls == []


@pytest.mark.fault(46)
@pytest.mark.parametrize(
    ("status", "said", "action"),
    [
        (401, "refused the token", "Give a token"),
        (403, "accepted the rules", "Open the rules"),
        (404, "takes no submissions any more", "Open Kaggle's page"),
        (429, "too many requests", ""),
        (400, "says: “the deadline has passed”", ""),
    ],
)
def test_each_refusal_is_said_with_its_next_step(written, kaggle, status, said, action):
    written.give_token()
    kaggle.refuse_call("CreateSubmission", status, "the deadline has passed")
    written.send()
    assert said in written.banner.message()
    assert written.banner.kind is BannerKind.ERROR
    assert written.action.text() == action
    assert written.form.send.isEnabled()


def test_a_file_that_kaggle_cannot_score_is_told_in_its_own_words(written, kaggle):
    written.give_token()
    kaggle.score = None
    written.send()
    assert "“Evaluation needs 12500 rows”" in written.banner.message()


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
