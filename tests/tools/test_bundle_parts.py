"""What a bundle gets beside its code, made and checked without building one."""

import json
import os
import plistlib
import shutil
import stat
import subprocess
import sys
import tarfile
from pathlib import Path

import bundle
import bundle_check
import contents
import icons
import identity
import licences
import pytest
import trimming
import zstandard
from bundling import CATDOG, PROGRAMS, REPOSITORY, VIEWER
from contents import INTERPRETER, OURSELVES, WHEEL, Item, Origin
from PIL import Image

import dist

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


def test_the_build_machine_s_own_folders_are_looked_for():
    assert str(REPOSITORY).encode() in bundle_check.build_folders()


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


def test_a_standard_prefix_tells_nothing_and_stays(tmp_path):
    (tmp_path / "libpython.so").write_bytes(b"/usr/local/lib")
    assert trimming.forget_prefix(tmp_path, "/usr/local") == 0


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


def test_an_installed_file_belongs_to_its_wheel_and_ours_to_us():
    owners = contents.wheel_owners()
    import numpy as np

    owner = contents.origin_of(Path(np.__file__), owners)
    assert (owner.name, owner.version, owner.kind) == ("numpy", np.__version__, WHEEL)
    assert contents.origin_of(REPOSITORY / "training" / "config.py", owners) == OURSELVES
    assert contents.origin_of(Path(os.__file__), owners) == INTERPRETER


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
        Item("numpy", is_module=True, origin=Origin("numpy", np.__version__, WHEEL)),
        Item("q", is_module=False, origin=Origin("PySide6_Essentials", PySide6.__version__, WHEEL)),
    ]
    licences.collect_licences(items, tmp_path)
    assert "MIT License" in (tmp_path / "catdog" / "LICENSE").read_text()
    assert list((tmp_path / f"numpy-{np.__version__}").glob("LICEN*"))
    qt = tmp_path / f"PySide6_Essentials-{PySide6.__version__}"
    assert "LESSER GENERAL PUBLIC LICENSE" in (qt / "LGPL-3.0.txt").read_text()
    assert "Google" in (tmp_path / "MobileNetV2.txt").read_text()


def test_what_has_no_licence_does_not_ship(tmp_path, monkeypatch):
    monkeypatch.setattr(licences, "licence_files", lambda origin: [])
    with pytest.raises(LookupError, match="mystery 1"):
        licences.collect_licences(
            [Item("m", is_module=True, origin=Origin("mystery", "1", WHEEL))], tmp_path
        )


@pytest.fixture
def drawing() -> Path:
    return REPOSITORY / "resources" / "icons" / "app.svg"


def test_a_drawing_becomes_pixels_with_clear_corners(qapp, drawing):
    image = icons.rendered(drawing, 64)
    assert (image.mode, image.size) == ("RGBA", (64, 64))
    assert image.getpixel((0, 0))[3] == 0
    assert image.getpixel((32, 20))[3] == 255


def width_of(path: Path) -> int:
    with Image.open(path) as image:
        return image.width


def test_icons_of_all_sizes_are_written(qapp, drawing, tmp_path):
    icons.write_pngs(drawing, tmp_path / "hicolor", "catdog")
    icons.write_ico(drawing, tmp_path / "catdog.ico")
    icons.write_icns(drawing, tmp_path / "catdog.icns")
    assert {width_of(path) for path in tmp_path.glob("hicolor/*/apps/*.png")} == set(icons.SIZES_PX)
    with Image.open(tmp_path / "catdog.ico") as image:
        assert image.info["sizes"] == {(side, side) for side in icons.ICO_SIZES_PX}
    with Image.open(tmp_path / "catdog.icns") as image:
        assert max(width * scale for width, _, scale in image.info["sizes"]) == 1024


@pytest.mark.parametrize(("system", "suffix"), [("win32", ".ico"), ("darwin", ".icns")])
def test_an_executable_gets_the_icon_of_its_system(qapp, tmp_path, system, suffix):
    icon = identity.program_icon(CATDOG, tmp_path, system)
    assert icon == str(tmp_path / f"catdog{suffix}")
    assert Path(icon).stat().st_size > 0


def test_linux_has_no_icon_in_the_executable(tmp_path):
    assert identity.program_icon(CATDOG, tmp_path, "linux") is None


def test_the_version_resource_is_an_expression_with_our_facts(tmp_path):
    text = Path(identity.write_version_resource(VIEWER, tmp_path)).read_text(encoding="utf-8")
    compile(text, "version", "eval")
    assert "'CatDog Viewer'" in text
    assert "'catdog-viewer.exe'" in text
    assert "filevers=(0, 1, 0, 0)" in text


def test_the_property_list_can_be_written(tmp_path):
    written = plistlib.loads(plistlib.dumps(identity.info_plist(CATDOG)))
    assert written["NSHighResolutionCapable"] is True
    assert "public.jpeg" in written["CFBundleDocumentTypes"][0]["LSItemContentTypes"]


