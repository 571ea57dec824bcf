"""The computer stays awake while a training runs, and where it may not that is said."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from catdog_gui.sleep import (
    MAY_SLEEP,
    CommandGuard,
    LoginGuard,
    NoGuard,
    StateGuard,
    Wakefulness,
)

FAKE_LOGIN = Path(__file__).with_name("fake_login.py")
Manager = subprocess.Popen[str]


class Refusal:
    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> None:
        self.count += 1


@pytest.fixture
def refused() -> Refusal:
    return Refusal()


@pytest.fixture
def login(bus_address: str) -> Iterator[Callable[[str], tuple[LoginGuard, Manager]]]:
    """A guard and the manager that it asks, which answers yes or no."""
    pytest.importorskip("jeepney")
    from PySide6.QtDBus import QDBusConnection

    managers: list[Manager] = []

    def begin(answer: str) -> tuple[LoginGuard, Manager]:
        command = [sys.executable, FAKE_LOGIN, bus_address, answer]
        manager = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        managers.append(manager)
        assert line_of(manager) == "ready"
        return LoginGuard(QDBusConnection.connectToBus(bus_address, "tested")), manager

    yield begin
    QDBusConnection.disconnectFromBus("tested")
    for manager in managers:
        with manager:
            manager.kill()


def line_of(manager: Manager) -> str:
    assert manager.stdout is not None
    return manager.stdout.readline().strip()


def test_linux_asks_the_manager_of_sessions_and_gives_its_lock_back(qtbot, login, refused) -> None:
    guard, manager = login("yes")
    guard.hold(refused)
    assert line_of(manager) == "Inhibit idle:sleep CatDog A training runs block"
    qtbot.waitUntil(lambda: guard._lock is not None)
    assert manager.poll() is None
    guard.release()
    assert line_of(manager) == "let go"
    assert refused.count == 0


def test_a_manager_that_refuses_is_told_once(qtbot, login, refused) -> None:
    guard, _ = login("no")
    guard.hold(refused)
    qtbot.waitUntil(lambda: refused.count == 1)
    guard.release()


def test_a_training_that_ends_before_the_answer_leaves_no_lock(qtbot, login, refused) -> None:
    guard, manager = login("yes")
    guard.hold(refused)
    guard.release()
    qtbot.waitUntil(lambda: manager.poll() is not None)
    assert "let go" in manager.stdout.read()
    assert (guard._lock, refused.count) == (None, 0)


def test_a_linux_without_a_bus_is_told(qtbot, refused) -> None:
    from PySide6.QtDBus import QDBusConnection

    LoginGuard(QDBusConnection("no such connection")).hold(refused)
    assert refused.count == 1


def test_a_mac_runs_a_program_as_long_as_it_is_to_stay_awake(refused) -> None:
    guard = CommandGuard((sys.executable, "-c", "input()"))
    guard.hold(refused)
    running = guard._running
    assert running is not None
    guard.release()
    assert running.poll() is not None
    assert refused.count == 0


def test_a_mac_without_that_program_is_told(refused) -> None:
    guard = CommandGuard(("/no/such/program",))
    guard.hold(refused)
    guard.release()
    assert refused.count == 1


@pytest.mark.parametrize(("old_state", "refusals"), [(0x80000000, 0), (0, 1)])
def test_windows_is_given_a_state_and_its_own_back(refused, old_state, refusals) -> None:
    states: list[int] = []

    def set_state(state: int) -> int:
        states.append(state)
        return old_state

    guard = StateGuard(set_state)
    guard.hold(refused)
    guard.release()
    assert states == [0x80000001, 0x80000000]
    assert refused.count == refusals


class Noting(NoGuard):
    def __init__(self) -> None:
        self.calls: list[str] = []

    def hold(self, refused: Callable[[], None]) -> None:
        self.calls.append("hold")
        refused()

    def release(self) -> None:
        self.calls.append("release")


def test_it_is_honest_while_a_training_runs_and_silent_afterwards(qtbot) -> None:
    said: list[str] = []
    guard = Noting()
    wakefulness = Wakefulness(guard)
    wakefulness.told.connect(said.append)
    wakefulness.follow("kaggle")
    assert said[-1] == MAY_SLEEP
    wakefulness.follow("")
    assert said[-1] == ""
    assert guard.calls == ["hold", "release"]
