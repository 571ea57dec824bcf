"""Tokens in every form that Kaggle gives out; none of them ever shows itself."""

import copy
import json
import os
import pickle
import traceback
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.training.dataset.kaggle_server import KEY, REFRESH, TOKEN, USER
from training.dataset.kaggle.credential import (
    Kind,
    Secret,
    Source,
    read_credential,
    read_credential_file,
    written,
)
from training.dataset.kaggle.sources import find_given, is_open_to_others, make_private
from training.errors import CredentialError

KEY_FILE = json.dumps({"username": USER, "key": KEY})
not_on_windows = pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")


@given(st.text(min_size=1, max_size=80))
def test_no_more_than_the_last_four_characters_are_ever_shown(text):
    secret = Secret(text)
    for shown in (str(secret), repr(secret), f"{secret}", repr([secret])):
        assert len(text) < 12 or text[-4:] in shown
        assert len(text) < 5 or text[-5:] not in shown
        assert "…" in shown


def test_a_secret_is_not_written_down_with_what_holds_it():
    credential = read_credential(TOKEN, Source.SESSION)
    assert TOKEN not in repr(credential)
    assert "CRET" in repr(credential)
    for write in (pickle.dumps, copy.deepcopy):
        with pytest.raises(TypeError):
            write(credential)


@pytest.mark.parametrize(
    ("text", "kind", "username", "secret"),
    [
        (TOKEN, Kind.TOKEN, "", TOKEN),
        (f"  {TOKEN}\n", Kind.TOKEN, "", TOKEN),
        (KEY_FILE, Kind.KEY, USER, KEY),
        (f"\ufeff{KEY_FILE}\r\n", Kind.KEY, USER, KEY),
        (json.dumps({"refresh_token": REFRESH, "username": USER}), Kind.SIGN_IN, USER, REFRESH),
        (json.dumps({"refresh_token": REFRESH}), Kind.SIGN_IN, "", REFRESH),
    ],
)
def test_each_form_is_read_and_written(text, kind, username, secret):
    credential = read_credential(text, Source.SESSION)
    assert (credential.kind, credential.username) == (kind, username)
    assert credential.secret.reveal() == secret
    assert read_credential(written(credential), Source.SESSION) == credential


@pytest.mark.fault(96)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_with_a_byte_order_mark_is_read(tmp_path, encoding):
    file = tmp_path / "kaggle.json"
    file.write_bytes(KEY_FILE.encode(encoding))
    assert read_credential_file(file, Source.KEY_FILE).secret.reveal() == KEY


@pytest.mark.fault(96)
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        (KEY_FILE[:-4], "broken: its JSON cannot be read at line 1"),
        ("{\n\n'username': 1}", "line 3"),
        ("{" * 5000, "line 1"),
        (json.dumps({"key": KEY}), "no field “username”"),
        (json.dumps({"username": USER}), "no field “key”"),
        (json.dumps({"username": USER, "key": ""}), "no field “key”"),
        (json.dumps({"username": USER, "key": 5}), "The key in “kaggle.json”"),
        (json.dumps({"username": [USER], "key": KEY}), "The username in “kaggle.json”"),
        (f"{TOKEN}\nX-Evil: 1", "The token in “kaggle.json”"),
        ("tökén", "The token in “kaggle.json”"),
    ],
)
def test_what_is_wrong_with_a_file_is_named_and_nothing_of_it_is_told(tmp_path, text, said):
    file = tmp_path / "kaggle.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CredentialError, match=said) as caught:
        read_credential_file(file, Source.KEY_FILE)
    told = "".join(traceback.format_exception(caught.value))
    assert KEY not in told
    assert TOKEN not in told
    assert caught.value.__context__ is None


def test_bytes_that_are_no_text_are_a_sentence(tmp_path):
    file = tmp_path / "kaggle.json"
    file.write_bytes(b"\xff\xd8\xff\x00\x81")
    with pytest.raises(CredentialError):
        read_credential_file(file, Source.KEY_FILE)


def put(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def test_where_nothing_is_given_nothing_is_found(no_token):
    assert find_given() is None
    assert list(no_token.iterdir()) == []


def test_all_places_are_looked_at_in_kaggles_order(no_token, monkeypatch):
    """From the last to the first: each one that is added goes before those that are there."""
    kaggle = no_token / ".kaggle"
    put(kaggle / "credentials.json", json.dumps({"refresh_token": REFRESH}))
    assert find_given().source is Source.SIGN_IN_FILE
    put(kaggle / "kaggle.json", KEY_FILE)
    assert find_given().source is Source.KEY_FILE
    monkeypatch.setenv("KAGGLE_USERNAME", USER)
    monkeypatch.setenv("KAGGLE_KEY", KEY)
    assert find_given().source is Source.KEY_VARIABLES
    put(kaggle / "access_token.txt", TOKEN)
    assert find_given().source is Source.TOKEN_FILE
    monkeypatch.setenv("KAGGLE_API_TOKEN", TOKEN)
    assert find_given().source is Source.TOKEN_VARIABLE


def test_the_token_variable_may_name_a_file(no_token, monkeypatch):
    put(no_token / "mine.txt", TOKEN + "\n")
    monkeypatch.setenv("KAGGLE_API_TOKEN", str(no_token / "mine.txt"))
    found = find_given()
    assert (found.secret.reveal(), found.file) == (TOKEN, no_token / "mine.txt")
    monkeypatch.setenv("KAGGLE_API_TOKEN", "x" * 5000)  # longer than a path can be
    assert find_given().file is None


def test_kaggles_folder_may_be_elsewhere(no_token, monkeypatch):
    put(no_token / ".config" / "kaggle" / "kaggle.json", KEY_FILE)
    if os.name == "posix" and os.uname().sysname == "Linux":
        assert find_given().username == USER
    put(no_token / "other" / "kaggle.json", json.dumps({"username": "other", "key": KEY}))
    monkeypatch.setenv("KAGGLE_CONFIG_DIR", str(no_token / "other"))
    assert find_given().username == "other"


def test_one_variable_without_the_other_is_named(no_token, monkeypatch):
    monkeypatch.setenv("KAGGLE_KEY", KEY)
    with pytest.raises(CredentialError, match="KAGGLE_KEY is set, and KAGGLE_USERNAME is not"):
        find_given()


@not_on_windows
@pytest.mark.fault(96)
def test_a_file_that_others_can_read_is_noticed_and_mended_when_asked(no_token):
    file = no_token / ".kaggle" / "kaggle.json"
    put(file, KEY_FILE)
    file.chmod(0o644)
    assert find_given().file == file
    assert is_open_to_others(file)
    make_private(file)
    assert not is_open_to_others(file)
    assert file.read_text(encoding="utf-8") == KEY_FILE
