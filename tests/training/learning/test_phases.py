"""A run of several phases: sizes that grow, layers that thaw, and resuming across them."""

from pathlib import Path

import numpy as np
import onnxruntime
import pytest

from tests.training.learning.growing import GROWING, settings, shrink
from tests.training.learning.watching import Watcher
from training.cancellation import Cancelled, CancelToken
from training.events import EpochEnded, StepEnded
from training.home import Home
from training.learning.presets import training_config
from training.learning.teaching import Course
from training.learning.trainer import resume, train
from training.runs.history import read_history
from training.runs.lab_book import list_runs
from training.runs.run_folder import read_record


@pytest.fixture
def growing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The preset from scratch, with a tiny network and a phase for each of its first epochs."""
    shrink(monkeypatch, GROWING)


def figures(folder: Path) -> list[tuple[float, ...]]:
    return [(epoch.loss, epoch.val_loss) for epoch in read_history(folder)]


@pytest.mark.slow
@pytest.mark.usefixtures("growing")
@pytest.mark.parametrize("broken_off_after", [1, 3])
def test_a_run_that_breaks_off_goes_on_in_its_phase_as_if_nothing_had_happened(
    sample_home: Home, broken_off_after: int
) -> None:
    straight = train(settings(), sample_home, emit=Watcher(), token=CancelToken())
    token = CancelToken()

    def last_epoch(event: object) -> bool:
        return isinstance(event, EpochEnded) and event.epoch == broken_off_after - 1

    watcher = Watcher(last_epoch, token.finish_now)
    broken = train(settings(), sample_home, emit=watcher, token=token)
    assert broken.epochs == broken_off_after
    resumed = resume(broken.run, sample_home, emit=Watcher(), token=CancelToken())
    assert figures(resumed.folder) == figures(straight.folder)
    assert read_record(resumed.folder).metrics == read_record(straight.folder).metrics


@pytest.mark.slow
@pytest.mark.usefixtures("growing")
@pytest.mark.parametrize("epoch", [1, 2])
def test_a_run_that_pauses_inside_a_phase_goes_on_in_it(sample_home: Home, epoch: int) -> None:
    straight = train(settings(), sample_home, emit=Watcher(), token=CancelToken())
    token = CancelToken()

    def first_step(event: object) -> bool:
        return isinstance(event, StepEnded) and event.epoch == epoch

    watcher = Watcher(first_step, lambda: token.cancel(keep_saved=True))
    with pytest.raises(Cancelled):
        train(settings(), sample_home, emit=watcher, token=token)
    paused = next(info.run for info in list_runs(sample_home) if info.run != straight.run)
    resumed = resume(paused, sample_home, emit=Watcher(), token=CancelToken())
    assert figures(resumed.folder) == figures(straight.folder)
    assert read_record(resumed.folder).metrics == read_record(straight.folder).metrics


@pytest.mark.usefixtures("growing")
def test_a_run_that_ends_with_small_pictures_ships_a_model_for_its_full_size(
    sample_home: Home,
) -> None:
    result = train(settings(epochs=1), sample_home, emit=Watcher(), token=CancelToken())
    session = onnxruntime.InferenceSession((result.folder / "model.onnx").read_bytes())
    assert session.get_inputs()[0].shape[1] == 64


@pytest.mark.slow
@pytest.mark.usefixtures("growing")
def test_no_number_of_steps_means_each_picture_once(sample_home: Home) -> None:
    config = training_config("scratch", "sample", epochs=1, image_size=64)
    result = train(config, sample_home, emit=Watcher(), token=CancelToken())
    recorded = read_record(result.folder).config
    assert (recorded.steps_per_epoch, recorded.validation_steps) == (320 // 64, 1)


def test_a_cosine_lowers_the_rate_to_nothing_over_the_run() -> None:
    second_half = Course(1e-3, warm_up=4, first_step=50, steps=100)
    rates = np.array([float(second_half(step)) for step in range(51)])
    assert rates[0] == pytest.approx(1e-3 / 4 / 2, rel=0.01)  # the rise, half-way down the cosine
    assert (np.diff(rates[4:]) < 0).all()
    assert rates[-1] == pytest.approx(0, abs=1e-9)
