"""(c) Import of train.zip against a bare loop that unzips and loads each picture."""

import os
import statistics
import tempfile
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PIL import Image

from benchmarks.pictures import train_zip
from benchmarks.report import alternate, at_most, publish
from training.cancellation import CancelToken
from training.config import ImportConfig
from training.dataset.importing import import_pictures
from training.home import Home

ROUNDS = 3
THREADS = os.cpu_count() or 1


def main() -> int:
    archive = train_zip()
    pairs = alternate(ROUNDS, lambda: _import(archive), lambda: _bare_loop(archive))
    ratios = [a / b for a, b in zip(*pairs, strict=True)]
    return publish(
        "importing",
        [at_most("time to import train.zip / bare loop", statistics.median(ratios), 1.6)],
        import_seconds=[round(seconds, 2) for seconds in pairs[0]],
        bare_loop_seconds=[round(seconds, 2) for seconds in pairs[1]],
        ratios=[round(ratio, 2) for ratio in ratios],
        threads=THREADS,
    )


def _import(archive: Path) -> float:
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        config = ImportConfig(source=archive, name="kaggle")
        import_pictures(config, Home(Path(folder)), emit=lambda _: None, token=CancelToken())
        return time.perf_counter() - began


def _bare_loop(archive: Path) -> float:
    """Each thread takes every n-th member: extracts it, opens it, loads it. No checks at all."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(THREADS) as pool:
        began = time.perf_counter()
        shares = [pool.submit(_unzip_and_load, archive, Path(folder), n) for n in range(THREADS)]
        for share in shares:
            share.result()
        return time.perf_counter() - began


def _unzip_and_load(archive: Path, folder: Path, first: int) -> None:
    with zipfile.ZipFile(archive) as source:
        members = [member for member in source.infolist() if not member.is_dir()]
        for member in members[first::THREADS]:
            with Image.open(source.extract(member, folder)) as picture:
                picture.load()


if __name__ == "__main__":
    raise SystemExit(main())
