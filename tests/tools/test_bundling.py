import tomllib

import bundling
import pytest
from bundle_requirements import bundle_requirements
from bundling import (
    CATDOG,
    PROGRAMS,
    REPOSITORY,
    VIEWER,
    is_dropped,
    is_stripped,
    tensorflow_wheel,
    without_orphans,
)


@pytest.mark.parametrize(
    "place",
    [
        "tensorflow/include/tensorflow/core/framework/op.h",
        "scipy/linalg/tests/data/carex.npz",
        "sklearn/datasets/images/china.jpg",
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "catdog-0.1.0.dist-info/direct_url.json",
    ],
)
def test_what_only_builders_or_tests_need_stays_out(place):
    assert is_dropped(place)


@pytest.mark.parametrize(
    "place",
    [
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqoffscreen.so",
        "tensorflow/python/profiler/internal/_pywrap_profiler_plugin.so",
        "matplotlib/mpl-data/fonts/ttf/DejaVuSans.ttf",
        "resources/default/model.keras",
        "catdog-0.1.0.dist-info/METADATA",
    ],
)
def test_what_the_program_needs_stays_in(place):
    assert not is_dropped(place)


def test_the_viewer_does_without_the_model_that_only_a_training_goes_on_from():
    assert is_dropped("resources/default/model.keras", VIEWER.drops)
    assert not is_dropped("resources/default/model.onnx", VIEWER.drops)


def test_patched_libraries_are_never_stripped():
    assert is_stripped("tensorflow/libtensorflow_cc.so.2")
    assert is_stripped("libpython3.11.so.1.0")
    assert is_stripped("python3.11/lib-dynload/_sha3.cpython-311-x86_64-linux-gnu.so")
    assert not is_stripped("numpy.libs/libscipy_openblas64_-32a4b2a6.so")
    assert not is_stripped("pillow.libs/libavif.so.16")
    assert not is_stripped("resources/default/model.onnx")


def test_a_system_library_goes_with_the_last_that_needs_it():
    needs = {
        "/wheels/libqxcb.so": {"libxcb.so.1"},
        "/usr/lib/libxcb.so.1": {"libXau.so.6"},
        "/usr/lib/libgtk.so.3": {"libcairo.so.2"},
    }
    entries = [
        ("PySide6/libqxcb.so", "/wheels/libqxcb.so", "BINARY"),
        ("libxcb.so.1", "/usr/lib/libxcb.so.1", "BINARY"),
        ("libXau.so.6", "/usr/lib/libXau.so.6", "BINARY"),
        ("libgtk.so.3", "/usr/lib/libgtk.so.3", "BINARY"),
        ("libcairo.so.2", "/usr/lib/libcairo.so.2", "BINARY"),
        ("libwheel.so", "/wheels/libwheel.so", "BINARY"),
    ]
    left = without_orphans(entries, lambda source: needs.get(source, set()))
    assert [place for place, _, _ in left] == [
        "PySide6/libqxcb.so",
        "libxcb.so.1",
        "libXau.so.6",
        "libwheel.so",
    ]


def test_python_s_own_library_stays_though_nothing_asks_for_it():
    entry = ("libpython3.11.so.1.0", "/usr/lib/x86_64-linux-gnu/libpython3.11.so.1.0", "BINARY")
    assert without_orphans([entry], lambda source: set()) == [entry]


def test_every_program_starts_from_a_script_with_an_icon_that_is_there():
    for program in PROGRAMS.values():
        assert (REPOSITORY / program.script).is_file()
        assert (REPOSITORY / "resources" / "icons" / f"{program.icon}.svg").is_file()


def test_only_the_program_that_trains_stands_on_the_networks_of_others():
    assert CATDOG.has_weights
    assert not VIEWER.has_weights


def test_every_drop_says_why():
    assert [pattern for pattern, reason in bundling.DROPS if not reason.strip()] == []


@pytest.mark.parametrize(
    ("system", "machine", "wheel"),
    [
        ("linux", "x86_64", "tensorflow-cpu"),
        ("win32", "AMD64", "tensorflow-cpu"),
        ("linux", "aarch64", "tensorflow"),
        ("darwin", "arm64", "tensorflow"),
    ],
)
def test_a_bundle_takes_the_smaller_wheel_where_there_is_one(system, machine, wheel):
    assert tensorflow_wheel(system, machine) == wheel


def test_the_environment_for_bundles_has_all_that_the_project_requires():
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    rows = bundle_requirements(project["dependencies"], "tensorflow-cpu")
    assert len(rows) == len(project["dependencies"])
    assert [row for row in rows if row.startswith("tensorflow")] == ["tensorflow-cpu>=2.20"]
