"""Builds the bundles: `make bundle` calls it in the environment that is made for it.

    python tools/bundle.py                       CatDog and CatDog Viewer, into dist/
    python tools/bundle.py --only catdog-viewer  one of them

PyInstaller warns of a library that it cannot find and goes on, which makes a bundle that opens no
window on some machine: here that is an error.
"""

import argparse
import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path, PurePath

from bundle_check import faults_of
from bundle_files import LIBRARIES, contents_file
from bundling import DIST, PROGRAMS, REPOSITORY, Program, is_dropped
from contents import bytes_by_origin, bytes_in, read_items

WORK = REPOSITORY / "build" / "bundle"
LOG = WORK / "pyinstaller.log"
REPORT = WORK / "report.json"
_SPEC_WORK = WORK / "build"  # PyInstaller's folder for a spec of that name

_UNRESOLVED = re.compile(r"could not resolve '([^']+)', dependency of '([^']+)'")
_LARGEST = 12


def main(words: Sequence[str] | None = None) -> int:
    """Build, look whether anything is missing or too much, and say how large it is.

    Returns:
        0, or 1 where the bundles are not to be used.
    """
    parser = argparse.ArgumentParser(description="Build the bundles into dist/.")
    parser.add_argument("--only", choices=tuple(PROGRAMS), help="build one of them")
    only = parser.parse_args(words).only
    chosen = [program for program in PROGRAMS.values() if only in (None, program.key)]
    if not _has_binutils():
        print("Building needs strip and objdump (on Debian: apt-get install binutils).")
        return 1
    began = time.monotonic()
    if status := _run_pyinstaller(only):
        print(f"PyInstaller failed with status {status}; {LOG.relative_to(REPOSITORY)} says why.")
        return 1
    faults = missing_libraries(LOG.read_text(encoding="utf-8", errors="replace"))
    for program in chosen:
        faults += [f"{program.key}: {fault}" for fault in faults_of(program, DIST, _SPEC_WORK)]
        print(_size_words(program), flush=True)
    for fault in faults:
        print(f"FAULT {fault}")
    seconds = time.monotonic() - began
    _write_report(chosen, seconds)
    print(f"Built in {seconds:.0f} s.")
    return 1 if faults else 0


def missing_libraries(log: str) -> list[str]:
    """A sentence for each library that PyInstaller looked for in vain.

    Args:
        log: What PyInstaller said.
    """
    asked = {(name, asker) for name, asker in _UNRESOLVED.findall(log) if not _stays_out(asker)}
    by_library: dict[str, list[str]] = {}
    for name, asker in sorted(asked):
        by_library.setdefault(name, []).append(Path(asker).name)
    return [
        f"{name} is not on this machine, and {', '.join(askers)} needs it; install it and build "
        "again."
        for name, askers in by_library.items()
    ]


def _stays_out(file: str) -> bool:
    """Whether a file of the build environment is dropped: then what it lacks does not matter."""
    return is_dropped(PurePath(file).as_posix().rsplit("site-packages/", 1)[-1])


def _has_binutils() -> bool:
    return sys.platform != "linux" or all(shutil.which(name) for name in ("objdump", "strip"))


def _run_pyinstaller(only: str | None) -> int:
    WORK.mkdir(parents=True, exist_ok=True)
    command = [
        sys.executable,
        "-m",
        "PyInstaller",
        "--noconfirm",
        "--clean",
        "--distpath",
        str(DIST),
    ]
    command += ["--workpath", str(WORK), str(REPOSITORY / "build.spec")]
    command += ["--", "--only", only] if only else []
    print("PyInstaller is at work; this takes some minutes.", flush=True)
    with LOG.open("wb") as log:
        return subprocess.run(
            command, cwd=REPOSITORY, stdout=log, stderr=subprocess.STDOUT, check=False
        ).returncode


def _write_report(programs: Sequence[Program], seconds: float) -> None:
    """Keep what a build came to, for `benchmarks/bundle.py`."""
    report = {"seconds": seconds, "bytes": {each.key: _bytes_by_origin(each) for each in programs}}
    REPORT.write_text(json.dumps(report, indent=2), encoding="utf-8")


def _bytes_by_origin(program: Program) -> dict[str, int]:
    items = read_items(contents_file(program, _SPEC_WORK))
    return bytes_by_origin(items, DIST / program.key / LIBRARIES)


def _size_words(program: Program) -> str:
    bundle = DIST / program.key
    sizes = _bytes_by_origin(program)
    rows = [f"  {size / 1e6:7.1f} MB  {name}" for name, size in list(sizes.items())[:_LARGEST]]
    return "\n".join([f"{program.title}: {bytes_in(bundle) / 1e6:.0f} MB in {bundle}", *rows])


if __name__ == "__main__":
    raise SystemExit(main())
