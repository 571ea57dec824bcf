"""Every word that a window shows, says or writes: where a secret would be found."""

import logging

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAction, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget


def words_of(thing: QObject) -> list[str]:
    """Every text that an object has, whatever it is for."""
    about = thing.metaObject()
    names = [about.property(place).name() for place in range(about.propertyCount())]
    return [value for value in map(thing.property, names) if isinstance(value, str)]


def spoken_of(widget: QWidget) -> list[str]:
    """What a screen reader says of it."""
    spoken = QAccessible.queryAccessibleInterface(widget)
    return [spoken.text(kind) for kind in QAccessible.Text] if spoken is not None else []


def all_words(window) -> str:
    window.remember()
    window.settings.save()
    for handler in logging.getLogger().handlers:
        handler.flush()
    tops = QApplication.topLevelWidgets()
    # not all QObjects: a text's frames are made anew, and deleted, when its properties are read
    kinds = (QWidget, QAction)
    things = [*tops, *(each for top in tops for kind in kinds for each in top.findChildren(kind))]
    words = [word for thing in things for word in words_of(thing)]
    words += [word for widget in QApplication.allWidgets() for word in spoken_of(widget)]
    files = [path for path in window.home.root.rglob("*") if path.is_file()]
    words += [path.read_bytes().decode("latin-1") for path in files]
    return "\n".join([*words, QGuiApplication.clipboard().text()])
