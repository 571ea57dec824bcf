"""What a bundle gets beside its code, made and checked without building one."""

import os
import sys
from pathlib import Path

import bundle
import bundle_check
import bundle_files
import contents
import licences
import pytest
import trimming
from bundling import PROGRAMS, REPOSITORY
from contents import BACKBONE, INTERPRETER, OURSELVES, WHEEL, Item, Origin

from training.learning.weights import MOBILENET_V2
from training.resources import guide_folder

QT = "/env/lib/site-packages/PySide6/Qt"


def warning(library: str, asker: str) -> str:
    return (
        f"123 WARNING: Library not found: could not resolve '{library}', dependency of '{asker}'.\n"
    )


def test_a_library_that_is_missing_on_the_build_machine_is_an_error():
    log = warning("libxcb-icccm.so.4", f"{QT}/plugins/platforms/libqxcb.so")
    log += warning("libxcb-icccm.so.4", f"{QT}/lib/libQt6XcbQpa.so.6")
    (fault,) = bundle.missing_libraries(log)
    assert fault.startswith("libxcb-icccm.so.4 is not on this machine")
    assert "libQt6XcbQpa.so.6, libqxcb.so" in fault


def test_what_stays_out_of_the_bundle_may_lack_libraries():
    log = warning("libgtk-3.so.0", f"{QT}/plugins/platformthemes/libqgtk3.so")
    assert bundle.missing_libraries(log) == []


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("_internal/tensorflow/include/op.h", "a header"),
        ("_internal/scipy/tests/test_all.py", "a test"),
        ("_internal/sklearn/datasets/images/flower.jpg", "a picture"),
        ("_internal/clang/native/libclang.so", "a compiler"),
        ("_internal/.kaggle/kaggle.json", "a secret"),
    ],
)
def test_what_must_not_ship_is_named(name, what):
    assert f"{name} is {what}" in bundle_check.foreign_files([name])


def test_what_may_ship_is_not_named():
    names = ["catdog", "_internal/resources/icons/cat.svg", "_internal/libpython3.11.so.1.0"]
    assert bundle_check.foreign_files(names) == []


def test_modules_of_tests_are_named():
    assert bundle_check.test_modules(["numpy.tests", "h5py.tests.test_file", "training.cli"]) == [
        "the module numpy.tests is a test",
        "the module h5py.tests.test_file is a test",
    ]


def test_a_folder_of_the_build_machine_is_found_in_the_middle_of_a_file(tmp_path, monkeypatch):
    monkeypatch.setattr(bundle_check, "_CHUNK_BYTES", 2000)
    file = tmp_path / "library.so"
    file.write_bytes(b"\0" * 1995 + b"/home/builder/catdog/tools" + b"\0" * 3000)
    assert bundle_check.told_by(file, [b"/home/builder/catdog"]) == ["/home/builder/catdog"]


def test_a_private_key_is_found(tmp_path):
    file = tmp_path / "notes.txt"
    head = "-----BEGIN RSA " + "PRIVATE KEY-----"
    file.write_text(f"{head}\n{'A' * 64}\n")
    assert bundle_check.told_by(file, []) == ["a private key"]


def test_the_build_machine_s_own_folders_are_looked_for(monkeypatch):
    tree = Path("/home/builder/catdog")
    monkeypatch.setattr(bundle_check, "REPOSITORY", tree)
    assert str(tree).encode() in bundle_check.build_folders()


def test_the_home_on_a_hosted_machine_is_in_everybody_s_wheels(monkeypatch):
    monkeypatch.setattr(Path, "home", lambda: Path("/Users/runner"))
    assert str(Path("/Users/runner")).encode() not in bundle_check.build_folders()


def test_a_neutral_prefix_is_as_long_and_ends_alike():
    neutral = trimming.neutral_prefix("/home/builder/.pyenv/versions/3.11.7")
    assert len(neutral) == len("/home/builder/.pyenv/versions/3.11.7")
    assert neutral.startswith("/python/")
    assert neutral.endswith("/3.11.7")


def test_a_prefix_is_forgotten_and_nothing_else_moves(tmp_path):
    prefix = "/home/builder/pythons/3.11.7"
    before = b"\x7fELF" + prefix.encode() + b"/lib\0(3.11.7)\0"
    (tmp_path / "libpython.so").write_bytes(before)
    (tmp_path / "other.so").write_bytes(b"nothing here")
    assert trimming.forget_prefix(tmp_path, prefix) == 1
    after = (tmp_path / "libpython.so").read_bytes()
    assert len(after) == len(before)
    assert b"builder" not in after
    assert after.endswith(b"/3.11.7/lib\0(3.11.7)\0")


def test_a_standard_prefix_tells_nothing_and_stays(monkeypatch):
    monkeypatch.setattr(sys, "base_prefix", "/usr/local")
    assert "/usr/local" not in trimming.python_folders()


