"""A disk that fills up in the middle of an import costs that import and nothing else."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.training.dataset.making import Import, left_in, pets, write_zip
from training.home import Home

resource = pytest.importorskip("resource")

ROOT = Path(__file__).parents[3]
IMPORT = """
import sys
from pathlib import Path
from training.cancellation import CancelToken
from training.config import ImportConfig
from training.dataset.importing import import_pictures
from training.errors import explain
from training.home import Home

home = Home(Path(sys.argv[2]))
try:
    import_pictures(
        ImportConfig(Path(sys.argv[1]), "second"), home, emit=lambda _: None, token=CancelToken()
    )
except Exception as error:
    print(explain(error).message, explain(error).hint)
print(sorted(path.name for path in home.datasets.iterdir()))
"""
MOUNTED = 'mount -t tmpfs -o size=64m,nr_inodes=40 tmpfs "$1" && exec "$2" -c "$3" "$4" "$1"'


@pytest.mark.fault(42)
def test_a_disk_that_fills_up_ends_the_import_and_keeps_nothing_of_it(tmp_path):
    if not shutil.which("unshare"):
        pytest.skip("a small disk can only be made with unshare, which is not here")
    source = write_zip(tmp_path / "train.zip", pets(100))
    disk = tmp_path / "disk"
    disk.mkdir()
    arguments = [str(disk), sys.executable, IMPORT, str(source)]
    command = ["unshare", "-rm", "sh", "-c", MOUNTED, "sh", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    if done.returncode:
        pytest.skip(f"a small disk cannot be made here: {done.stderr.strip()}")
    assert "The disk is full; nothing of the import was kept." in done.stdout
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.fault(42)
def test_a_write_that_fails_keeps_the_datasets_that_were_there(tmp_path, home):
    Import(write_zip(tmp_path / "first.zip", pets(2)), home, name="first")
    large = {name: content + bytes(300_000) for name, content in pets(2).items()}
    source = write_zip(tmp_path / "train.zip", large)

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    done = subprocess.run(
        [sys.executable, "-c", IMPORT, str(source), str(home.root)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        preexec_fn=limit,
    )
    assert "The file grew past the limit" in done.stdout
    assert done.stdout.splitlines()[-1] == "['first']"
    assert left_in(Home(home.root)) == ["first"]
