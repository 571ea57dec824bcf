"""What `make bundle` built, tried as a stranger would: in another folder, with nothing around it.

make bundle test-bundle
"""

import json
import sys

import pytest
from bundle_check import foreign_files
from bundling import CATDOG, PROGRAMS, VIEWER
from contents import bytes_in

from tests.e2e.trying import OFFSCREEN, run

pytestmark = [pytest.mark.bundle, pytest.mark.timeout(600)]

STEPS = {
    CATDOG.key: ["import", "check", "train", "export", "classify", "plot", "tabs", "ok"],
    VIEWER.key: ["classify", "window", "ok"],
}
MOST_MB = {CATDOG.key: 1250, VIEWER.key: 380}


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=list(PROGRAMS))
def test_the_self_test_passes_with_an_empty_environment(bundles, program):
    done = run(program, bundles[program.key], "--selftest", around=OFFSCREEN)
    assert [line.split()[0] for line in done.stdout.splitlines()] == STEPS[program.key], done.stderr
    assert done.returncode == 0


@pytest.mark.skipif(sys.platform != "linux", reason="a virtual X screen is a thing of Linux")
@pytest.mark.parametrize("program", PROGRAMS.values(), ids=list(PROGRAMS))
def test_the_self_test_passes_on_a_screen(bundles, program, screen):
    around = {"DISPLAY": screen, "QT_QPA_PLATFORM": "xcb"}
    done = run(program, bundles[program.key], "--selftest", around=around)
    assert done.stdout.splitlines()[-1:] != [], done.stderr
    assert done.stdout.splitlines()[-1].startswith("ok"), done.stdout + done.stderr
    assert done.returncode == 0


def test_a_bundle_knows_its_version_and_commit(bundles):
    done = run(CATDOG, bundles[CATDOG.key], "--version", around={})
    assert done.stdout.startswith("catdog 0.")
    assert "unknown" not in done.stdout


def test_the_command_line_works_in_a_bundle(bundles, tmp_path):
    home = ["--home", str(tmp_path / "home")]
    bundle = bundles[CATDOG.key]
    made = run(CATDOG, bundle, "data", "sample", "--name", "drawn", *home, "--json", around={})
    assert json.loads(made.stdout)["pictures"] == 400, made.stderr
    pictures = tmp_path / "home" / "datasets" / "drawn" / "pictures"
    done = run(CATDOG, bundle, "classify", str(pictures), "--recursive", *home, "--json", around={})
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(rows) == 400, done.stderr
    assert {row["error"] for row in rows} == {None}


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=list(PROGRAMS))
def test_a_bundle_holds_nothing_that_must_not_ship(bundles, program):
    folder = bundles[program.key]
    files = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    assert foreign_files(files) == []


def test_the_viewer_holds_nothing_that_trains(bundles):
    inside = {path.name for path in (bundles[VIEWER.key] / "_internal").iterdir()}
    assert inside & {"tensorflow", "keras", "sklearn", "scipy", "matplotlib", "h5py"} == set()


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=list(PROGRAMS))
def test_a_bundle_keeps_to_its_size(bundles, program):
    assert bytes_in(bundles[program.key]) / 1e6 <= MOST_MB[program.key]


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=list(PROGRAMS))
def test_a_bundle_brings_every_licence_and_lists_its_materials(bundles, program):
    folder = bundles[program.key]
    materials = json.loads((folder / "materials.cdx.json").read_text(encoding="utf-8"))
    assert materials["metadata"]["component"]["name"] == program.key
    parts = {part["name"] for part in materials["components"]}
    assert {"PySide6_Essentials", "onnxruntime", "numpy"} <= parts
    licensed = {path.name.rsplit("-", 1)[0] for path in (folder / "licences").iterdir()}
    wheels = {
        part["name"] for part in materials["components"] if part["purl"].startswith("pkg:pypi")
    }
    assert wheels - licensed == set()
