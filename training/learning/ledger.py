"""What a run writes down, in an order that a kill between any two writes cannot spoil."""

import dataclasses
import shutil
from collections.abc import Mapping
from pathlib import Path

import keras

from training import atomic
from training.config import TrainingConfig
from training.errors import ConfigError
from training.events import EpochEnded, EventSink, Noticed
from training.inference.familiarity import CENTRES_FILE
from training.learning.checkpoint import (
    Checkpoint,
    Position,
    drop_damaged,
    read_checkpoint,
    restore_best,
    save_best,
    save_state,
)
from training.learning.finishing import Finished
from training.learning.pace import Pace
from training.runs.curve import Ended
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


class Ledger:
    """A run's epochs, and where the next one stands, as its folder has them.

    Args:
        config: The run's settings.
        folder: Its folder; where it holds a checkpoint, the run goes on from it.
        device: What it computes on, in words.

    Attributes:
        history: The epochs that are done.
        position: How far the next one is, where the run goes on.
        best: 0-based best epoch; None where none is.

    Raises:
        ConfigError: The run already has more epochs than asked for.
        RunError: The checkpoint is damaged.
    """

    def __init__(self, config: TrainingConfig, folder: Path, device: str) -> None:
        self._config = config
        self._folder = folder
        self._device = device
        self._pace = Pace.of(config)
        self._saved = read_checkpoint(folder) if has_checkpoint(folder) else None
        self.history = list(self._saved.history) if self._saved is not None else []
        self.position = (
            self._saved.position_at(self._pace) if self._saved is not None else Position()
        )
        self.best = self._best_epoch()
        self._require_epochs()

    def restore(self, network: keras.Model, emit: EventSink) -> None:
        """Put a checkpoint back, and write what follows from it: a kill may have come before.

        Args:
            network: Compiled; it stays as it is where there is no checkpoint.
            emit: Told where the checkpoint is not the newest.

        Raises:
            RunError: The checkpoint belongs to another network.
        """
        saved, self._saved = self._saved, None  # its arrays are as large as the network
        if saved is not None:
            saved.restore(network, self._pace)
            self._catch_up(network, saved, emit)

    def keep(self, network: keras.Model, epoch: EpochEnded) -> None:
        """Write a whole epoch down: first the state that counts it, then what follows from it.

        Args:
            network: It has learned that epoch and nothing since.
            epoch: Its figures.

        Raises:
            NotANumberError: A weight is no number.
            OSError: The disk is full, say.
        """
        self.history.append(epoch)
        save_state(self._folder, network, self.history, pace=self._pace)
        best = self._best_epoch()
        if best != self.best:
            save_best(self._folder, network, epoch.epoch)
            self.best = best
        self._write_progress()

    def keep_position(self, network: keras.Model, position: Position) -> None:
        """Write down how far an epoch is.

        Raises:
            NotANumberError: A weight is no number.
            OSError: The disk is full, say.
        """
        save_state(self._folder, network, self.history, position, pace=self._pace)

    def restore_best(self, network: keras.Model) -> bool:
        """Put the weights of the best epoch back, where there are any.

        Raises:
            RunError: They are damaged.
        """
        return restore_best(self._folder, network, self.best)

    def publish(self, finished: Finished, ended: Ended) -> RunRecord:
        """Move a model's files in; a kill in between leaves an unfinished run to be resumed.

        Args:
            finished: The model.
            ended: Why the run learns no further.
        """
        record = dataclasses.replace(read_record(self._folder), state=UNFINISHED, ended="")
        write_record(self._folder, record)
        files = {}
        for name in (KERAS_FILE, ONNX_FILE, CENTRES_FILE):
            files[name] = atomic.sha256_of(finished.staging / name)
            with atomic.replacing(self._folder / name) as temporary:
                (finished.staging / name).replace(temporary)
        shutil.rmtree(finished.staging)
        record = dataclasses.replace(
            self._with_progress(record),
            state=FINISHED,
            best_epoch=self.best,
            metrics=self._still_true(record) | {"validation": finished.metrics.figures()},
            files=files,
            judgement=finished.judgement,
            ended=ended.name,
        )
        write_record(self._folder, record)
        return record

    def _require_epochs(self) -> None:
        begun = len(self.history) + (self.position.step > 0)
        if begun > self._config.epochs:
            raise ConfigError(
                "epochs",
                f"The run {self._folder.name} already has {begun} epochs.",
                f"Choose {begun} epochs or more.",
            )

    def _best_epoch(self) -> int | None:
        best = best_epoch(self.history)
        return best.epoch if best is not None else None

    def _catch_up(self, network: keras.Model, saved: Checkpoint, emit: EventSink) -> None:
        if saved.is_previous:
            emit(Noticed(_PREVIOUS_TAKEN))
            drop_damaged(self._folder)
        atomic.remove_abandoned(self._folder)
        atomic.remove_abandoned(self._folder / CHECKPOINT_FOLDER)
        if self.position.step == 0 and self.best == self.history[-1].epoch:
            save_best(self._folder, network, self.best)
        self._write_progress()

    def _write_progress(self) -> None:
        write_history(self._folder, self.history)
        write_record(self._folder, self._with_progress(read_record(self._folder)))

    def _with_progress(self, record: RunRecord) -> RunRecord:
        return dataclasses.replace(
            record,
            config=self._config,
            epochs_done=len(self.history),
            device=self._device,
            seconds=round(sum(epoch.seconds for epoch in self.history), 1),
        )

    def _still_true(self, record: RunRecord) -> dict[str, Mapping[str, float]]:
        """The figures of other splits, where the weights are the ones they were measured on."""
        return dict(record.metrics) if record.best_epoch == self.best else {}
