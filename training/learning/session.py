"""One training from its network to its finished run, with Keras loaded."""

import dataclasses
from pathlib import Path

import keras

from training.config import TrainingConfig
from training.events import EpochEnded, Interlude, Noticed, RunStarted, Stage, StageStarted
from training.learning.callbacks import FinishNow, Stopper, Translator
from training.learning.checkpoint import Position
from training.learning.computing import Computing
from training.learning.epochs import fit_epochs
from training.learning.finishing import Finisher
from training.learning.foresight import tell_if_short
from training.learning.history_callbacks import history_callbacks
from training.learning.keeping import Keeper
from training.learning.ledger import Ledger
from training.learning.lessons import Lessons, Plan
from training.learning.methods import Phase, Span, phase_starts, span_of
from training.learning.models import describe_network
from training.learning.recipes import Tools, carry_over
from training.learning.self_check import PICTURE_AXES, check_input
from training.learning.teaching import compile_learner
from training.runs.curve import Ended
from training.runs.run_folder import RunRecord


class Session:
    """A network that learns, with what it needs to be stopped and resumed.

    Args:
        config: What to do.
        folder: The run's folder; where it holds a checkpoint, the session goes on from it.
        lessons: The batches.
        plan: What learns, and how it is taught.
        tools: Who is told, and the user's wish to end it.
        computing: What it computes on.

    Raises:
        Cancelled: The user ended it while the pictures were prepared.
        ConfigError: The run already has more epochs than asked for.
        DatasetError: Too many pictures cannot be read any more, or the disk is full.
        RunError: The checkpoint is damaged.
    """

    def __init__(
        self,
        config: TrainingConfig,
        folder: Path,
        lessons: Lessons,
        plan: Plan,
        tools: Tools,
        computing: Computing,
    ) -> None:
        self._config = config
        self._plan = plan
        self._tools = tools
        self._folder = folder
        self._lessons = lessons
        self._computing = computing
        self._emit = tools.emit
        self._token = tools.token
        self._ledger = Ledger(config, folder, computing.words)
        self._position = self._ledger.position
        self._span = self._span_of(self._last_touched())
        lessons.of(self._span_of(min(self._done, config.epochs - 1)).phase)
        self._emit(StageStarted(Stage.BUILDING_NETWORK, interruptible=False))
        self._network = self._build(self._span)
        self._ledger.restore(self._network, self._emit)
        self._completed: tuple[keras.Model, keras.Model | None] = (self._network, None)

    def announce(self) -> None:
        """Report the network, the run and the device, and memory that will be short."""
        built = describe_network(self._whole())
        self._emit(built)
        if not self._computing.is_on_gpu and len(self._network.input_shape) == PICTURE_AXES:
            tell_if_short(built.layers, self._config.batch_size, self._emit)
        self._emit(
            RunStarted(
                run=self._folder.name,
                folder=self._folder,
                first_epoch=self._done,
                epochs=self._config.epochs,
                steps_per_epoch=self._config.steps_per_epoch,
                batch_size=self._config.batch_size,
                device=self._computing.words,
                first_step=self._position.step,
                history=tuple(self._ledger.history),
                validation_pictures=self._lessons.validation_pictures,
                phase_starts=phase_starts(self._plan.method, self._config.epochs),
            )
        )

    def fit(self) -> Ended:
        """Learn until the last epoch or until the user ends it.

        Returns:
            Why it learns no further.

        Raises:
            Cancelled: The user discarded or paused the training.
            NotANumberError: The loss or a weight is no longer a number.
            OSError: The disk is full, say.
        """
        try:
            while self._done < self._config.epochs:
                self._enter(self._span_of(self._done))
                self._fit_span()
        except FinishNow as ending:
            self._emit(Noticed(str(ending)))
            return ending.ended
        return Ended.ALL_EPOCHS

    def finish(self, ended: Ended) -> RunRecord:
        """Evaluate, save, export and check the best epoch, and only then call the run finished.

        The network is built once more, as it ships: on one device, in 32 bits.

        Args:
            ended: Why it learns no further.

        Raises:
            Cancelled: The user discarded the training.
            OSError: The disk is full, say.
            TrainingError: The exported model answers otherwise than the network.
        """
        if not self._ledger.restore_best(self._network):
            self._emit(Noticed("No epoch was complete; the model is what was learned so far."))
        learned = self._network
        phase = _full_size(self._span.phase)
        self._network = self._plan.recipe.build(self._config, phase, self._tools)
        carry_over(learned, self._network)
        finisher = Finisher(self._config, self._folder, self._lessons, self._plan, self._tools)
        finished = finisher.finish(self._network, self._whole)
        return self._ledger.publish(finished, ended)

    @property
    def _done(self) -> int:
        return len(self._ledger.history)

    def _fit_span(self) -> None:
        """Learn what is left of one phase."""
        data = self._lessons.of(self._span.phase)
        place, self._position = self._position, Position()
        done, steps = self._done, self._config.steps_per_epoch
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
            validation_steps=self._config.validation_steps,
            resumed=place,
            keep=self._keep,
        )
        by_history = history_callbacks(
            self._config, self._plan.method, self._span, self._ledger.history, place
        )
        fit_epochs(
            self._network,
            data,
            self._config,
            done=done,
            end=self._span.end,
            position=place,
            callbacks=[keeper, Stopper(self._token), translator, *by_history],
        )

    def _keep(self, epoch: EpochEnded) -> None:
        self._ledger.keep(self._network, epoch)

    def _keep_position(self, position: Position) -> None:
        self._emit(Interlude(Stage.SAVING_CHECKPOINT))
        self._ledger.keep_position(self._network, position)

    def _span_of(self, epoch: int) -> Span:
        return span_of(self._plan.method, epoch, self._config.epochs)

    def _last_touched(self) -> int:
        """The 0-based epoch of the last step that is learned: the optimizer is its phase's."""
        return max(0, self._done - (self._position.step == 0))

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

    def _whole(self) -> keras.Model:
        """The network that ships, with the weights that the learner has now."""
        recipe = self._plan.recipe
        of, whole = self._completed
        if of is not self._network or whole is None or not recipe.shares:
            whole = recipe.complete(self._network, self._config, self._tools)
            self._completed = (self._network, whole)
        return whole


def _full_size(phase: Phase) -> Phase:
    """A phase with the pictures of the run's own size, which the model that ships takes."""
    return dataclasses.replace(phase, size=1.0)
