"""(b) The pipeline alone against Keras' ImageDataGenerator, set up as in the notebook.

Both have gone over all pictures once before they are measured: what is compared is the second
epoch and all that follow.
"""

import itertools
import statistics
import tempfile
import time
from pathlib import Path

from benchmarks.pictures import DATASET, kaggle_home, notebook_data
from benchmarks.report import alternate, at_least, publish
from training.dataset.catalog import CLASSES, Split
from training.dataset.library import open_dataset
from training.learning.devices import load_tensorflow

STEPS = 100
ROUNDS = 5


def main() -> int:
    config, data = notebook_data()
    load_tensorflow(lambda _: None)
    from keras.src.legacy.preprocessing.image import ImageDataGenerator

    with tempfile.TemporaryDirectory() as folder:
        _class_folders(Path(folder))
        generator = ImageDataGenerator(rescale=1 / 255).flow_from_directory(
            folder, target_size=(150, 150), batch_size=config.batch_size, class_mode="binary"
        )
        steps = itertools.count()

        def pipeline_rate() -> float:
            return _rate(lambda: data.train.batch(next(steps)), config.batch_size)

        def generator_rate() -> float:
            return _rate(lambda: next(generator), config.batch_size)

        for _ in range(len(data.train) // (STEPS * config.batch_size)):
            pipeline_rate(), generator_rate()  # the first epoch is not counted
        pairs = alternate(ROUNDS, pipeline_rate, generator_rate)
    ratios = [a / b for a, b in zip(*pairs, strict=True)]
    return publish(
        "pipeline",
        [at_least("pictures a second, pipeline / generator", statistics.median(ratios), 20)],
        pipeline_per_second=round(statistics.median(pairs[0])),
        generator_per_second=round(statistics.median(pairs[1])),
        ratios=[round(ratio, 1) for ratio in ratios],
    )


def _rate(batch: object, batch_size: int) -> float:
    assert callable(batch)
    began = time.perf_counter()
    for _ in range(STEPS):
        batch()
    return STEPS * batch_size / (time.perf_counter() - began)


def _class_folders(folder: Path) -> None:
    for label in CLASSES:
        (folder / f"{label}s").mkdir()
    with open_dataset(kaggle_home(), DATASET) as catalog:
        pictures = catalog.pictures(split=Split.TRAIN)
    for picture in pictures:
        (folder / f"{picture.label}s" / picture.path.name).symlink_to(picture.path)


if __name__ == "__main__":
    raise SystemExit(main())
