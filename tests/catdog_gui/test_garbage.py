"""Garbage is collected in the GUI thread, and only there."""

import gc
import sys
import threading
import types
import weakref

import pytest

from catdog_gui.garbage import GarbageCollector, collect_if_due, collected_in_gui_thread


@pytest.fixture(autouse=True)
def collected_here() -> None:
    """Here the collector is as Python has it: what switches it off is what is tested."""


class Knot:
    """Garbage that only the collector can free."""

    def __init__(self) -> None:
        self.me = self


def tie() -> weakref.ref[Knot]:
    return weakref.ref(Knot())


def test_a_busy_job_thread_collects_nothing(qapp) -> None:
    with collected_in_gui_thread():
        knot = tie()
        worker = threading.Thread(target=lambda: [Knot() for _ in range(50_000)])
        worker.start()
        worker.join()
        assert knot() is not None
        assert collect_if_due() >= 0
        assert knot() is None
    assert gc.isenabled()


def test_the_timer_collects_in_the_event_loop(qtbot) -> None:
    with collected_in_gui_thread():
        collector = GarbageCollector(interval_ms=1)
        knot = tie()
        keep = [Knot() for _ in range(2_000)]
        qtbot.waitUntil(lambda: knot() is None)
        assert keep
        collector.deleteLater()


def test_what_a_large_import_makes_is_set_aside_and_later_garbage_is_collected(
    qapp, monkeypatch
) -> None:
    with collected_in_gui_thread():
        collector = GarbageCollector()
        imported = [Knot() for _ in range(2_000)]
        for number in range(100):
            name = f"a_large_library_{number}"
            monkeypatch.setitem(sys.modules, name, types.ModuleType(name))
        before = gc.get_freeze_count()
        collector.look()
        assert gc.get_freeze_count() >= before + len(imported)
        knot = tie()
        keep = [Knot() for _ in range(2_000)]
        collector.look()
        assert knot() is None
        assert keep
        collector.deleteLater()
