"""Files that fall on a window, and what is seen of it then."""

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from catdog_gui.widgets.image_drop import ImageDrop

BUTTON = Qt.MouseButton.LeftButton
PATIENCE_MS = 60_000
_MOVES = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
_NO_KEYS = Qt.KeyboardModifier.NoModifier


def at_rest(qtbot, window):
    qtbot.waitUntil(lambda: not window.jobs.running, timeout=PATIENCE_MS)


def drop(page, *paths):
    """Let files fall on a page, as a file manager does."""
    area = page.findChild(ImageDrop)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    enter = QDragEnterEvent(QPointF(9, 9).toPoint(), _MOVES, data, BUTTON, _NO_KEYS)
    QApplication.sendEvent(area, enter)
    QApplication.sendEvent(area, QDropEvent(QPointF(9, 9), _MOVES, data, BUTTON, _NO_KEYS))


def page_of(window, name):
    window.tabs.show(name)
    return window.tabs.page(name)


def offered(window):
    combo = window.tabs.prediction_page._header._runs
    return combo.currentText()


def listed(window):
    return [info.run for info in window.tabs.training_page._lab_book._runs.runs]
