"""(f) One picture by `Classifier` against `model.predict`, both from the file on."""

import statistics
import time
from collections.abc import Callable

import numpy as np

from benchmarks.pictures import DATASET, kaggle_home
from benchmarks.report import alternate, at_least, publish
from training.cancellation import CancelToken
from training.dataset.decode import load_pixels
from training.dataset.library import open_dataset
from training.inference.classifier import Classifier
from training.learning.presets import training_config
from training.learning.trainer import train
from training.runs.run_folder import KERAS_FILE

PICTURES = 200
ROUNDS = 3


def main() -> int:
    home = kaggle_home()
    config = training_config("notebook", DATASET, epochs=1, steps_per_epoch=2, validation_steps=2)
    run = train(config, home, emit=lambda _: None, token=CancelToken())
    import keras

    classifier = Classifier.load(run.folder)
    model = keras.models.load_model(run.folder / KERAS_FILE, compile=False)
    with open_dataset(home, DATASET) as catalog:
        paths = [picture.path for picture in catalog.pictures(split=None)[:PICTURES]]

    def by_predict() -> float:
        return _seconds_each(
            lambda n: model.predict(load_pixels(paths[n], config.image_size)[np.newaxis], verbose=0)
        )

    def by_classifier() -> float:
        return _seconds_each(lambda n: classifier.classify([paths[n]]))

    by_predict(), by_classifier()
    pairs = alternate(ROUNDS, by_predict, by_classifier)
    ratios = [a / b for a, b in zip(*pairs, strict=True)]
    return publish(
        "one_picture",
        [at_least("one picture, model.predict / Classifier", statistics.median(ratios), 8)],
        predict_ms=round(statistics.median(pairs[0]) * 1000, 2),
        classifier_ms=round(statistics.median(pairs[1]) * 1000, 2),
        ratios=[round(ratio, 1) for ratio in ratios],
    )


def _seconds_each(answer: Callable[[int], object]) -> float:
    began = time.perf_counter()
    for number in range(PICTURES):
        answer(number)
    return (time.perf_counter() - began) / PICTURES


if __name__ == "__main__":
    raise SystemExit(main())
