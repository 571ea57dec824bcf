"""A small training, and an event sink that watches it and steps in."""

from collections.abc import Callable

from training.config import TrainingConfig
from training.events import Event, Noticed, RunStarted, Stage, StageStarted, StepEnded
from training.learning.presets import training_config


def small(**changes: object) -> TrainingConfig:
    """A training of a few seconds, reproducible."""
    values: dict[str, object] = {
        "epochs": 2,
        "steps_per_epoch": 3,
        "validation_steps": 2,
        "batch_size": 8,
        "image_size": 40,
        "deterministic": True,
    }
    return training_config("notebook", "sample", **(values | changes))


class Watcher(list[Event]):
    """An event sink that acts on the first event that a condition is true of."""

    def __init__(self, condition: object = None, action: object = None) -> None:
        super().__init__()
        self.condition, self.action = condition, action

    def __call__(self, event: Event) -> None:
        self.append(event)
        if callable(self.condition) and self.condition(event):
            self.condition = None
            assert callable(self.action)
            self.action()

    def kinds(self, kind: type) -> list[Event]:
        return [event for event in self if isinstance(event, kind)]


def at_step(epoch: int, step: int) -> Callable[[Event], bool]:
    """Is true of the end of one step; both are counted from 0."""
    return lambda event: isinstance(event, StepEnded) and (event.epoch, event.step) == (epoch, step)


def is_stage(stage: Stage) -> Callable[[Event], bool]:
    """Is true of a stage's beginning."""
    return lambda event: isinstance(event, StageStarted) and event.stage == stage


def notices(watcher: Watcher) -> list[str]:
    """What was noticed."""
    return [event.message for event in watcher if isinstance(event, Noticed)]


def starts(watcher: Watcher) -> list[tuple[int, int, int, int]]:
    """First epoch, first step, steps an epoch and pictures a batch, each time a run began."""
    return [
        (event.first_epoch, event.first_step, event.steps_per_epoch, event.batch_size)
        for event in watcher
        if isinstance(event, RunStarted)
    ]
