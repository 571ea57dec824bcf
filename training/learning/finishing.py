"""The best epoch becomes a model: measured, calibrated, saved, exported, and checked."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import keras
import numpy as np
import numpy.typing as npt

from training.config import TrainingConfig
from training.events import Stage, StageStarted
from training.inference.calibration import at_temperature, fit_temperature
from training.inference.evaluation import Metrics, measure
from training.inference.familiarity import CENTRES_FILE, write_centres
from training.learning.export import compare, save_model
from training.learning.judging import (
    FAMILIAR_PICTURES,
    calibrate,
    cluster,
    count_answers,
    rule_from_validation,
)
from training.learning.lessons import Lessons, Plan
from training.learning.pipeline import Batches
from training.learning.reasons import with_features
from training.learning.recipes import Tools
from training.progress import Ticker
from training.runs.judgement import Judgement
from training.runs.run_folder import CHECKPOINT_FOLDER

_BATCH = 64
_STAGING_FOLDER = "finishing"

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Finished:
    """A model that is ready to be published.

    Attributes:
        staging: The folder with its files.
        metrics: On all validation pictures, calibrated.
        judgement: What it knows of its answers.
    """

    staging: Path
    metrics: Metrics
    judgement: Judgement


@dataclass(frozen=True)
class _Answers:
    """What a network says of some pictures: labels (n,), p_dog (n,), features (n, k)."""

    labels: Floats
    p_dog: Floats
    features: Floats


class Finisher:
    """Makes a run's files out of what it learned.

    Args:
        config: The run's settings.
        folder: The run's folder.
        lessons: The run's batches.
        plan: What learns.
        tools: Who is told, and the user's wish to end it.
    """

    def __init__(
        self, config: TrainingConfig, folder: Path, lessons: Lessons, plan: Plan, tools: Tools
    ) -> None:
        self._config = config
        self._folder = folder
        self._lessons = lessons
        self._plan = plan
        self._tools = tools
        # a device whose memory was too small for a batch is given no larger one
        is_small = config.accumulation > 1
        self._batch = min(_BATCH, config.batch_size) if is_small else _BATCH

    def finish(self, learner: keras.Model, complete: Callable[[], keras.Model]) -> Finished:
        """Measure and calibrate a learner, write its files, and check what they answer.

        Args:
            learner: It takes pictures of the run's size; its last layer is changed.
            complete: Gives the network that ships, with the weights that the learner then has.

        Raises:
            Cancelled: The user cancelled.
            TrainingError: The exported model answers otherwise than the network.
        """
        size = self._config.image_size
        data = self._lessons.of_full_size()
        network = with_features(learner)
        network.jit_compile = False  # see `training.learning.teaching`
        seen = self._ask(network, data.validation.once(self._batch), len(data.validation))
        temperature = fit_temperature(seen.labels, seen.p_dog)
        p_dog = at_temperature(seen.p_dog, temperature)
        centres = self._familiar_centres(network, data.train)
        rule = rule_from_validation(centres, seen.features, p_dog.astype(np.float32))
        calibrate(learner, temperature)
        whole = complete()
        whole.jit_compile = False
        staging = self._empty_staging()
        write_centres(staging / CENTRES_FILE, centres)
        save_model(whole, staging, emit=self._tools.emit, token=self._tools.token)
        self._tools.emit(StageStarted(Stage.COMPARING_EXPORT))
        compare(data.compared_pixels(size), whole, staging, batch_size=self._batch)
        self._tools.token.raise_if_cancelled()
        cats, dogs = count_answers(seen.labels, p_dog)
        lost = round(rule.lost * len(p_dog))
        return Finished(
            staging,
            measure(seen.labels, p_dog, neither=lost),
            Judgement(temperature=temperature, neither=rule, cats=cats, dogs=dogs),
        )

    def _familiar_centres(self, network: keras.Model, train: Batches) -> Floats:
        total = min(FAMILIAR_PICTURES, len(train))
        batches = train.once(self._batch)
        some = (next(batches) for _ in range(-(-total // self._batch)))
        familiar = self._ask(network, some, total)
        return cluster(familiar.features, self._config.seed, self._tools.token)

    def _ask(
        self,
        network: keras.Model,
        batches: Iterator[tuple[npt.NDArray[np.generic], Floats]],
        total: int,
    ) -> _Answers:
        ticker = Ticker(
            self._tools.emit, StageStarted(Stage.EVALUATING, total=total, unit="pictures")
        )
        labels, chances, features = [], [], []
        for rows, truth in batches:
            self._tools.token.raise_if_cancelled()
            p_dog, feature = network.predict_on_batch(rows)
            labels.append(truth)
            chances.append(np.asarray(p_dog)[:, 0])
            features.append(np.asarray(feature))
            ticker.advance(len(truth))
        return _Answers(np.concatenate(labels), np.concatenate(chances), np.concatenate(features))

    def _empty_staging(self) -> Path:
        staging = self._folder / CHECKPOINT_FOLDER / _STAGING_FOLDER
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir(parents=True)
        return staging