def menu(tmp_path: Path, program) -> tuple[Path, dict[str, str]]:
    folder = tmp_path / "a folder" / program.key
    folder.mkdir(parents=True)
    (folder / program.key).write_text("#!/bin/sh\n")
    identity.write_menu_files(program, folder)
    user = {"HOME": str(tmp_path / "user"), "PATH": os.environ["PATH"]}
    return folder, user


@pytest.mark.skipif(sys.platform == "win32", reason="a script for Linux")
@pytest.mark.parametrize("program", PROGRAMS.values(), ids=list(PROGRAMS))
def test_the_menu_entry_comes_and_goes_without_a_trace(qapp, tmp_path, program):
    folder, user = menu(tmp_path, program)
    script = folder / "install.sh"
    assert script.stat().st_mode & stat.S_IXUSR
    subprocess.run([script], check=True, env=user, capture_output=True)
    home = tmp_path / "user"
    entry = home / ".local" / "share" / "applications" / f"{program.key}.desktop"
    assert f'Exec="{folder}/{program.key}" %F' in entry.read_text()
    assert "image/jpeg;image/png;" in entry.read_text()
    assert (home / ".local" / "bin" / program.key).readlink() == folder / program.key
    assert len(list(home.rglob(f"{program.key}.png"))) == len(icons.SIZES_PX)
    subprocess.run([script, "--remove"], check=True, env=user, capture_output=True)
    assert [path for path in home.rglob("*") if path.is_file() and "cache" not in path.name] == []


@pytest.mark.skipif(sys.platform == "win32", reason="a script for Linux")
def test_a_command_of_the_user_s_own_is_left_alone(qapp, tmp_path):
    folder, user = menu(tmp_path, CATDOG)
    own = tmp_path / "user" / ".local" / "bin" / "catdog"
    own.parent.mkdir(parents=True)
    own.write_text("mine")
    for words in ([], ["--remove"]):
        subprocess.run([folder / "install.sh", *words], check=True, env=user, capture_output=True)
    assert own.read_text() == "mine"


@pytest.mark.skipif(sys.platform == "win32", reason="a script for Linux")
def test_a_folder_that_a_menu_cannot_name_is_refused(qapp, tmp_path):
    folder, user = menu(tmp_path, CATDOG)
    odd = folder.with_name("cat|dog")
    folder.rename(odd)
    done = subprocess.run(
        [odd / "install.sh"], check=False, env=user, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "Move it to a folder with a plainer name" in done.stderr


@pytest.mark.skipif(
    not shutil.which("desktop-file-validate"), reason="desktop-file-utils is missing"
)
@pytest.mark.parametrize("program", PROGRAMS.values(), ids=list(PROGRAMS))
def test_the_menu_entry_keeps_to_the_standard(tmp_path, program):
    entry = tmp_path / "entry.desktop"
    entry.write_text(identity.desktop_entry(program, "/opt/some where"))
    done = subprocess.run(
        ["desktop-file-validate", entry], check=False, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


@pytest.fixture
def small_bundle(tmp_path) -> Path:
    folder = tmp_path / "dist" / "catdog"
    (folder / "_internal").mkdir(parents=True)
    (folder / "catdog").write_bytes(b"program")
    (folder / "catdog").chmod(0o755)
    (folder / "_internal" / "libQt6.so").write_bytes(b"library")
    (folder / "_internal" / "libQt6.so.6").symlink_to("libQt6.so")
    return folder


@pytest.mark.skipif(sys.platform == "win32", reason="Windows gets a zip")
def test_a_bundle_is_packed_with_links_and_modes_and_the_same_each_time(small_bundle, tmp_path):
    first = dist.pack(CATDOG, small_bundle, tmp_path)
    content = first.read_bytes()
    os.utime(small_bundle / "catdog", (1, 1))
    assert dist.pack(CATDOG, small_bundle, tmp_path).read_bytes() == content
    with (
        first.open("rb") as source,
        zstandard.ZstdDecompressor().stream_reader(source) as stream,
        tarfile.open(fileobj=stream, mode="r|") as tar,
    ):
        tar.extractall(tmp_path / "out", filter="data")
    (folder,) = (tmp_path / "out").iterdir()
    assert folder.name == dist.release_name(CATDOG)
    assert (folder / "catdog").stat().st_mode & stat.S_IXUSR
    assert (folder / "_internal" / "libQt6.so.6").readlink() == Path("libQt6.so")


def test_checksums_are_those_that_sha256sum_reads(tmp_path):
    (tmp_path / "a.tar.zst").write_bytes(b"abc")
    sums = dist.write_sums(tmp_path).read_text()
    assert sums == ("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a.tar.zst\n")
    assert dist.write_sums(tmp_path).read_text() == sums


def test_a_release_is_named_by_version_and_system():
    assert json.dumps(dist.release_name(VIEWER)).startswith('"catdog-viewer-0.1.0-')
