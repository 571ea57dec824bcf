"""A bundle where there is next to nothing: no Python, no network, hardly a library.

make bundle slow
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from bundling import CATDOG, VIEWER

from tests.e2e.trying import elsewhere, run

pytestmark = [pytest.mark.bundle, pytest.mark.slow, pytest.mark.timeout(1200)]

NEEDED = ("libegl1", "libgl1", "fontconfig-config")
"""Debian's packages beside the smallest system, which every desktop has: what Qt draws with comes
from the graphics driver, and without any font it crashes; the third brings one."""
NOWHERE = dict.fromkeys(
    ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9"
)
"""Nobody listens there."""


def test_express_trains_without_a_network_on_the_bundle_s_own_weights(bundles, tmp_path):
    bundle = bundles[CATDOG.key]
    if not list((bundle / "_internal" / "resources").glob("weights/*.h5")):
        pytest.skip("the machine that built the bundle did not have the weights")
    around = {**NOWHERE, "KERAS_HOME": str(tmp_path / "keras")}
    home = ["--home", str(tmp_path / "home")]
    made = run(CATDOG, bundle, "data", "sample", "--name", "drawn", *home, around=around)
    assert made.returncode == 0, made.stderr
    words = ["train", "--data", "drawn", "--preset", "express", "--epochs", "1", *home]
    trained = run(CATDOG, bundle, *words, around=around)
    assert trained.returncode == 0, trained.stderr
    assert not list((tmp_path / "keras").rglob("*.h5"))


@pytest.fixture(scope="module")
def bare_root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The smallest Debian with the few packages that a bundle needs."""
    if sys.platform != "linux" or os.geteuid() != 0 or not shutil.which("debootstrap"):
        pytest.skip("this needs Linux, root, and debootstrap")
    root = tmp_path_factory.mktemp("debian") / "root"
    command = [
        "debootstrap",
        "--variant=minbase",
        f"--include={','.join(NEEDED)}",
        "bookworm",
        root,
    ]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    if made.returncode:
        pytest.skip(f"Debian's packages cannot be had here: {made.stdout[-200:]}")
    subprocess.run(
        ["mount", "-t", "proc", "proc", root / "proc"], check=True
    )  # TensorFlow reads it
    yield root
    subprocess.run(["umount", root / "proc"], check=True)


@pytest.mark.parametrize("program", [CATDOG, VIEWER], ids=lambda program: program.key)
def test_the_self_test_passes_in_a_bare_debian(bare_root, program):
    there = elsewhere(program, bare_root / "opt")
    inside = Path("/") / there.relative_to(bare_root) / program.key
    done = subprocess.run(
        [
            "chroot",
            bare_root,
            "/usr/bin/env",
            "-i",
            "QT_QPA_PLATFORM=offscreen",
            inside,
            "--selftest",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1].startswith("ok")
