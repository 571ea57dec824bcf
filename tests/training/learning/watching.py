"""A small training, and an event sink that watches it and steps in."""

from training.config import TrainingConfig
from training.events import (
    Event,
)
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