def test_where_python_was_compiled_is_forgotten_too(monkeypatch):
    monkeypatch.setattr(trimming.sysconfig, "get_config_var", {"abs_builddir": "/tmp/p"}.get)
    assert "/tmp/p" in trimming.python_folders()
    assert (b"/tmp/p" in bundle_check.build_folders()) is (sys.platform != "darwin")


@pytest.mark.skipif(sys.platform != "linux", reason="the build settings are a module on Linux")
def test_the_build_settings_leave_the_archive_of_modules(tmp_path):
    name = next(
        path.stem
        for folder in map(Path, sys.path)
        if folder.is_dir()
        for path in folder.glob("_sysconfigdata*.py")
    )
    modules = [("training", "t.py", "PYMODULE"), (name, "s.py", "PYMODULE")]
    data: list[tuple[str, str, str]] = []
    trimming.move_build_settings(modules, data, tmp_path)
    assert [row[0] for row in modules] == ["training"]
    assert [row[0] for row in data] == [f"{name}.py"]
    assert "build_time_vars" in Path(data[0][1]).read_text()


@pytest.mark.slow
def test_an_installed_file_belongs_to_its_wheel_and_ours_to_us():
    owners = contents.wheel_owners()
    import numpy as np

    owner = contents.origin_of(Path(np.__file__), owners)
    assert (owner.name, owner.version, owner.kind) == ("numpy", np.__version__, WHEEL)
    assert contents.origin_of(REPOSITORY / "training" / "config.py", owners) == OURSELVES
    system = sys.base_prefix == "/usr"  # where Python itself is a package
    assert (contents.origin_of(Path(os.__file__), owners) == INTERPRETER) is not system
    assert contents.origin_of(Path("keras", MOBILENET_V2.name), owners) == BACKBONE


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=list(PROGRAMS))
def test_the_guide_lies_in_a_bundle_where_the_program_looks_for_it(program, tmp_path):
    rows = bundle_files.resources(program, tmp_path)
    inside = {Path(source) for source, folder in rows if folder == "resources/guide"}
    assert inside == set(guide_folder().glob("*.md"))


def test_contents_survive_being_written_down(tmp_path):
    items = [Item("training.config", is_module=True, origin=OURSELVES)]
    contents.write_items(items, tmp_path / "contents.json")
    assert contents.read_items(tmp_path / "contents.json") == items


def test_sizes_are_counted_by_origin_largest_first(tmp_path):
    (tmp_path / "small").write_bytes(b"1")
    (tmp_path / "large").write_bytes(b"1" * 10)
    numpy = Origin("numpy", "2", WHEEL)
    items = [
        Item("small", is_module=False, origin=OURSELVES),
        Item("large", is_module=False, origin=numpy),
        Item("numpy.linalg", is_module=True, origin=numpy),
    ]
    assert contents.bytes_by_origin(items, tmp_path) == {"numpy": 10, "catdog": 1}


def test_licences_are_collected_a_folder_an_origin(tmp_path):
    import numpy as np
    import PySide6

    items = [
        Item("training", is_module=True, origin=OURSELVES),
        Item("os", is_module=True, origin=INTERPRETER),
        Item("resources/weights/m.h5", is_module=False, origin=BACKBONE),
        Item("numpy", is_module=True, origin=Origin("numpy", np.__version__, WHEEL)),
        Item("q", is_module=False, origin=Origin("PySide6_Essentials", PySide6.__version__, WHEEL)),
    ]
    licences.collect_licences(items, tmp_path)
    assert "MIT License" in (tmp_path / "catdog" / "LICENSE").read_text()
    assert list((tmp_path / f"numpy-{np.__version__}").glob("LICEN*"))
    qt = tmp_path / f"PySide6_Essentials-{PySide6.__version__}"
    assert "LESSER GENERAL PUBLIC LICENSE" in (qt / "LGPL-3.0.txt").read_text()
    assert "Google" in (tmp_path / "MobileNetV2.txt").read_text()


def test_what_lies_beside_the_executables_gets_rows_for_an_app(tmp_path):
    (tmp_path / "licences" / "numpy-2").mkdir(parents=True)
    (tmp_path / "licences" / "numpy-2" / "LICENSE").write_text("free")
    (tmp_path / "materials.cdx.json").write_text("{}")
    (tmp_path / "catdog").write_text("program")
    rows = bundle_files.beside(tmp_path)
    assert [(Path(place).as_posix(), kind) for place, _, kind in rows] == [
        ("materials.cdx.json", "DATA"),
        ("licences/numpy-2/LICENSE", "DATA"),
    ]


def test_what_has_no_licence_does_not_ship(tmp_path, monkeypatch):
    monkeypatch.setattr(licences, "licence_files", lambda origin: [])
    with pytest.raises(LookupError, match="mystery 1"):
        licences.collect_licences(
            [Item("m", is_module=True, origin=Origin("mystery", "1", WHEEL))], tmp_path
        )
