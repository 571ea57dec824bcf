"""A file, shown where it lies: what is asked of which system."""

import pytest
from PySide6.QtCore import QProcess
from PySide6.QtGui import QDesktopServices

from catdog_gui import file_manager
from catdog_gui.file_manager import reveal


@pytest.fixture
def asked(monkeypatch):
    """What the system was asked for; it is always ready."""
    asked = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: asked.append(url.toLocalFile()) or True
    )
    monkeypatch.setattr(
        QProcess,
        "startDetached",
        lambda program, words: asked.append([program, *words]) or (True, 1),
    )
    return asked


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "mine" / "cat.jpg"
    path.parent.mkdir()
    path.touch()
    return path


def test_the_folder_is_opened(asked, picture, monkeypatch):
    monkeypatch.setattr(file_manager.sys, "platform", "linux")
    assert reveal(picture)
    assert asked == [picture.parent.as_posix()]


@pytest.mark.parametrize(
    ("platform", "program", "word"),
    [("win32", "explorer", "/select,{}"), ("darwin", "open", "{}")],
)
def test_where_it_is_simple_the_file_is_selected(
    asked, picture, monkeypatch, platform, program, word
):
    monkeypatch.setattr(file_manager.sys, "platform", platform)
    assert reveal(picture)
    assert (asked[0][0], asked[0][-1]) == (program, word.format(picture))


def test_of_a_file_that_is_gone_the_folder_is_opened(asked, picture):
    picture.unlink()
    assert reveal(picture)
    assert asked == [picture.parent.as_posix()]


def test_a_folder_that_is_gone_is_not_shown(asked, picture):
    picture.unlink()
    picture.parent.rmdir()
    assert not reveal(picture)
    assert asked == []
