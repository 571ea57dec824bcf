"""What a run learns from, phase by phase: the batches of the pictures in their size."""

from dataclasses import dataclass

from training.config import TrainingConfig
from training.learning.methods import NOT_VARIED, Method, Phase
from training.learning.pipeline import SplitPictures, TrainingData, build_data
from training.learning.recipes import Recipe, Tools


@dataclass(frozen=True)
class Plan:
    """What learns, and how it is taught."""

    recipe: Recipe
    method: Method


class Lessons:
    """The batches of a run, for one phase at a time.

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
        self._open: tuple[Phase, TrainingData] | None = None

    @property
    def validation_pictures(self) -> int:
        """How many different pictures judge each epoch."""
        looked_at = self._config.validation_steps * self._config.batch_size
        return min(looked_at, len(self._pictures.validation))

    def of(self, phase: Phase) -> TrainingData:
        """The batches of a phase; those of another phase are closed.

        Raises:
            Cancelled: The user cancelled.
            DatasetError: Too many pictures cannot be read any more, or the disk is full.
        """
        if self._open is not None and self._open[0] == phase:
            return self._open[1]
        self.close()
        size = phase.image_size(self._config.image_size)
        both = (*self._pictures.train, *self._pictures.validation)
        source = self._plan.recipe.prepare(both, self._config, size, self._tools)
        augmentation = self._plan.method.augmentation if phase.varied else NOT_VARIED
        data = build_data(self._pictures, self._config, source, augmentation)
        self._open = (phase, data)
        return data

    def of_full_size(self) -> TrainingData:
        """The batches in the run's own size, which the model that ships takes."""
        return self.of(Phase())

    def close(self) -> None:
        """Close the cache's file."""
        if self._open is not None:
            self._open[1].close()
            self._open = None
