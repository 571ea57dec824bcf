"""How systems see our programs, and how a bundle is packed."""

import os
import plistlib
import shutil
import stat
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import icons
import identity
import packing
import pytest
import zstandard
from bundling import CATDOG, PROGRAMS, REPOSITORY, VIEWER
from PIL import Image


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


def test_the_version_resource_is_an_expression_with_our_facts(tmp_path, monkeypatch):
    monkeypatch.setattr(identity, "version_number", lambda: "1.2.3")
    text = Path(identity.write_version_resource(VIEWER, tmp_path)).read_text(encoding="utf-8")
    compile(text, "version", "eval")
    assert "'CatDog Viewer'" in text
    assert "'catdog-viewer.exe'" in text
    assert "filevers=(1, 2, 3, 0)" in text


def test_the_property_list_can_be_written(tmp_path):
    written = plistlib.loads(plistlib.dumps(identity.info_plist(CATDOG)))
    assert written["NSHighResolutionCapable"] is True
    assert "public.jpeg" in written["CFBundleDocumentTypes"][0]["LSItemContentTypes"]


@pytest.mark.parametrize(
    ("program", "declares", "rank"),
    [
        (CATDOG, "UTExportedTypeDeclarations", "Owner"),
        (VIEWER, "UTImportedTypeDeclarations", "Alternate"),
    ],
)
def test_a_mac_is_told_whose_a_model_s_file_is_and_that_both_programs_open_it(
    program, declares, rank
):
    written = plistlib.loads(plistlib.dumps(identity.info_plist(program)))
    (declared,) = written[declares]
    assert declared["UTTypeTagSpecification"]["public.filename-extension"] == ["catdog"]
    (opened,) = [
        row
        for row in written["CFBundleDocumentTypes"]
        if declared["UTTypeIdentifier"] in row["LSItemContentTypes"]
    ]
    assert opened["LSHandlerRank"] == rank


def menu(tmp_path: Path, program) -> tuple[Path, dict[str, str]]:
    folder = tmp_path / "cats & dogs" / program.key
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
    assert f";{identity.MODEL_TYPE};" in entry.read_text()
    assert (home / ".local" / "bin" / program.key).readlink() == folder / program.key
    assert len(list(home.rglob(f"{program.key}.png"))) == len(icons.SIZES_PX)
    subprocess.run([script, "--remove"], check=True, env=user, capture_output=True)
    assert list(left_by_us(home)) == []


def left_by_us(home: Path) -> Iterator[Path]:
    """Files but those that a desktop's own tools keep; its list of types must not name ours."""
    for path in home.rglob("*"):
        is_ours = path.parent.name != "mime" or (path.is_file() and b"catdog" in path.read_bytes())
        if path.is_file() and "cache" not in path.name and is_ours:
            yield path


ASK_QT = """
import sys
from PySide6.QtCore import QMimeDatabase
kind = QMimeDatabase().mimeTypeForFile(sys.argv[1])
print(kind.name(), kind.comment(), kind.iconName(), kind.inherits("application/zip"), sep="|")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="a script for Linux")
@pytest.mark.parametrize("has_tool", [True, False], ids=["with its tool", "without"])
@pytest.mark.parametrize("program", PROGRAMS.values(), ids=list(PROGRAMS))
def test_a_desktop_tells_a_models_file_from_any_other_zip(qapp, tmp_path, program, has_tool):
    folder, user = menu(tmp_path, program)
    if not has_tool:
        user["PATH"] = str(path_without(tmp_path, "update-mime-database"))
    subprocess.run([folder / "install.sh"], check=True, env=user, capture_output=True)
    file = tmp_path / "friend.CatDog"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("run.json", "{}")
    told = subprocess.run(
        [sys.executable, "-c", ASK_QT, file], check=True, env=user, capture_output=True, text=True
    )
    assert told.stdout.strip() == f"{identity.MODEL_TYPE}|CatDog model|{program.key}|True"


def path_without(tmp_path: Path, missing: str) -> Path:
    """A folder of commands that lacks one."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("sh", "dirname", "mkdir", "sed", "mv", "cp", "find", "rm", "ln", "readlink"):
        (folder / name).symlink_to(shutil.which(name) or "/none")
    assert not (folder / missing).exists()
    return folder


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
def test_a_link_of_the_user_s_own_is_left_alone_and_one_of_ours_moves_along(qapp, tmp_path):
    folder, user = menu(tmp_path, CATDOG)
    own = tmp_path / "pipx" / "catdog"
    own.parent.mkdir()
    own.write_text("mine")
    link = tmp_path / "user" / ".local" / "bin" / "catdog"
    link.parent.mkdir(parents=True)
    link.symlink_to(own)
    for words in ([], ["--remove"]):
        subprocess.run([folder / "install.sh", *words], check=True, env=user, capture_output=True)
    assert link.readlink() == own
    own.unlink()
    subprocess.run([folder / "install.sh"], check=True, env=user, capture_output=True)
    assert link.readlink() == folder / "catdog"


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
    first = packing.pack(CATDOG, small_bundle, tmp_path)
    content = first.read_bytes()
    os.utime(small_bundle / "catdog", (1, 1))
    assert packing.pack(CATDOG, small_bundle, tmp_path).read_bytes() == content
    with (
        first.open("rb") as source,
        zstandard.ZstdDecompressor().stream_reader(source) as stream,
        tarfile.open(fileobj=stream, mode="r|") as tar,
    ):
        tar.extractall(tmp_path / "out", filter="data")
    (folder,) = (tmp_path / "out").iterdir()
    assert folder.name == packing.release_name(CATDOG)
    assert (folder / "catdog").stat().st_mode & stat.S_IXUSR
    assert (folder / "_internal" / "libQt6.so.6").readlink() == Path("libQt6.so")


def test_checksums_are_those_that_sha256sum_reads(tmp_path):
    (tmp_path / "a.tar.zst").write_bytes(b"abc")
    sums = packing.write_sums(tmp_path).read_text()
    assert sums == ("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a.tar.zst\n")
    assert packing.write_sums(tmp_path).read_text() == sums


def test_a_release_is_named_by_version_and_system():
    start = f"catdog-viewer-{identity.version_number()}-"
    assert packing.release_name(VIEWER).startswith(start)
