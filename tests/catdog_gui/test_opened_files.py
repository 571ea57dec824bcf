"""Files that the system asks for by an event, as a Mac does."""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from catdog_gui.opened_files import OpenedFiles


@pytest.fixture
def opened():
    files = OpenedFiles()
    files.asked = []
    files.opened.connect(files.asked.append)
    return files


def test_a_file_that_the_system_asks_for_is_told(qapp, opened, monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    with opened.heard_by(qapp):
        QApplication.sendEvent(qapp, QFileOpenEvent("/pets/cat.jpg"))
        QApplication.sendEvent(qapp, QFileOpenEvent(QUrl("https://example.org/cat.jpg")))
        QApplication.sendEvent(qapp, QEvent(QEvent.Type.User))
    QApplication.sendEvent(qapp, QFileOpenEvent("/pets/late.jpg"))
    assert opened.asked == [(Path("/pets/cat.jpg"),)]


def test_no_other_system_pays_for_listening(qapp, opened, monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    with opened.heard_by(qapp):
        QApplication.sendEvent(qapp, QFileOpenEvent("/pets/cat.jpg"))
    assert opened.asked == []
