"""The jobs that talk to Kaggle, for a user who has pasted a token."""

import pytest

from tests.training.dataset.kaggle_server import TOKEN
from tests.training.dataset.making import pets, zipped
from training.cancellation import CancelToken
from training.config import DownloadConfig
from training.dataset.download import Patience
from training.dataset.kaggle.credential import Source, read_credential
from training.dataset.kaggle.job import ask_who, download_competition
from training.dataset.kaggle.store import CredentialStore, Place

QUICK = Patience(connect_s=5, stall_s=1, tries=2, first_wait_s=0.01, longest_wait_s=5)


class Job:
    """Both jobs, and what they tell and leave."""

    def __init__(self, home):
        self.home, self.events, self.token = home, [], CancelToken()
        self.store = CredentialStore(home)
        self.give(TOKEN)

    def give(self, text):
        self.store.keep(read_credential(text, Source.SESSION), Place.SESSION)

    def __call__(self, name="pets", *, whole=False):
        return download_competition(
            DownloadConfig(name, whole=whole), self.home, self.store,
            emit=self.emit, token=self.token, patience=QUICK,
        )  # fmt: skip

    def emit(self, event):
        self.events.append(event)

    def who(self):
        return ask_who(self.store, emit=self.emit, token=self.token, patience=QUICK).username

    @property
    def left(self):
        folder = self.home.cache / "downloads"
        return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


@pytest.fixture
def job(home, kaggle):
    kaggle.content = zipped(pets(3))
    return Job(home)
