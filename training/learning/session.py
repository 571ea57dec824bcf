"""One training from its network to its finished run, with Keras loaded."""

import dataclasses
import shutil
from collections.abc import Mapping
from pathlib import Path

import keras

from training import atomic
from training.config import TrainingConfig
from training.errors import ConfigError
from training.events import (
    EpochEnded,
    Noticed,
    RunStarted,
    Stage,
    StageStarted,
)
from training.inference.familiarity import CENTRES_FILE
from training.learning.breaking_off import told_in_words
from training.learning.callbacks import FinishNow, Stopper, Translator
from training.learning.checkpoint import (
    Checkpoint,
    Position,
    drop_damaged,
    read_checkpoint,
    restore_best,
    save_best,
    save_state,
)
from training.learning.computing import Computing
from training.learning.epochs import fit_epochs
from training.learning.finishing import Finished, Finisher
from training.learning.foresight import tell_if_short
from training.learning.keeping import Keeper
from training.learning.lessons import Lessons, Plan
from training.learning.methods import Phase, Span, phase_starts, span_of
from training.learning.models import describe_network
from training.learning.recipes import Tools, carry_over
from training.learning.self_check import PICTURE_AXES, check_input
from training.learning.teaching import compile_learner
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

_PREVIOUS_TAKEN = (
    "The newest checkpoint is damaged or was not written to its end; the run goes on from the one "
    "before it."
)


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
        saved = self._saved()
        self._history = list(saved.history) if saved is not None else []
        self._position = saved.position if saved is not None else Position()
        self._span = self._span_of(self._last_touched())
        self._network = self._build(self._span)
        if saved is not None:
            saved.restore(self._network)
        self._completed: tuple[keras.Model, keras.Model | None] = (self._network, None)
        self._best = self._best_epoch()
        if saved is not None:
            self._catch_up(saved)

    def announce(self, computing: Computing) -> None:
        """Report the network, the run and the device, and memory that will be short."""
        built = describe_network(self._whole())
        self._emit(built)
        if not computing.is_on_gpu and len(self._network.input_shape) == PICTURE_AXES:
            tell_if_short(built.layers, self._config.batch_size, self._emit)
        self._emit(
            RunStarted(
                run=self._folder.name,
                folder=self._folder,
                first_epoch=len(self._history),
                epochs=self._config.epochs,
                steps_per_epoch=self._config.steps_per_epoch,
                batch_size=self._config.batch_size,
                device=computing.words,
                first_step=self._position.step,
                history=tuple(self._history),
                validation_pictures=self._lessons.validation_pictures,
                phase_starts=phase_starts(self._plan.method, self._config.epochs),
            )
        )

    def fit(self) -> None:
        """Learn until the last epoch or until the user ends it.

        Raises:
            Cancelled: The user discarded or paused the training.
            TrainingError: The loss is no longer a number, the disk is full, or TensorFlow cannot
                go on.
        """
        try:
            with told_in_words(self._folder):
                while len(self._history) < self._config.epochs:
                    self._enter(self._span_of(len(self._history)))
                    self._fit_span()
        except FinishNow:
            self._emit(Noticed("Training ends here; the best epoch is kept."))

    def _fit_span(self) -> None:
        """Learn what is left of one phase."""
        data = self._lessons.of(self._span.phase)
        place, self._position = self._position, Position()
        done, steps = len(self._history), self._config.steps_per_epoch
        first = done * steps + place.step
        check_input(self._network, self._whole, data.train, first, self._config, self._tools)
        stage = StageStarted(
            Stage.TRAINING, total=self._config.epochs * steps, unit="steps", start=first
        )
        keeper = Keeper(self._token, resumed=place, save=self._keep_position)
        translator = Translator(
            self._emit,
            stage,
            pictures_per_epoch=steps * self._config.batch_size,
            resumed=place,
            keep=self._keep,
        )
        fit_epochs(
            self._network,
            data,
            self._config,
            done=done,
            end=self._span.end,
            position=place,
            callbacks=[keeper, Stopper(self._token), translator],
        )

    def finish(self) -> RunRecord:
        """Evaluate, save, export and check the best epoch, and only then call the run finished.

        The network is built once more, as it ships: on one device, in 32 bits.

        Raises:
            Cancelled: The user discarded the training.
            TrainingError: The exported model answers otherwise than the network.
        """
        if not restore_best(self._folder, self._network, self._best):
            self._emit(Noticed("No epoch was complete; the model is what was learned so far."))
        self._begin(dataclasses.replace(self._span, phase=_full_size(self._span.phase)))
        finisher = Finisher(self._config, self._folder, self._lessons, self._plan, self._tools)
        finished = finisher.finish(self._network, self._whole)
        return self._publish(finished)

    def _span_of(self, epoch: int) -> Span:
        return span_of(self._plan.method, epoch, self._config.epochs)

    def _build(self, span: Span) -> keras.Model:
        network = self._plan.recipe.build(self._config, span.phase, self._tools)
        compile_learner(network, self._config, self._plan.method, span)
        return network

    def _enter(self, span: Span) -> None:
        """Go on to another phase: its own optimizer and frozen layers, the same weights."""
        if span != self._span:
            self._begin(span)

    def _begin(self, span: Span) -> None:
        network = self._build(span)
        carry_over(self._network, network)
        self._span, self._network = span, network

    def _saved(self) -> Checkpoint | None:
        if not has_checkpoint(self._folder):
            return None
        saved = read_checkpoint(self._folder)
        begun = len(saved.history) + (saved.position.step > 0)
        if begun > self._config.epochs:
            raise ConfigError(
                "epochs",
                f"The run {self._folder.name} already has {begun} epochs.",
                f"Choose {begun} epochs or more.",
            )
        return saved

    def _last_touched(self) -> int:
        """The 0-based epoch of the last step that is learned: the optimizer is its phase's."""
        return max(0, len(self._history) - (self._position.step == 0))

    def _best_epoch(self) -> int | None:
        best = best_epoch(self._history)
        return best.epoch if best is not None else None

    def _keep(self, epoch: EpochEnded) -> None:
        """Write a whole epoch down: first the state that counts it, then what follows from it."""
        self._history.append(epoch)
        save_state(self._folder, self._network, self._history)
        best = self._best_epoch()
        if best != self._best:
            save_best(self._folder, self._network, epoch.epoch)
            self._best = best
        self._write_progress()

    def _keep_position(self, position: Position) -> None:
        save_state(self._folder, self._network, self._history, position)

    def _catch_up(self, saved: Checkpoint) -> None:
        """Write what follows from the restored state, which a kill may have come before."""
        if saved.is_previous:
            self._emit(Noticed(_PREVIOUS_TAKEN))
            drop_damaged(self._folder)
        atomic.remove_abandoned(self._folder)
        atomic.remove_abandoned(self._folder / CHECKPOINT_FOLDER)
        if self._position.step == 0 and self._best == self._history[-1].epoch:
            save_best(self._folder, self._network, self._best)
        self._write_progress()

    def _write_progress(self) -> None:
        write_history(self._folder, self._history)
        record = read_record(self._folder)
        write_record(
            self._folder,
            dataclasses.replace(record, config=self._config, epochs_done=len(self._history)),
        )

    def _whole(self) -> keras.Model:
        """The network that ships, with the weights that the learner has now."""
        recipe = self._plan.recipe
        of, whole = self._completed
        if of is not self._network or whole is None or not recipe.shares:
            whole = recipe.complete(self._network, self._config, self._tools)
            self._completed = (self._network, whole)
        return whole

    def _publish(self, finished: Finished) -> RunRecord:
        """Move the files in; a kill in between leaves an unfinished run, which can be resumed."""
        record = dataclasses.replace(read_record(self._folder), state=UNFINISHED)
        write_record(self._folder, record)
        files = {}
        for name in (KERAS_FILE, ONNX_FILE, CENTRES_FILE):
            files[name] = atomic.sha256_of(finished.staging / name)
            with atomic.replacing(self._folder / name) as temporary:
                (finished.staging / name).replace(temporary)
        shutil.rmtree(finished.staging)
        record = dataclasses.replace(
            record,
            state=FINISHED,
            epochs_done=len(self._history),
            best_epoch=self._best,
            metrics=self._still_true(record) | {"validation": finished.metrics.figures()},
            files=files,
            judgement=finished.judgement,
        )
        write_record(self._folder, record)
        return record

    def _still_true(self, record: RunRecord) -> dict[str, Mapping[str, float]]:
        """The figures of other splits, where the weights are the ones they were measured on."""
        return dict(record.metrics) if record.best_epoch == self._best else {}


def _full_size(phase: Phase) -> Phase:
    """A phase with the pictures of the run's own size, which the model that ships takes."""
    return dataclasses.replace(phase, size=1.0)
