"""One training from its network to its finished run, with Keras loaded."""

import dataclasses
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf

from training import atomic
from training.config import TrainingConfig
from training.errors import ConfigError, TrainingError
from training.events import (
    EpochEnded,
    Noticed,
    RunStarted,
    Stage,
    StageStarted,
)
from training.inference.evaluation import Metrics, measure
from training.learning.callbacks import FinishNow, Stopper, Translator
from training.learning.checkpoint import (
    restore_best,
    restore_state,
    save_best,
    save_state,
    saved_history,
)
from training.learning.export import compare, save_model
from training.learning.feeding import feed
from training.learning.methods import Method, Phase, Span, span_of
from training.learning.models import describe_network
from training.learning.pipeline import SplitPictures, TrainingData, build_data
from training.learning.recipes import Recipe, Tools, carry_over
from training.learning.teaching import compile_learner
from training.progress import Ticker
from training.runs.history import best_epoch, write_history
from training.runs.run_folder import (
    CHECKPOINT_FOLDER,
    FINISHED,
    KERAS_FILE,
    ONNX_FILE,
    UNFINISHED,
    RunRecord,
    has_checkpoint,
    read_record,
    write_record,
)

_EVALUATION_BATCH = 64
_STAGING_FOLDER = "finishing"


@dataclass(frozen=True)
class Plan:
    """What learns, and how it is taught."""

    recipe: Recipe
    method: Method


class Lessons:
    """The batches of a run, for one size of pictures at a time.

    Args:
        pictures: The pictures.
        config: The run's settings.
        plan: What learns, and how it is taught.
        tools: Where the cache lives, and who is told.
    """

    def __init__(
        self, pictures: SplitPictures, config: TrainingConfig, plan: Plan, tools: Tools
    ) -> None:
        self._pictures = pictures
        self._config = config
        self._plan = plan
        self._tools = tools
        self._open: tuple[int, TrainingData] | None = None

    def of_size(self, image_size: int) -> TrainingData:
        """The batches of pictures of this size; those of another size are closed.

        Raises:
            Cancelled: The user cancelled.
            DatasetError: Too many pictures cannot be read any more, or the disk is full.
        """
        if self._open is not None and self._open[0] == image_size:
            return self._open[1]
        self.close()
        both = (*self._pictures.train, *self._pictures.validation)
        source = self._plan.recipe.prepare(both, self._config, image_size, self._tools)
        augmentation = self._plan.method.augmentation
        data = build_data(self._pictures, self._config, source, augmentation)
        self._open = (image_size, data)
        return data

    def close(self) -> None:
        """Close the cache's file."""
        if self._open is not None:
            self._open[1].close()
            self._open = None


