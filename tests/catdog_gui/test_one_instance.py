"""One window a home: claims, messages, and two real processes."""

import json
import os
import signal
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket

from catdog_gui.one_instance import MOST_BYTES, OneInstance, messages_for, paths_in
from tests.catdog_gui.launched import TELLING, running
from training.errors import UserError
from training.home import Home

SAY_WHAT_COMES = """
import sys
from PySide6.QtCore import QTimer
from catdog_gui import __main__, app
from catdog_gui.main_window import MainWindow
from catdog_gui.one_instance import OneInstance

class Telling(MainWindow):
    def take_call(self, paths):
        super().take_call(paths)
        print("called", *[path.name for path in paths], flush=True)

    def open_files(self, paths):
        super().open_files(paths)
        print("tab", self.tabs.widget.currentIndex(), flush=True)
"""


@pytest.fixture
def claims(home, qapp):
    """Makes claims on one home, all released at the end."""
    made = []

    def claim(key="catdog"):
        made.append(OneInstance(home, key))
        return made[-1]

    yield claim
    for each in made:
        each.release()


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "cat.jpg"
    path.write_bytes(b"no picture, but a file")
    return path


def test_the_second_claim_of_a_home_waits_for_the_first_to_be_released(claims):
    first, second = claims(), claims()
    assert first.claim()
    assert not second.claim()
    first.release()
    assert second.claim()


def test_two_programs_and_two_homes_have_a_window_each(claims, tmp_path):
    other = OneInstance(Home(tmp_path / "other"), "catdog")
    assert claims("catdog").claim()
    assert claims("catdog-viewer").claim()
    assert other.claim()
    other.release()


def test_a_home_that_cannot_be_written_to_costs_the_claim_only(tmp_path, qapp):
    blocked = tmp_path / "file"
    blocked.write_text("a file where a folder is needed")
    for _ in range(2):
        instance = OneInstance(Home(blocked), "catdog")
        assert instance.claim()
        instance.listen()
        instance.release()


def test_a_first_that_does_not_answer_is_a_sentence(claims, picture):
    assert claims().claim()
    with pytest.raises(UserError, match="does not answer"):
        claims().hand_over([picture], patience_s=0.05)


def test_a_first_that_ends_meanwhile_leaves_its_claim(claims, picture):
    first, second = claims(), claims()
    assert first.claim()
    assert not second.claim()
    first.release()
    assert not second.hand_over([picture])
    assert not first.claim()


def test_a_message_without_end_is_cut_off(claims, qtbot):
    first = claims()
    first.claim()
    first.listen()
    socket = QLocalSocket()
    socket.connectToServer(first._read_address())
    with qtbot.waitSignal(socket.disconnected), qtbot.assertNotEmitted(first.called):
        socket.write(b"[" * (MOST_BYTES + 10))


def test_what_is_no_message_of_ours_is_left_unread(claims, qtbot):
    first = claims()
    first.claim()
    first.listen()
    socket = QLocalSocket()
    socket.connectToServer(first._read_address())
    with qtbot.waitSignal(socket.disconnected), qtbot.assertNotEmitted(first.called):
        socket.write(b"delete everything\n")


@pytest.mark.skipif(os.name == "nt", reason="Windows has pipes, not files with permissions")
def test_nobody_else_can_call(claims):
    first = claims()
    first.claim()
    first.listen()
    assert Path(first._read_address()).stat().st_mode & 0o077 == 0


def test_a_message_brings_only_absolute_paths_that_are_there(picture, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # where a relative cat.jpg would be found
    words = [str(picture), str(tmp_path / "none.jpg"), "cat.jpg", 7, "\0", "--home", str(tmp_path)]
    assert paths_in(json.dumps(words).encode()) == (picture, tmp_path)
    for rubbish in (b"", b"{}", b"\xff", b'"/"', b"[" * 100_000):
        assert paths_in(rubbish) is None


def test_many_files_go_in_several_messages_none_of_them_too_long():
    words = [f"/{'x' * 200}/{number}.jpg" for number in range(20_000)]
    messages = list(messages_for(words))
    assert max(len(message) for message in messages) <= MOST_BYTES
    assert [word for message in messages for word in json.loads(message)] == words
    assert list(messages_for([])) == [b"[]\n"]


def launched(home, *words):
    return running(home, SAY_WHAT_COMES + TELLING, *words)


def test_a_second_launch_hands_its_files_over_and_ends(home, picture):
    with launched(home) as first:
        assert first.stdout.readline() == "open\n"
        with launched(home, picture) as second:
            said, errors = second.communicate(timeout=30)
        assert (second.returncode, said, errors) == (0, "", "")
        assert first.stdout.readline() == "tab 2\n"
        assert first.stdout.readline() == "called cat.jpg\n"
        with launched(home) as third:
            third.communicate(timeout=30)
        assert third.returncode == 0
        assert first.stdout.readline() == "called\n"
        first.terminate()
        assert first.wait(20) == 0
    assert not list(home.root.glob("catdog.*"))


def test_files_on_the_first_launch_are_classified_in_front(home, picture):
    with launched(home, picture) as first:
        lines = {first.stdout.readline(), first.stdout.readline()}
        assert lines == {"open\n", "tab 2\n"}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_killed_first_launch_leaves_the_window_to_the_next(home, picture):
    with launched(home) as first:
        assert first.stdout.readline() == "open\n"
        first.send_signal(signal.SIGKILL)
        first.wait(20)
    left = Path((home.root / "catdog.address").read_text())
    with launched(home) as second:
        assert second.stdout.readline() == "open\n"
        assert not left.exists()
        with launched(home, picture) as third:
            third.communicate(timeout=30)
        assert third.returncode == 0
        assert second.stdout.readline() == "tab 2\n"
