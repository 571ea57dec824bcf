"""How far a training is, on the program's icon."""

import subprocess
import sys

import pytest
from PySide6.QtGui import QGuiApplication

from catdog_gui import taskbar

LISTEN = """
import sys
from jeepney import MatchRule, message_bus
from jeepney.io.blocking import Proxy, open_dbus_connection
connection = open_dbus_connection(sys.argv[1])
rule = MatchRule(type="signal", interface="com.canonical.Unity.LauncherEntry")
Proxy(message_bus, connection).AddMatch(rule)
print("ready", flush=True)
with connection.filter(rule) as signals:
    for _ in range(2):
        print(connection.recv_until_filtered(signals).body, flush=True)
"""

SHOW = """
import sys
from PySide6.QtGui import QGuiApplication
from catdog_gui import taskbar
app = QGuiApplication([])
app.setDesktopFileName("catdog")
taskbar.show_on_launcher(42)
taskbar.show_on_launcher(None)
"""


def test_linux_tells_the_launcher_in_the_form_that_docks_understand(
    bus_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("jeepney")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus_address)  # Qt asks once in a process
    command = [sys.executable, "-c", LISTEN, bus_address]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as listener:
        assert listener.stdout is not None
        assert listener.stdout.readline().strip() == "ready"
        subprocess.run([sys.executable, "-c", SHOW], check=True, timeout=30)
        heard = [listener.stdout.readline().strip() for _ in range(2)]
    icon = "application://catdog.desktop"
    shown = f"('{icon}', {{'progress': ('d', 0.42), 'progress-visible': ('b', True)}})"
    hidden = f"('{icon}', {{'progress': ('d', 0.0), 'progress-visible': ('b', False)}})"
    assert heard == [shown, hidden]


def test_nothing_is_shown_where_there_is_no_screen(qapp, monkeypatch) -> None:
    def show(percent: int | None) -> None:
        pytest.fail(f"{percent} is shown")

    monkeypatch.setattr(taskbar, "_WAYS", {sys.platform: show})
    assert QGuiApplication.platformName() == "offscreen"
    taskbar.show_percent(42)


@pytest.mark.parametrize(("platform", "shown"), [("linux", [42]), ("beos", [])])
def test_each_system_has_its_own_way_or_none(qapp, monkeypatch, platform, shown) -> None:
    told: list[int | None] = []
    monkeypatch.setattr(taskbar, "_WAYS", {"linux": told.append})
    monkeypatch.setattr(taskbar, "_WITHOUT_TASKBAR", frozenset())
    monkeypatch.setattr(sys, "platform", platform)
    taskbar.show_percent(42)
    assert told == shown
