import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from bundling import PROGRAMS

from tests.catdog_gui.conftest import collected_here  # noqa: F401 - an autouse fixture
from tests.e2e.trying import elsewhere


@pytest.fixture(scope="module")
def bundles(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    folder = tmp_path_factory.mktemp("bundles")
    return {program.key: elsewhere(program, folder) for program in PROGRAMS.values()}


@pytest.fixture
def screen() -> Iterator[str]:
    """The name of a screen that nobody sees."""
    server = shutil.which("Xvfb")
    if server is None:
        pytest.skip("there is no Xvfb here")
    reader, writer = os.pipe()
    command = [server, "-displayfd", str(writer), "-screen", "0", "1280x800x24", "-nolisten", "tcp"]
    with subprocess.Popen(
        command, pass_fds=[writer], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as running:
        os.close(writer)
        with os.fdopen(reader) as told:
            number = told.readline().strip()  # it tells when it is ready
        yield f":{number}"
        running.send_signal(signal.SIGTERM)
