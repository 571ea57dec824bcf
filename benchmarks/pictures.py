"""The real pictures that benchmarks run on, imported once into a home of their own."""

import os
from pathlib import Path
from typing import Any

from training.cancellation import CancelToken
from training.config import NOTEBOOK_SCHEME, ImportConfig, SplitConfig, TrainingConfig
from training.dataset.cache import forget, pixel_rows, prepare_rows
from training.dataset.importing import import_pictures
from training.dataset.library import list_datasets, open_dataset
from training.dataset.split import split_dataset
from training.events import Event
from training.home import Home
from training.learning.pipeline import SplitPictures, TrainingData, build_data
from training.learning.presets import training_config

REPOSITORY = Path(__file__).resolve().parent.parent
DATASET = "kaggle"


def train_zip() -> Path:
    """Kaggle's train.zip: `CATDOG_SHARED/data/…`, by default beside the repository.

    Raises:
        SystemExit: It is not there.
    """
    shared = Path(os.environ.get("CATDOG_SHARED", REPOSITORY.parent / "shared"))
    found = shared / "data" / "dogs-vs-cats" / "train.zip"
    if not found.is_file():
        raise SystemExit(f"The benchmarks need {found}; set CATDOG_SHARED to the folder above it.")
    return found


def benchmark_home() -> Home:
    """A home under `build/` that keeps the dataset between benchmarks."""
    return Home(Path(os.environ.get("CATDOG_BENCH_HOME", REPOSITORY / "build" / "bench-home")))


def kaggle_home() -> Home:
    """That home with the 24,000 pictures in it, split as in the notebook."""
    home = benchmark_home()
    if DATASET not in {info.name for info in list_datasets(home)}:
        config = ImportConfig(source=train_zip(), name=DATASET)
        import_pictures(config, home, emit=_ignore, token=CancelToken())
        split = SplitConfig(scheme=NOTEBOOK_SCHEME)
        split_dataset(DATASET, split, home, emit=_ignore, token=CancelToken())
    return home


def forget_computed(home: Home, dataset: str) -> None:
    """Leave everything to be computed: pixels, features, and the network that computes those."""
    forget(home, dataset)
    for backbone in home.cache.glob("*.onnx"):
        backbone.unlink()


def notebook_data() -> tuple[TrainingConfig, TrainingData]:
    """The notebook's settings and its batches of these pictures, from the one pipeline."""
    home, config = kaggle_home(), training_config("notebook", DATASET)
    with open_dataset(home, DATASET) as catalog:
        pictures = SplitPictures.of(catalog, config)
    rows = prepare_rows(
        (*pictures.train, *pictures.validation),
        pixel_rows(config.image_size),
        home,
        dataset=DATASET,
        emit=_ignore,
        token=CancelToken(),
    )
    return config, build_data(pictures, config, rows)


def _ignore(event: Event) -> None:
    """Benchmarks look at the clock, not at events."""


def compiled_network(config: TrainingConfig) -> Any:  # noqa: ANN401 - Keras ships no types
    """The network of a run's preset, ready to learn its first phase; TensorFlow is loaded."""
    from training.learning.methods import span_of
    from training.learning.models import build_network
    from training.learning.presets import find_preset
    from training.learning.teaching import compile_learner

    method = find_preset(config.preset).method
    network = build_network(config, config.image_size)
    compile_learner(network, config, method, span_of(method, 0, config.epochs))
    return network
