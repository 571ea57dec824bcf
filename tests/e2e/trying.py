"""Tries bundles out: puts them elsewhere, and runs them with nothing around them."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from bundle_check import executable_name
from bundling import DIST, Program

OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}


def elsewhere(program: Program, folder: Path) -> Path:
    """The bundle in another folder, whose name has a space; linked rather than copied."""
    built = DIST / program.key
    if not built.is_dir():
        pytest.skip(f"dist/{program.key} is not there; make bundle builds it")
    there = folder / "some where" / program.key
    try:
        shutil.copytree(built, there, symlinks=True, copy_function=os.link)
    except (OSError, shutil.Error):  # another disk
        shutil.rmtree(there, ignore_errors=True)
        shutil.copytree(built, there, symlinks=True)
    return there


def run(
    program: Program, bundle: Path, *words: str, around: Mapping[str, str]
) -> "subprocess.CompletedProcess[str]":
    """Run a program with only these variables, in a folder of no meaning."""
    return subprocess.run(
        [bundle / executable_name(program), *words],
        cwd=bundle.anchor,
        env=dict(around),
        capture_output=True,
        text=True,
        check=False,
    )
