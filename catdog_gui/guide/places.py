"""Which page of the guide fits what the user looks at."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QApplication, QWidget


@dataclass(frozen=True)
class Place:
    """A part of a window that has a page.

    Attributes:
        kind: What stands there; it counts where it is seen in the window in front.
        page: One of `PAGES`.
        needs_keyboard: Whether it counts only while the keyboard's focus is in it, since much else
            is seen beside it.
    """

    kind: type[QWidget]
    page: str
    needs_keyboard: bool = False


def page_here(places: Sequence[Place], window: QWidget) -> str:
    """The page of the first of some places that is looked at.

    Args:
        places: The most special ones first.
        window: The program's; one that belongs to it may be in front.

    Returns:
        The page; empty where there is none, as in the guide itself.
    """
    front = QApplication.activeWindow() or window
    fitting = (place.page for place in places if _is_looked_at(place, front))
    return next(fitting, "")


def _is_looked_at(place: Place, front: QWidget) -> bool:
    if place.needs_keyboard:
        return _holds_focus(place.kind, front)
    inside = (each for each in front.findChildren(place.kind) if each.window() is front)
    return isinstance(front, place.kind) or any(each.isVisible() for each in inside)


def _holds_focus(kind: type[QWidget], front: QWidget) -> bool:
    widget: QWidget | None = front.focusWidget()
    while widget is not None and not isinstance(widget, kind):
        widget = widget.parentWidget()
    return widget is not None
