"""`catdog data download` and `catdog data token`, as a script would call them."""

import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.slow_rows import crossed
from tests.training.cli.conftest import Terminal
from tests.training.dataset.kaggle_server import KEY, REFRESH, RENEWED, TOKEN, USER, Kaggle
from tests.training.dataset.making import pets, zipped

FORMS = ["token", "key", "sign-in"]
TROUBLES = [
    *("200", "401", "403", "404", "429", "500"),
    *("page", "cut", "truncated", "damaged", "gone", "proxy"),
]
RETRIED = {"500", "cut"}
"""What a second is waited after."""
PLANTED = (TOKEN, KEY, REFRESH, RENEWED, f"sig-{TOKEN[-6:]}")


@pytest.fixture
def given(kaggle: Kaggle, monkeypatch: pytest.MonkeyPatch) -> Kaggle:
    kaggle.content = zipped(pets(3))
    monkeypatch.setenv("KAGGLE_API_TOKEN", TOKEN)
    return kaggle


def test_a_download_tells_what_an_import_tells_and_its_bytes(
    terminal: Terminal, given: Kaggle, tmp_path: Path
) -> None:
    status, lines = terminal("data", "download", "--name", "pets")
    assert (status, len(lines)) == (0, 1)
    (tmp_path / "same.zip").write_bytes(given.content)
    _, (imported,) = terminal("data", "import", tmp_path / "same.zip", "--name", "same")
    assert lines[0].keys() == imported.keys() | {"bytes"}
    assert (lines[0]["cats"], lines[0]["dogs"], lines[0]["bytes"]) == (3, 3, len(given.content))


def test_the_token_is_told_by_its_last_four_characters(terminal: Terminal, given: Kaggle) -> None:
    status, (told,) = terminal("data", "token")
    assert (status, told["token"]) == (0, "…CRET")
    assert "KAGGLE_API_TOKEN" in told["source"]
    assert given.calls == []
    status, (told,) = terminal("data", "token", "--test")
    assert (status, told["username"]) == (0, USER)


def test_a_token_is_kept_from_standard_input_and_forgotten(
    terminal: Terminal, kaggle: Kaggle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(TOKEN + "\n"))
    status, (told,) = terminal("data", "token", "--from", "-", "--store", "file", "--test")
    assert (status, told["username"]) == (0, USER)
    assert terminal("data", "token", "--forget")[0] == 0
    status, _ = terminal("data", "token")
    assert status == 1
    assert "no token for Kaggle" in terminal.stderr


def test_a_file_of_kaggle_is_kept_and_can_be_made_private(
    terminal: Terminal, no_token: Path
) -> None:
    file = no_token / ".kaggle" / "kaggle.json"
    file.parent.mkdir()
    file.write_text(json.dumps({"username": USER, "key": KEY}), encoding="utf-8")
    if os.name != "nt":
        file.chmod(0o644)
        terminal("data", "token")
        assert "--make-private" in terminal.stderr
        terminal("data", "token", "--make-private")
        assert "--make-private" not in terminal.stderr
    status, (told,) = terminal("data", "token", "--from", file, "--store", "file")
    assert (status, told["username"]) == (0, USER)
    status, _ = terminal("data", "token", "--from", file)  # there is no keyring
    assert status == 1
    assert "--store" in terminal.stderr or "in a file" in terminal.stderr


@pytest.mark.fault(99)
@crossed(FORMS, TROUBLES, quick=set(TROUBLES) - RETRIED)
def test_a_planted_token_is_found_nowhere(
    terminal: Terminal,
    kaggle: Kaggle,
    monkeypatch: pytest.MonkeyPatch,
    no_token: Path,
    trouble: str,
    form: str,
) -> None:
    kaggle.content = zipped(pets(3))
    give(form, no_token)
    cause(trouble, kaggle, monkeypatch)
    said = ""
    for command in (["download", "--name", "pets"], ["token", "--test"]):
        status, lines = terminal("data", *command)
        said += repr(lines) + terminal.stderr
        assert status in (0, 1), said
    written = [path for path in terminal.home.rglob("*") if path.is_file()]
    for secret in PLANTED:
        assert secret not in said
        assert [path for path in written if secret.encode() in path.read_bytes()] == []


def give(form: str, user: Path) -> None:
    forms = {
        "token": ("access_token", TOKEN),
        "key": ("kaggle.json", json.dumps({"username": USER, "key": KEY})),
        "sign-in": ("credentials.json", json.dumps({"refresh_token": REFRESH})),
    }
    name, text = forms[form]
    (user / ".kaggle").mkdir()
    (user / ".kaggle" / name).write_text(text, encoding="utf-8")


def cause(trouble: str, kaggle: Kaggle, monkeypatch: pytest.MonkeyPatch) -> None:
    if trouble.isdecimal() and trouble != "200":
        kaggle.refuse(int(trouble), times=1 if trouble == "500" else 9, Retry_After="1000")
    elif trouble == "page":
        kaggle.refusals = [(200, {"Content-Type": "text/html"}, TOKEN.encode())] * 9
    elif trouble == "cut":
        kaggle.cuts = [100]
    elif trouble == "truncated":
        kaggle.content = kaggle.content[:-30]
    elif trouble == "damaged":
        kaggle.content = b"PK\x03\x04" + bytes(1000)
    elif trouble == "gone":
        monkeypatch.setenv("CATDOG_KAGGLE_ENDPOINT", "http://127.0.0.1:9")
    elif trouble == "proxy":
        monkeypatch.setenv("HTTP_PROXY", f"http://user:{TOKEN}@127.0.0.1:9")


@pytest.mark.fault(48)
def test_a_killed_download_goes_on_in_the_next_program(terminal: Terminal, given: Kaggle) -> None:
    given.content = zipped({**pets(3), "notes.bin": os.urandom(2_000_000)})
    given.bytes_per_second = 1_000_000.0
    command = [sys.executable, "-m", "training.cli", "data", "download", "--name", "pets"]
    child = subprocess.Popen([*command, "--home", str(terminal.home)], stderr=subprocess.DEVNULL)
    partial = terminal.home / "cache" / "downloads" / "dogs-vs-cats-train.zip.partial"
    until = time.monotonic() + 60
    while not (partial.exists() and partial.stat().st_size > 500_000):
        assert time.monotonic() < until
        given.resumed.wait(0.02)
    child.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
    child.wait()
    there = partial.stat().st_size
    given.bytes_per_second = 0.0
    given.asked.clear()
    status, (told,) = terminal("data", "download", "--name", "pets")
    assert (status, told["bytes"], told["pictures"]) == (0, len(given.content), 6)
    assert given.asked[0]["range"] == f"bytes={there}-"


@pytest.mark.fault(42)
def test_a_disk_that_fills_up_keeps_what_came(terminal: Terminal, given: Kaggle) -> None:
    resource = pytest.importorskip("resource")
    given.content = zipped({**pets(3), "notes.bin": os.urandom(2_000_000)})
    limit = 1_000_000
    child = subprocess.run(
        [sys.executable, "-m", "training.cli", "data", "download", "--name", "pets",
         "--home", str(terminal.home)],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert child.returncode == 1
    assert "Free some space" in child.stderr
    partial = terminal.home / "cache" / "downloads" / "dogs-vs-cats-train.zip.partial"
    assert partial.stat().st_size == limit
    status, (told,) = terminal("data", "download", "--name", "pets")
    assert (status, told["bytes"]) == (0, len(given.content))
    assert given.asked[-1]["range"] == f"bytes={limit}-"
