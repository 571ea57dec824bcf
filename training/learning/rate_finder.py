"""The learning-rate finder: one short training in which the rate rises, and what its losses say.

The method is that of Smith, "Cyclical Learning Rates for Training Neural Networks" (2017); where to
look in its curve, of Howard and Gugger, "fastai" (2020).
"""

import contextlib
import dataclasses
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from training.cancellation import CancelToken
from training.config import TrainingConfig
from training.dataset.library import open_dataset
from training.events import EventSink, Stage, StageStarted
from training.home import Home
from training.learning.computing import computing_on
from training.learning.devices import load_tensorflow
from training.learning.methods import Method, Span
from training.learning.pipeline import Batches, SplitPictures
from training.learning.presets import check_config, find_preset, method_of
from training.learning.settling import settle_batch, settle_steps
from training.learning.starting import find_start
from training.method_settings import CONSTANT
from training.progress import Ticker
from training.runs.curve import SAYS_NOTHING

if TYPE_CHECKING:
    import keras

    from training.learning.recipes import Tools

LOWEST_RATE, HIGHEST_RATE, STEPS = 1e-7, 1.0, 100
"""The rates that are tried, and in how many steps; as in fastai, from one that changes nothing to
one that no network here survives."""

_REACH = 4  # batches on either side that a loss is averaged with: half a power of ten in all
_BLOWN_UP = 4.0  # times the lowest loss, as in fastai; and worse than saying nothing
_LEAST_FALL = 0.03  # share of the first loss
_SURE_DEVIATIONS = 6.0  # 7 of 1,000 curves of chance alone fall by more
_BELOW_LOWEST = 10.0  # at its lowest, the loss is about to rise


@dataclass(frozen=True)
class RateFound:
    """What the losses said.

    Attributes:
        rates: The rates that were tried, rising; those after the loss had blown up are left out.
        losses: The loss of a batch at each.
        smoothed: The same, averaged over its neighbours.
        suggestion: A rate to train with, of two digits; None where no rate lowered the loss.
    """

    rates: tuple[float, ...]
    losses: tuple[float, ...]
    smoothed: tuple[float, ...]
    suggestion: float | None


def find_rate(
    config: TrainingConfig, home: Home, *, emit: EventSink, token: CancelToken
) -> RateFound:
    """Try learning rates out on a fresh network, with a batch at each.

    The network learns as in the last phase of its run, in which the settings' rate counts as it
    is. Nothing is kept but prepared pictures in the cache.

    Args:
        config: The settings of the run that a rate is wanted for; its own rate, its schedule and
            its accumulation do not count.
        home: Where datasets and cache live.
        emit: Told the stages and their progress.
        token: Checked before each batch.

    Raises:
        Cancelled: The user cancelled.
        UserError: The settings or the dataset do not allow it, or weights are not to be had.
    """
    check_config(config)
    start = find_start(config, find_preset(config.preset).takes, home)
    with open_dataset(home, config.dataset) as catalog:
        pictures = SplitPictures.of(catalog, start.config)
    config = settle_steps(settle_batch(start.config, len(pictures.train)), pictures)
    load_tensorflow(emit)
    token.raise_if_cancelled()
    from training.learning.lessons import Lessons, Plan
    from training.learning.recipes import RECIPES, Tools

    tools = Tools(home, emit, token, start.file)
    plan = Plan(RECIPES[find_preset(config.preset).recipe], method_of(config))
    phase = plan.method.phases[-1]
    with (
        computing_on(config, emit) as computing,
        contextlib.closing(Lessons(pictures, config, plan, tools)) as lessons,
        computing.learning(),
    ):
        data = lessons.of(phase)
        emit(StageStarted(Stage.BUILDING_NETWORK, interruptible=False))
        network = plan.recipe.build(config, phase, tools)
        _compile(network, config, plan.method)
        losses = list(_losses(network, data.train, config, tools))
    return read_losses(tried_rates()[: len(losses)], losses)


def tried_rates() -> tuple[float, ...]:
    """The rates, each as many times the one before."""
    return tuple(np.geomspace(LOWEST_RATE, HIGHEST_RATE, STEPS).tolist())


def read_losses(rates: Sequence[float], losses: Sequence[float]) -> RateFound:
    """Find the rate to train with in the losses.

    It is where the loss falls most steeply, or a tenth of where it is lowest, whichever is less:
    fastai's two rules, of which the more careful one costs a few epochs and the other a run.

    Args:
        rates: Rising, each as many times the one before.
        losses: The loss at each, finite.
    """
    smoothed = _smoothed(losses)
    return RateFound(
        tuple(rates), tuple(losses), tuple(smoothed.tolist()), _suggestion(rates, losses, smoothed)
    )


def _suggestion(
    rates: Sequence[float], losses: Sequence[float], smoothed: npt.NDArray[np.float64]
) -> float | None:
    lowest = int(np.argmin(smoothed)) if len(smoothed) else 0
    if lowest == 0 or not _has_fallen(losses[: lowest + 1], smoothed):
        return None
    steepest = int(np.argmin(np.gradient(smoothed)[: lowest + 1]))
    return float(f"{min(rates[steepest], rates[lowest] / _BELOW_LOWEST):.1e}")


def _has_fallen(losses: Sequence[float], smoothed: npt.NDArray[np.float64]) -> bool:
    """Whether the loss came to be lower than by the chance of what its batches hold."""
    window = 2 * _REACH + 1
    first, last = float(np.mean(losses[:window])), float(smoothed[len(losses) - 1])
    noise = float(np.std(losses - smoothed[: len(losses)])) / math.sqrt(window)
    return first - last > max(_LEAST_FALL * first, _SURE_DEVIATIONS * noise)


def _smoothed(losses: Sequence[float]) -> npt.NDArray[np.float64]:
    """Means over neighbours on both sides, which do not shift the curve to higher rates."""
    window = np.ones(2 * _REACH + 1)
    sums = np.convolve(losses, window)[_REACH:-_REACH] if len(losses) else np.empty(0)
    counts = np.convolve(np.ones(len(losses)), window)[_REACH:-_REACH] if len(losses) else 1
    return sums / counts


def _compile(network: "keras.Model", config: TrainingConfig, method: Method) -> None:
    from training.learning.teaching import compile_learner

    steady = dataclasses.replace(method, schedule=CONSTANT, warm_up=0)
    each_step = dataclasses.replace(config, accumulation=1)
    compile_learner(network, each_step, steady, Span(method.phases[-1], 0, 1))


def _losses(
    network: "keras.Model", train: Batches, config: TrainingConfig, tools: "Tools"
) -> Iterator[float]:
    """The loss at each rate, until it blows up."""
    from training.learning.feeding import feed

    tools.emit(StageStarted(Stage.TRACING, interruptible=False))
    ticker: Ticker | None = None
    means: list[float] = []
    latest: list[float] = []
    batches = feed(train, balanced=config.balance_classes).as_numpy_iterator()
    for rate, batch in zip(tried_rates(), batches, strict=False):
        tools.token.raise_if_cancelled()
        network.optimizer.learning_rate = rate
        network.reset_metrics()
        loss = float(network.train_on_batch(*batch, return_dict=True)["loss"])
        latest = [*latest[-_REACH:], loss]
        means.append(sum(latest) / len(latest))
        if not math.isfinite(loss) or means[-1] > max(_BLOWN_UP * min(means), SAYS_NOTHING):
            return
        ticker = ticker or Ticker(
            tools.emit, StageStarted(Stage.TRYING_RATES, total=STEPS, unit="batches")
        )
        ticker.advance()
        yield loss
