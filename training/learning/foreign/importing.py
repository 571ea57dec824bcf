"""A stranger's model becomes a run: looked at first, then adapted as the user says."""

import datetime as dt
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from training import atomic
from training.cancellation import CancelToken
from training.config import TrainingConfig
from training.dataset.decode import PREPROCESSING_ID
from training.dataset.library import open_dataset
from training.dataset.picture import CLASSES
from training.errors import ModelFileError
from training.events import EventSink, Stage, StageStarted
from training.home import Home
from training.learning.devices import load_tensorflow
from training.learning.foreign.facts import SCALINGS, Adaptation, ForeignModel, Guess
from training.learning.foreign.guessing import guess_by_layers, guess_by_pictures
from training.learning.foreign.trial import Tried, try_model
from training.learning.versions import versions_here
from training.runs.notes import LONGEST_TITLE, change_notes
from training.runs.run_folder import (
    FINISHED,
    IMPORTED,
    KERAS_FILE,
    ONNX_FILE,
    RunRecord,
    write_record,
)
from training.runs.taking_in import TakenIn, take_in_run

UNKNOWN_DATASET = "unknown"
"""What a stranger's model learned from."""

_DIGITS = 12
_BATCH = 20


@dataclass(frozen=True)
class Examined:
    """A stranger's model before its user has said anything of it.

    Attributes:
        model: What it is.
        guess: What the user's choices probably are.
    """

    model: ForeignModel
    guess: Guess


def examine_model(
    file: Path, home: Home, *, dataset: str = "", emit: EventSink, token: CancelToken
) -> Examined:
    """Check and try a stranger's model, and guess how it is to be used.

    Args:
        file: A `.keras` or an HDF5 file, whatever its name; read once.
        home: Where the work is done and the dataset is.
        dataset: Labelled pictures to guess by; the model's layers alone where it is empty.
        emit: Told the stages.
        token: A cancel ends the trial at once.

    Raises:
        Cancelled: The user cancelled; nothing is kept.
        DatasetError: There is no such dataset.
        ModelFileError: The file is refused, with the reason.
        OSError: It cannot be read, or the disk is full.
    """
    if dataset:
        open_dataset(home, dataset).close()  # refused before the model is tried
    with _tried(file, home, emit=emit, token=token) as tried:
        if not dataset:
            return Examined(tried.model, guess_by_layers(tried.model))
        load_tensorflow(emit)
        guess = guess_by_pictures(tried, home, dataset, emit=emit, token=token)
        return Examined(tried.model, guess)


def import_model(
    file: Path,
    adaptation: Adaptation,
    home: Home,
    *,
    sha256: str = "",
    emit: EventSink,
    token: CancelToken,
) -> TakenIn:
    """Make a finished run of a stranger's model; the file stays as it is.

    Args:
        file: See `examine_model`.
        adaptation: What the user says of it.
        home: Where the runs are.
        sha256: Of the file that the user was asked about; empty for none.
        emit: Told the stages.
        token: Checked between them; a cancel ends the trial at once.

    Raises:
        Cancelled: The user cancelled; nothing is kept.
        ConfigError: The adaptation does not fit the model.
        ModelFileError: The file is refused, or has changed since the user was asked.
        TrainingError: The exported model answers otherwise than the adapted one.
        OSError: A file cannot be read or written; nothing is kept.
    """
    with _tried(file, home, emit=emit, token=token) as tried:
        if sha256 not in ("", tried.model.sha256):
            raise ModelFileError(
                f"{file.name} has changed since it was looked at.", "Choose it again."
            )
        adaptation.validate(tried.model)
        load_tensorflow(emit)
        token.raise_if_cancelled()
        folder = _run_of(tried, adaptation, home, emit=emit, token=token)
        taken = take_in_run(folder, home, emit=emit, token=token)
    if not taken.was_there:
        change_notes(taken.info.folder, title=file.stem[:LONGEST_TITLE])
    return taken


@contextmanager
def _tried(file: Path, home: Home, *, emit: EventSink, token: CancelToken) -> Iterator[Tried]:
    """The model after its trial, in a folder that is gone at the end."""
    home.cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home.cache) as folder:
        yield try_model(file, Path(folder), emit=emit, token=token)


def _run_of(
    tried: Tried, adaptation: Adaptation, home: Home, *, emit: EventSink, token: CancelToken
) -> Path:
    """A complete folder of a run, beside the trial's files."""
    import keras

    from training.learning.export import compare, save_model
    from training.learning.export_formats import write_keras
    from training.learning.export_pictures import gather_pictures
    from training.learning.foreign.adapting import adapt

    created = dt.datetime.now().astimezone()
    folder = tried.network.parent / f"{created:%Y%m%d-%H%M%S}_{IMPORTED}"
    folder.mkdir()
    adapted = tried.network.with_name("adapted.keras")
    write_keras(adapt(tried.network, tried.model, adaptation), adapted)
    # loaded again, its layers know no other graph than this one
    network = keras.models.load_model(adapted, compile=False, safe_mode=True)
    save_model(network, folder, emit=emit, token=token)
    size = adaptation.side(tried.model)
    pictures = gather_pictures(home, "", size, all_kinds=False, emit=emit, token=token)
    emit(StageStarted(Stage.COMPARING_EXPORT, interruptible=False))
    compare(pictures.compared, network, folder, batch_size=_BATCH)
    token.raise_if_cancelled()
    write_record(folder, _record(tried.model, adaptation, created, folder))
    return folder


def _record(
    model: ForeignModel, adaptation: Adaptation, created: dt.datetime, folder: Path
) -> RunRecord:
    return RunRecord(
        config=TrainingConfig(
            dataset=UNKNOWN_DATASET,
            preset=IMPORTED,
            epochs=0,
            steps_per_epoch=0,
            validation_steps=0,
            batch_size=0,
            image_size=adaptation.side(model),
            learning_rate=0.0,
        ),
        created=created.isoformat(timespec="seconds"),
        fingerprint="",
        class_names=CLASSES,
        preprocessing=PREPROCESSING_ID,
        versions=versions_here(),
        state=FINISHED,
        files={name: atomic.sha256_of(folder / name) for name in (KERAS_FILE, ONNX_FILE)},
        start_sha256=model.sha256,
        origin=_origin(model, adaptation),
    )


def _origin(model: ForeignModel, adaptation: Adaptation) -> str:
    maker = f"Keras {model.keras_version}" if model.keras_version else "Keras"
    return (
        f"a model file that {maker} saved (SHA-256 {model.sha256[:_DIGITS]}…); pixels: "
        f"{SCALINGS[adaptation.scaling].words}; order of its answers: "
        f"{', '.join(adaptation.classes)}"
    )
