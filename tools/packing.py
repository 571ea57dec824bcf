"""Packs the bundles: an archive of each, a list of materials, and checksums.

    python tools/packing.py                       all that lie in dist/
    python tools/packing.py --only catdog-viewer  one of them

On Linux and macOS an archive is `.tar.zst`, whose entries are in order, of one time and of nobody:
the same bundle gives the same archive. On Windows it is a zip.
"""

import argparse
import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import zstandard
from bundle_files import MATERIALS_FILE
from bundling import DIST, PROGRAMS, REPOSITORY, Program
from identity import version_number

SUMS_FILE = "SHA256SUMS"
_LEVEL = 15  # 19 takes three times as long and saves a few percent
_WINDOW_LOG = 27  # the largest that zstd unpacks without being asked to


def main(words: Sequence[str] | None = None) -> int:
    """Pack.

    Returns:
        0, or 1 where a bundle is not there.
    """
    parser = argparse.ArgumentParser(description="Pack the bundles of dist/.")
    parser.add_argument("--only", choices=tuple(PROGRAMS), help="pack one of them")
    only = parser.parse_args(words).only
    for program in PROGRAMS.values():
        if only not in (None, program.key):
            continue
        if not (DIST / program.key).is_dir():
            print(f"dist/{program.key} is not there; make bundle builds it.")
            return 1
        archive = pack(program, DIST / program.key, DIST)
        materials = DIST / f"{release_name(program)}.cdx.json"
        shutil.copyfile(DIST / program.key / MATERIALS_FILE, materials)
        print(f"{archive.stat().st_size / 1e6:7.1f} MB  {archive.name}", flush=True)
    print(write_sums(DIST).relative_to(REPOSITORY))
    return 0


def release_name(program: Program) -> str:
    """The stem of a release's files, such as "catdog-0.1.0-linux-x86_64"."""
    system = {"win32": "windows", "darwin": "macos"}.get(sys.platform, sys.platform)
    return f"{program.key}-{version_number()}-{system}-{platform.machine().lower()}"


def pack(program: Program, bundle: Path, target: Path) -> Path:
    """Pack a bundle, in a folder that is named as the archive is.

    Args:
        program: Which.
        bundle: Its folder; on a Mac the .app beside it is packed instead, if it is there.
        target: The folder that gets the archive.

    Returns:
        The archive.
    """
    stem = release_name(program)
    if sys.platform == "win32":
        return _pack_zip(bundle, stem, target / f"{stem}.zip")
    app = bundle.with_name(f"{program.title}.app")
    return _pack_tar(app if app.is_dir() else bundle, stem, target / f"{stem}.tar.zst")


def _pack_tar(bundle: Path, stem: str, archive: Path) -> Path:
    time = _commit_time()

    def plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.mtime, entry.uid, entry.gid, entry.uname, entry.gname = time, 0, 0, "", ""
        return entry

    parameters = zstandard.ZstdCompressionParameters.from_level(
        _LEVEL, window_log=_WINDOW_LOG, threads=os.cpu_count() or 1
    )
    inside = f"{stem}/{bundle.name}" if bundle.suffix == ".app" else stem
    with (
        archive.open("wb") as target,
        zstandard.ZstdCompressor(compression_params=parameters).stream_writer(target) as packed,
        tarfile.open(fileobj=packed, mode="w|") as tar,
    ):
        tar.add(bundle, inside, recursive=False, filter=plain)
        for path in _in_order(bundle):
            name = path.relative_to(bundle).as_posix()
            tar.add(path, f"{inside}/{name}", recursive=False, filter=plain)
    return archive


def _pack_zip(bundle: Path, stem: str, archive: Path) -> Path:
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target:
        for path in _in_order(bundle):
            target.write(path, f"{stem}/{path.relative_to(bundle).as_posix()}")
    return archive


def _in_order(folder: Path) -> Iterator[Path]:
    return iter(sorted(folder.rglob("*")))


def write_sums(folder: Path) -> Path:
    """Write the checksums of a folder's files in the form that `sha256sum --check` reads."""
    files = [path for path in sorted(folder.iterdir()) if path.is_file() and path.name != SUMS_FILE]
    rows = []
    for path in files:
        with path.open("rb") as source:
            rows.append(f"{hashlib.file_digest(source, 'sha256').hexdigest()}  {path.name}\n")
    sums = folder / SUMS_FILE
    sums.write_text("".join(rows), encoding="utf-8", newline="\n")
    return sums


def _commit_time() -> int:
    """When the commit was made, in seconds; one time for all entries of an archive."""
    if "SOURCE_DATE_EPOCH" in os.environ:  # reproducible-builds.org
        return int(os.environ["SOURCE_DATE_EPOCH"])
    command = ["git", "-C", str(REPOSITORY), "log", "-1", "--format=%ct"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return int(done.stdout.strip() or 0)


if __name__ == "__main__":
    raise SystemExit(main())
