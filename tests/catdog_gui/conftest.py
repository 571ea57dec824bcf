"""Garbage where the program collects it, and a message bus of the test's own."""

import gc
import shutil
import subprocess
from collections.abc import Iterator

import pytest

from catdog_gui.garbage import collect_if_due


@pytest.fixture(autouse=True)
def collected_here() -> Iterator[None]:
    """As in the program: in a job's thread the collector would destroy Qt objects of this one."""
    gc.disable()
    yield
    collect_if_due()
    gc.enable()


@pytest.fixture
def bus_address() -> Iterator[str]:
    """The address of a bus that nobody else is on."""
    daemon = shutil.which("dbus-daemon")
    if daemon is None:
        pytest.skip("there is no dbus-daemon here")
    command = [daemon, "--session", "--nofork", "--print-address=1"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as running:
        assert running.stdout is not None
        yield running.stdout.readline().strip()
        running.terminate()
