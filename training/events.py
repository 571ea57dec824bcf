"""What a job reports while it runs: frozen facts, told to an `EventSink`.

A job calls `emit(event)`. The window passes a Qt signal's `emit`, the command line a printer, a
test `list.append`; no job knows which.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Stage(StrEnum):
    """What a job is doing now, in the words that the window shows."""

    CONNECTING = "Connecting"
    DOWNLOADING = "Downloading"
    WAITING = "Waiting to try again"
    CHECKING_ARCHIVE = "Checking the archive"
    READING_ARCHIVE = "Reading the archive"
    LISTING = "Looking for pictures"
    CHECKING_PICTURES = "Checking pictures"
    COMPARING = "Comparing pictures"
    CHECKING_LABELS = "Checking labels"
    DRAWING = "Drawing pictures"
    WRITING_CATALOGUE = "Writing the catalogue"
    SPLITTING = "Splitting"
    EXPORTING_SPLIT = "Writing the split"
    DELETING = "Deleting"
    LOADING_TENSORFLOW = "Loading TensorFlow"
    READING_PICTURES = "Reading pictures"
    DOWNLOADING_WEIGHTS = "Downloading ImageNet weights"
    COMPUTING_FEATURES = "Computing features"
    BUILDING_NETWORK = "Building the network"
    CHECKING_INPUT = "Checking what the network sees"
    TRACING = "Preparing the first batch"
    TRYING_RATES = "Trying learning rates"
    TRAINING = "Training"
    VALIDATING = "Validating"
    SAVING_CHECKPOINT = "Saving a checkpoint"
    SAVING = "Saving the model"
    EXPORTING = "Exporting the model"
    COMPARING_EXPORT = "Checking what the export answers"
    EVALUATING = "Evaluating"
    LOADING_MODEL = "Loading the model"
    TAKING_IN = "Adding the model"
    TRYING_MODEL = "Trying the model in a process of its own"
    CLASSIFYING = "Classifying"
    WRITING_REPORT = "Writing the report"
    SORTING = "Sorting into folders"
    SENDING = "Sending the file"
    SCORING = "Waiting for Kaggle's score"


@dataclass(frozen=True)
class Event:
    """Anything that a job reports."""


@dataclass(frozen=True)
class StageStarted(Event):
    """A stage begins.

    Attributes:
        stage: What the job does now.
        total: How many units the stage has; 0 where that is not known (a busy bar).
        unit: What is counted, in the plural: "pictures", "steps", "bytes", "seconds".
        interruptible: False where a cancel can only take effect at the stage's end; the window
            then says that it waits for it.
        start: Units that were done before (a resumed run).
    """

    stage: Stage
    total: int = 0
    unit: str = ""
    interruptible: bool = True
    start: int = 0


@dataclass(frozen=True)
class StageProgressed(Event):
    """`done` of the running stage's `total` units are done. `done` never falls in a stage."""

    done: int


@dataclass(frozen=True)
class PictureQuarantined(Event):
    """A picture is left out because it cannot be read; the file is untouched.

    Attributes:
        path: The picture's path inside its archive or folder.
        reason: A sentence.
    """

    path: str
    reason: str


@dataclass(frozen=True)
class Noticed(Event):
    """Something that the user should know and that stops nothing."""

    message: str


@dataclass(frozen=True)
class LayerFacts:
    """One row of a network's summary.

    Attributes:
        name: Keras' name of the layer.
        kind: The layer's class, such as `Conv2D`.
        output_shape: Its output without the batch axis; (height, width, channels) for maps.
        parameters: How many weights it has.
        receptive_field: How many input pixels one of its outputs sees along one side; 0 where
            the layer sees the whole picture or has no place in it.
    """

    name: str
    kind: str
    output_shape: tuple[int, ...]
    parameters: int
    receptive_field: int


@dataclass(frozen=True)
class NetworkBuilt(Event):
    """The network exists.

    Attributes:
        layers: Its layers, from input to output.
        summary: `model.summary()` as Keras prints it.
    """

    layers: tuple[LayerFacts, ...]
    summary: str


@dataclass(frozen=True)
class RunStarted(Event):
    """The run has its folder.

    Attributes:
        run: The folder's name under `runs/`.
        folder: The folder.
        first_epoch: 0-based; above 0 when the run was resumed.
        first_step: 0-based step of that epoch; above 0 when the run goes on inside it.
        epochs: How many epochs the run has in all.
        steps_per_epoch: Batches in an epoch.
        batch_size: Pictures in a batch.
        device: What it computes on, in words.
        history: The epochs that a resumed run already has.
        validation_pictures: How many different pictures judge each epoch; 0 where that is not
            known.
        phase_starts: 0-based first epochs of its phases.
    """

    run: str
    folder: Path
    first_epoch: int
    epochs: int
    steps_per_epoch: int
    batch_size: int
    device: str
    first_step: int = 0
    history: tuple["EpochEnded", ...] = ()
    validation_pictures: int = 0
    phase_starts: tuple[int, ...] = (0,)


@dataclass(frozen=True)
class StepEnded(Event):
    """One batch was learned.

    Attributes:
        epoch: 0-based epoch.
        step: 0-based step in the epoch.
        loss: Mean training loss of the epoch so far.
        accuracy: Mean training accuracy of the epoch so far, in [0, 1].
    """

    epoch: int
    step: int
    loss: float
    accuracy: float


@dataclass(frozen=True)
class Interlude(Event):
    """The training does something between two of its steps; the next event of it ends that.

    Its stage stays `Stage.TRAINING`, whose units are steps alone.

    Attributes:
        stage: `Stage.VALIDATING` or `Stage.SAVING_CHECKPOINT`.
        done: Units done.
        total: Units in all; 0 where there is nothing to count.
    """

    stage: Stage
    done: int = 0
    total: int = 0


@dataclass(frozen=True)
class EpochEnded(Event):
    """One epoch was learned and validated.

    Attributes:
        epoch: 0-based epoch.
        loss: Mean training loss.
        accuracy: Mean training accuracy, in [0, 1].
        val_loss: Validation loss.
        val_accuracy: Validation accuracy, in [0, 1].
        seconds: Wall time of the epoch, validation included.
        images_per_second: Training pictures a second, validation left out.
    """

    epoch: int
    loss: float
    accuracy: float
    val_loss: float
    val_accuracy: float
    seconds: float
    images_per_second: float


@dataclass(frozen=True)
class Verdict:
    """What a model says of one picture.

    Attributes:
        path: The picture, as it was given.
        verdict: "cat", "dog" or "neither"; None where the picture cannot be read.
        p_dog: Probability of dog, in [0, 1]; that of cat is 1 - p_dog.
        confidence: Probability of the verdict, in [0, 1].
        error: Why there is no verdict, in a sentence.
        p_neither: Confidence that it is neither, in [0, 1]; None where the run cannot say so.
    """

    path: str
    verdict: str | None
    p_dog: float | None
    confidence: float | None
    error: str | None = None
    p_neither: float | None = None


@dataclass(frozen=True)
class VerdictReached(Event):
    """One picture is classified.

    Attributes:
        verdict: What the model says of it.
    """

    verdict: Verdict


EventSink = Callable[[Event], None]
