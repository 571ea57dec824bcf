"""Where a token is kept, and that it is gone once it is forgotten."""

import os
import stat

import pytest

from tests.training.dataset.kaggle_server import TOKEN
from training import atomic
from training.dataset.kaggle.credential import Source, read_credential
from training.dataset.kaggle.store import CredentialStore, Place
from training.errors import CredentialError


@pytest.fixture
def store(home, no_token):
    return CredentialStore(home)


MINE = read_credential(TOKEN, Source.SESSION)


def test_a_token_for_this_session_leaves_no_trace_on_the_disk(store, home):
    store.keep(MINE, Place.SESSION)
    assert store.find().source is Source.SESSION
    assert not home.root.exists()
    assert CredentialStore(home).find() is None


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_a_file_is_the_users_alone_from_its_first_byte(store, home, monkeypatch):
    modes = []
    flush = atomic._flush_file

    def look(path):
        modes.append(stat.S_IMODE(path.stat().st_mode))
        flush(path)

    monkeypatch.setattr(atomic, "_flush_file", look)
    old = os.umask(0)
    try:
        store.keep(MINE, Place.FILE)
    finally:
        os.umask(old)
    assert modes == [0o600]
    assert stat.S_IMODE(store.file.stat().st_mode) == 0o600
    assert CredentialStore(home).find().secret.reveal() == TOKEN
    assert [path.name for path in home.root.iterdir()] == [store.file.name]


def test_the_keyring_keeps_a_token_over_a_restart(store, home, ring):
    store.keep(MINE, Place.KEYRING)
    found = CredentialStore(home).find()
    assert (found.source, found.secret.reveal()) == (Source.KEYRING, TOKEN)
    assert not home.root.exists()


@pytest.mark.fault(98)
def test_without_a_keyring_the_token_can_be_used_for_this_session(store):
    with pytest.raises(CredentialError, match="no keyring") as caught:
        store.keep(MINE, Place.KEYRING)
    assert "this session only" in caught.value.hint
    store.keep(MINE, Place.SESSION)
    assert store.find().secret.reveal() == TOKEN


@pytest.mark.fault(98)
def test_a_locked_keyring_is_said_unless_another_token_is_there(store, ring, monkeypatch):
    ring.is_locked = True
    with pytest.raises(CredentialError, match="does not open"):
        store.find()
    monkeypatch.setenv("KAGGLE_API_TOKEN", TOKEN)
    assert store.find().source is Source.TOKEN_VARIABLE


@pytest.mark.fault(98)
def test_whether_there_is_a_keyring_is_told_before_it_is_used(store):
    assert not store.has_keyring()


def test_a_locked_keyring_is_one(store, ring):
    ring.is_locked = True
    assert store.has_keyring()


def test_a_token_is_kept_in_one_place_at_a_time(store, ring, home):
    store.keep(MINE, Place.KEYRING)
    store.keep(MINE, Place.FILE)
    assert ring.held == {}
    store.keep(MINE, Place.SESSION)
    assert not store.file.exists()
    store.keep(MINE, Place.KEYRING)
    assert store.find().source is Source.KEYRING


@pytest.mark.parametrize("place", Place)
def test_what_is_forgotten_is_gone_and_kaggles_own_stays(store, ring, place, no_token):
    own = no_token / ".kaggle" / "access_token"
    own.parent.mkdir()
    own.write_text(TOKEN, encoding="utf-8")
    store.keep(MINE, place)
    store.forget()
    store.forget()  # with nothing there
    assert ring.held == {}
    assert not store.file.exists()
    assert store.find().source is Source.TOKEN_FILE
    assert own.read_text(encoding="utf-8") == TOKEN
