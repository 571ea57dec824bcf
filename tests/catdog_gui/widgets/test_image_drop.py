"""What a drop brings, and how the drop area takes it."""

from pathlib import Path

import pytest
from PySide6.QtCore import QLibraryInfo, QMimeData, QPoint, QPointF, Qt, QUrl, QVersionNumber
from PySide6.QtGui import QColor, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout

from catdog_gui.widgets.image_drop import Dropped, ImageDrop, has_pictures, pictures_in

# Qt 6.12 deprecates the constructor that takes whole pixels; before there was no other
_Point = QPointF if QLibraryInfo.version() >= QVersionNumber(6, 12) else QPoint
_ANY_ACTION = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
_BUTTON = Qt.MouseButton.LeftButton
_NO_KEYS = Qt.KeyboardModifier.NoModifier


def _files(*paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def _image():
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    data = QMimeData()
    data.setImageData(image)
    return data


def _web_address():
    data = QMimeData()
    data.setUrls([QUrl("https://example.invalid/cat.jpg")])
    return data


def _text():
    data = QMimeData()
    data.setText("a cat")
    return data


def _enter(widget, data):
    event = QDragEnterEvent(_Point(20, 20), _ANY_ACTION, data, _BUTTON, _NO_KEYS)
    event.setDropAction(Qt.DropAction.MoveAction)
    event.ignore()
    QApplication.sendEvent(widget, event)
    return event.isAccepted(), event.dropAction()


def _drop(widget, data):
    _enter(widget, data)  # Qt gives a drop only to the widget that took the drag
    event = QDropEvent(QPointF(20, 20), _ANY_ACTION, data, _BUTTON, _NO_KEYS)
    event.setDropAction(Qt.DropAction.MoveAction)
    QApplication.sendEvent(widget, event)
    return event.isAccepted(), event.dropAction()


@pytest.fixture
def drop(qtbot):
    drop = ImageDrop()
    qtbot.addWidget(drop)
    drop.resize(300, 200)
    drop.show()
    return drop


def test_files_and_folders_are_taken_in_their_order(tmp_path):
    paths = (tmp_path / "b c é.jpg", tmp_path)
    assert pictures_in(_files(*paths)) == Dropped(paths)


def test_image_data_is_taken_where_there_are_no_files():
    dropped = pictures_in(_image())
    assert dropped.paths == ()
    assert dropped.image.size().toTuple() == (4, 4)


def test_files_win_over_image_data():
    data = _image()
    data.setUrls([QUrl.fromLocalFile("/p/a.jpg")])
    assert pictures_in(data) == Dropped((Path("/p/a.jpg"),))


@pytest.mark.parametrize("data", [_text, _web_address, QMimeData])
def test_anything_else_is_nothing(data):
    assert pictures_in(data()) is None
    assert not has_pictures(data())


def test_a_drop_of_files_is_told(drop, qtbot):
    with qtbot.waitSignal(drop.pictures_dropped) as told:
        _drop(drop, _files("/p/a.jpg", "/p/b.jpg"))
    assert told.args == [Dropped((Path("/p/a.jpg"), Path("/p/b.jpg")))]


def test_a_drop_is_always_a_copy_so_that_no_file_manager_deletes_the_pictures(drop):
    copied = (True, Qt.DropAction.CopyAction)
    assert _enter(drop, _files("/p/a.jpg")) == copied
    assert _drop(drop, _files("/p/a.jpg")) == copied


def test_a_drag_without_pictures_is_not_taken(drop):
    is_accepted, _ = _enter(drop, _text())
    assert not is_accepted
    assert not drop.is_highlighted()


def test_the_area_is_highlighted_while_pictures_are_over_it(drop):
    _enter(drop, _files("/p/a.jpg"))
    assert drop.is_highlighted()
    QApplication.sendEvent(drop, QDragLeaveEvent())
    assert not drop.is_highlighted()


def test_a_drop_ends_the_highlight(drop):
    _drop(drop, _files("/p/a.jpg"))
    assert not drop.is_highlighted()


def test_the_outline_changes_what_is_seen_and_lets_clicks_through(drop):
    inside = QLabel("inside")
    QVBoxLayout(drop).addWidget(inside)
    inside.show()
    plain = drop.grab().toImage()
    drop.set_inviting(True)
    dashed = drop.grab().toImage()
    _enter(drop, _files("/p/a.jpg"))
    highlighted = drop.grab().toImage()
    assert plain != dashed != highlighted
    assert drop.childAt(drop.rect().center()) is inside


def test_a_web_address_is_taken_only_where_it_is_explained(drop, qtbot):
    assert not _enter(drop, _web_address())[0]
    explaining = ImageDrop(takes_addresses=True)
    qtbot.addWidget(explaining)
    explaining.show()
    with (
        qtbot.waitSignal(explaining.address_dropped),
        qtbot.assertNotEmitted(explaining.pictures_dropped),
    ):
        _drop(explaining, _web_address())
    assert not explaining.is_highlighted()
    assert not _enter(explaining, _text())[0]


def test_a_browsers_picture_wins_over_its_address(qtbot):
    data = _image()
    data.setUrls([QUrl("https://example.invalid/cat.jpg")])
    assert pictures_in(data).image.size().toTuple() == (4, 4)
