"""The window with the form for Kaggle open, and the user's hands."""

import csv

from PySide6.QtCore import Qt

from catdog_gui.main_window import MainWindow
from catdog_gui.wiring import TabName
from tests.training.dataset.kaggle_server import TOKEN
from training.dataset.kaggle.credential import Source, read_credential
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


def wait_for_cancel(token):
    while True:
        token.raise_if_cancelled()
