"""How far a training is, on the program's icon, where the platform shows that."""

import sys
from collections.abc import Callable, Mapping

from PySide6.QtGui import QGuiApplication

ShowPercent = Callable[[int | None], None]
"""Shows percent in [0, 100] on the program's icon; None takes them away."""

# what KDE and the docks of GNOME understand: https://wiki.ubuntu.com/Unity/LauncherAPI
_LAUNCHER = ("/catdog/launcher", "com.canonical.Unity.LauncherEntry", "Update")
_WITHOUT_TASKBAR = frozenset({"offscreen", "minimal"})


def show_percent(percent: int | None) -> None:
    """Show it in this system's way; nothing happens where there is none."""
    show = _WAYS.get(sys.platform)
    if show is not None and QGuiApplication.platformName() not in _WITHOUT_TASKBAR:
        show(percent)


def show_on_launcher(percent: int | None) -> None:
    """Linux: a signal on the session's bus; who draws the icons listens, or nobody does."""
    from PySide6.QtDBus import QDBusConnection, QDBusMessage

    message = QDBusMessage.createSignal(*_LAUNCHER)
    icon = f"application://{QGuiApplication.desktopFileName()}.desktop"
    share = {"progress": (percent or 0) / 100, "progress-visible": percent is not None}
    message.setArguments([icon, share])
    QDBusConnection.sessionBus().send(message)


def show_as_badge(percent: int | None) -> None:
    """macOS: the number on the icon in the Dock; 0 takes it away."""
    QGuiApplication.instance().setBadgeNumber(percent or 0)  # type: ignore[union-attr]


_WAYS: Mapping[str, ShowPercent] = {"linux": show_on_launcher, "darwin": show_as_badge}
