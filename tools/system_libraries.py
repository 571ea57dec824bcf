"""Sees to the system libraries that Qt needs and that no wheel brings.

On Debian, Ubuntu and their relatives it installs what is missing where it may, else it prints
the one line that does. On other systems it does nothing. It runs before anything is installed,
so it uses the standard library alone.

    python tools/system_libraries.py window       a window on a screen
    python tools/system_libraries.py offscreen    windows that nobody sees, as in the tests
    python tools/system_libraries.py bundle       building a bundle that opens windows anywhere
    python tools/system_libraries.py screenless   a real window where there is no screen
    python tools/system_libraries.py venv         just what a virtual environment needs
"""

import importlib.util
import os
import shlex
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

OFFSCREEN = (
    "libegl1",
    "libgl1",
    "libfontconfig1",
    "libglib2.0-0",
    "libdbus-1-3",
    "libxkbcommon0",
)
SCREEN = (
    "libxkbcommon-x11-0",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-keysyms1",
    "libxcb-shape0",
)
BUILDING = ("binutils",)
"""What PyInstaller reads libraries with."""
SCREENLESS = ("xvfb", "xauth")
"""A screen that nobody sees."""
SETS: Mapping[str, tuple[str, ...]] = {
    "window": OFFSCREEN + SCREEN,
    "offscreen": OFFSCREEN,
    "bundle": OFFSCREEN + SCREEN + BUILDING,
    "screenless": OFFSCREEN + SCREENLESS,
    "venv": (),
}

_OS_RELEASE = Path("/etc/os-release")
_RENAMED = "t64"  # Debian 13 and Ubuntu 24.04 added this to the names of some libraries

Runner = Callable[[Sequence[str]], "subprocess.CompletedProcess[str]"]
"""Runs a command and gives back its exit status and what it printed."""


def main(arguments: Sequence[str]) -> int:
    """Check one set of libraries, and install what is missing where that is permitted.

    Args:
        arguments: The name of a set.

    Returns:
        0 where nothing is missing any more, 1 where a line was printed for the user to type,
        2 for wrong usage.
    """
    if len(arguments) != 1 or arguments[0] not in SETS:
        print(f"Usage: system_libraries.py {'|'.join(SETS)}", file=sys.stderr)
        return 2
    if not uses_apt(_read_os_release()):
        return 0
    wanted = (*SETS[arguments[0]], *_venv_package())
    if arguments[0] == "bundle":
        wanted += _python_library()
    missing = missing_packages(wanted, run=_run_quietly)
    if not missing:
        return 0
    return provide(missing, run=_run_quietly, install=_run_visibly, is_root=os.geteuid() == 0)


def uses_apt(os_release: str) -> bool:
    """Whether a system is Debian, Ubuntu or a relative of theirs.

    Args:
        os_release: The text of `/etc/os-release`; empty on other systems.
    """
    rows = dict(line.split("=", 1) for line in os_release.splitlines() if "=" in line)
    names = f"{rows.get('ID', '')} {rows.get('ID_LIKE', '')}".replace('"', "").split()
    return bool({"debian", "ubuntu"} & set(names))


def missing_packages(wanted: Sequence[str], *, run: Runner) -> list[str]:
    """Those of the wanted packages that are not installed, also not under their newer name."""
    names = [name + ending for name in wanted for ending in ("", _RENAMED)]
    answer = run(["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n", *names])
    rows = (line.split() for line in answer.stdout.splitlines())
    installed = {row[0].removesuffix(_RENAMED) for row in rows if row[1:] == ["installed"]}
    return [name for name in wanted if name not in installed]


def provide(missing: Sequence[str], *, run: Runner, install: Runner, is_root: bool) -> int:
    """Install packages where that is permitted, else say the line that does.

    Args:
        missing: Debian's names of the packages.
        run: Asks whether `sudo` works without a password.
        install: Runs the installation, before the user's eyes.
        is_root: Whether the user is root.

    Returns:
        0 if they are installed now, else 1.
    """
    line = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    before: list[str] | None = [] if is_root else _sudo_without_password(run)
    if before is not None:
        print(f"Installing system libraries: {' '.join(missing)}", flush=True)
        install([*before, "apt-get", "update", "-qq"])
        if install([*before, "env", "DEBIAN_FRONTEND=noninteractive", *line]).returncode == 0:
            return 0
    print(f"{len(missing)} system packages are missing. Install them, then run make again:")
    print(f"  sudo {shlex.join(line)}")
    return 1


def _sudo_without_password(run: Runner) -> list[str] | None:
    sudo = ["sudo", "-n"]
    return sudo if run([*sudo, "true"]).returncode == 0 else None


def _venv_package() -> tuple[str, ...]:
    """Debian takes `ensurepip`, which a new virtual environment needs, out of its Python."""
    if sys.prefix != sys.base_prefix or importlib.util.find_spec("ensurepip"):
        return ()
    return (f"python3.{sys.version_info.minor}-venv",)


def _python_library() -> tuple[str, ...]:
    """Debian's Python does without its own library, which every bundle holds."""
    return (f"libpython3.{sys.version_info.minor}",) if sys.base_prefix == "/usr" else ()


def _read_os_release() -> str:
    return _OS_RELEASE.read_text(encoding="utf-8") if _OS_RELEASE.is_file() else ""


def _run_quietly(command: Sequence[str]) -> "subprocess.CompletedProcess[str]":
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as error:  # a system without dpkg-query or sudo
        return subprocess.CompletedProcess(command, 127, "", str(error))


def _run_visibly(command: Sequence[str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(command, text=True, check=False)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