class Session:
    """A network that learns, with what it needs to be stopped and resumed.

    Args:
        config: What to do.
        folder: The run's folder; where it holds a checkpoint, the session goes on from it.
        lessons: The batches.
        plan: What learns, and how it is taught.
        tools: Who is told, and the user's wish to end it.

    Raises:
        ConfigError: The run already has more epochs than asked for.
        RunError: The checkpoint is damaged.
    """

    def __init__(
        self, config: TrainingConfig, folder: Path, lessons: Lessons, plan: Plan, tools: Tools
    ) -> None:
        self._config = config
        self._plan = plan
        self._tools = tools
        self._folder = folder
        self._lessons = lessons
        self._emit = tools.emit
        self._token = tools.token
        self._history = self._saved()
        self._span = self._span_of(max(0, len(self._history) - 1))
        self._network = self._build(self._span)
        if self._history:
            restore_state(folder, self._network)
        self._best = self._best_epoch()
        if self._history:
            self._catch_up()

    def announce(self, device: str) -> None:
        """Report the network, the run and the device."""
        self._emit(describe_network(self._whole()))
        self._emit(
            RunStarted(
                run=self._folder.name,
                folder=self._folder,
                first_epoch=len(self._history),
                epochs=self._config.epochs,
                steps_per_epoch=self._config.steps_per_epoch,
                batch_size=self._config.batch_size,
                device=device,
                history=tuple(self._history),
            )
        )

    def fit(self) -> None:
        """Learn until the last epoch or until the user ends it.

        Raises:
            Cancelled: The user discarded the training.
            TrainingError: The loss is no longer a number, or TensorFlow cannot go on.
        """
        try:
            while len(self._history) < self._config.epochs:
                self._enter(self._span_of(len(self._history)))
                self._fit_span()
        except FinishNow:
            self._emit(Noticed("Training ends here; the best epoch is kept."))
        except tf.errors.ResourceExhaustedError as error:
            raise TrainingError(
                "The device has not enough memory for this training.",
                "Choose a smaller batch or image size; whole epochs are kept and can be resumed.",
            ) from error
        except tf.errors.OpError as error:  # what a batch could not be read for, too
            raise TrainingError(
                "TensorFlow stopped the training.",
                "Whole epochs are kept and can be resumed; the log has the details.",
            ) from error

    def _fit_span(self) -> None:
        """Learn what is left of one phase."""
        data = self._lessons.of_size(self._span.phase.image_size(self._config.image_size))
        done, steps = len(self._history), self._config.steps_per_epoch
        stage = StageStarted(
            Stage.TRAINING, total=self._config.epochs * steps, unit="steps", start=done * steps
        )
        translator = Translator(
            self._emit,
            stage,
            pictures_per_epoch=steps * self._config.batch_size,
            keep=self._keep,
        )
        self._network.fit(
            feed(data.train, first_step=done * steps),
            steps_per_epoch=steps,
            epochs=self._span.end,
            initial_epoch=done,
            validation_data=feed(data.validation, period=self._config.validation_steps),
            validation_steps=self._config.validation_steps,
            callbacks=[Stopper(self._token), translator],
            verbose=0,
            shuffle=False,  # the batches have their own order
        )

    def finish(self) -> RunRecord:
        """Evaluate, save, export and check the best epoch, and only then call the run finished.

        Raises:
            Cancelled: The user discarded the training.
            TrainingError: The exported model answers otherwise than the network.
        """
        if not restore_best(self._folder, self._network):
            self._emit(Noticed("No epoch was complete; the model is what was learned so far."))
        self._enter(dataclasses.replace(self._span, phase=_full_size(self._span.phase)))
        metrics = self._evaluate()
        staging = self._folder / CHECKPOINT_FOLDER / _STAGING_FOLDER
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir(parents=True)
        whole = self._whole()
        save_model(whole, staging, emit=self._emit, token=self._token)
        self._compare(whole, staging)
        self._token.raise_if_cancelled()
        return self._publish(staging, metrics)

    def _span_of(self, epoch: int) -> Span:
        return span_of(self._plan.method, epoch, self._config.epochs)

    def _build(self, span: Span) -> keras.Model:
        network = self._plan.recipe.build(self._config, span.phase, self._tools)
        compile_learner(network, self._config, self._plan.method, span)
        return network

    def _enter(self, span: Span) -> None:
        """Go on to another phase: its own optimizer and frozen layers, the same weights."""
        if span == self._span:
            return
        network = self._build(span)
        carry_over(self._network, network)
        self._span, self._network = span, network

    def _saved(self) -> list[EpochEnded]:
        if not has_checkpoint(self._folder):
            return []
        history = saved_history(self._folder)
        if len(history) > self._config.epochs:
            raise ConfigError(
                "epochs",
                f"The run {self._folder.name} already has {len(history)} epochs.",
                f"Choose {len(history)} epochs or more.",
            )
        return list(history)

    def _best_epoch(self) -> int | None:
        best = best_epoch(self._history)
        return best.epoch if best is not None else None

    def _keep(self, epoch: EpochEnded) -> None:
        """Write a whole epoch down: first the state that counts it, then what follows from it."""
        self._history.append(epoch)
        save_state(self._folder, self._network, self._history)
        best = self._best_epoch()
        if best != self._best:
            save_best(self._folder, self._network)
            self._best = best
        self._write_progress()

    def _catch_up(self) -> None:
        """Write what follows from the restored state, which a kill may have come before."""
        atomic.remove_abandoned(self._folder)
        atomic.remove_abandoned(self._folder / CHECKPOINT_FOLDER)
        if self._best == self._history[-1].epoch:
            save_best(self._folder, self._network)
        self._write_progress()

    def _write_progress(self) -> None:
        write_history(self._folder, self._history)
        record = read_record(self._folder)
        write_record(
            self._folder,
            dataclasses.replace(record, config=self._config, epochs_done=len(self._history)),
        )

    def _evaluate(self) -> Metrics:
        batches = self._lessons.of_size(self._config.image_size).validation
        ticker = Ticker(
            self._emit, StageStarted(Stage.EVALUATING, total=len(batches), unit="pictures")
        )
        answers, labels = [], []
        for pixels, truth in batches.once(_EVALUATION_BATCH):
            self._token.raise_if_cancelled()
            answers.append(np.asarray(self._network.predict_on_batch(pixels))[:, 0])
            labels.append(truth)
            ticker.advance(len(truth))
        return measure(np.concatenate(labels), np.concatenate(answers))

    def _compare(self, whole: keras.Model, staging: Path) -> None:
        self._emit(StageStarted(Stage.COMPARING_EXPORT))
        size = self._config.image_size
        compare(self._lessons.of_size(size).compared_pixels(size), whole, staging)

    def _whole(self) -> keras.Model:
        """The network that ships, with the weights that the learner has now."""
        return self._plan.recipe.complete(self._network, self._config, self._tools)

    def _publish(self, staging: Path, metrics: Metrics) -> RunRecord:
        """Move the files in; a kill in between leaves an unfinished run, which can be resumed."""
        record = dataclasses.replace(read_record(self._folder), state=UNFINISHED)
        write_record(self._folder, record)
        files = {}
        for name in (KERAS_FILE, ONNX_FILE):
            files[name] = atomic.sha256_of(staging / name)
            with atomic.replacing(self._folder / name) as temporary:
                (staging / name).replace(temporary)
        shutil.rmtree(staging)
        record = dataclasses.replace(
            record,
            state=FINISHED,
            epochs_done=len(self._history),
            best_epoch=self._best,
            metrics=self._still_true(record) | {"validation": metrics.figures()},
            files=files,
        )
        write_record(self._folder, record)
        return record

    def _still_true(self, record: RunRecord) -> dict[str, Mapping[str, float]]:
        """The figures of other splits, where the weights are the ones they were measured on."""
        return dict(record.metrics) if record.best_epoch == self._best else {}


def _full_size(phase: Phase) -> Phase:
    """A phase with the pictures of the run's own size, which the model that ships takes."""
    return dataclasses.replace(phase, size=1.0)
