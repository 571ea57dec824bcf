"""What a training tells between its steps."""

import shutil
from itertools import pairwise
from pathlib import Path

import pytest

from tests.training.learning.growing import GROWING, settings, shrink
from tests.training.learning.watching import Watcher
from training.cancellation import CancelToken
from training.events import EpochEnded, Interlude, RunStarted, Stage, StageStarted, StepEnded
from training.home import Home
from training.learning import keeping
from training.learning.trainer import train

SAVING = (Stage.SAVING_CHECKPOINT, 0, 0)


def told_in(watcher: Watcher, epoch: int) -> list[object]:
    """What is told between the last step of an epoch and its end."""
    ends = [place for place, event in enumerate(watcher) if isinstance(event, EpochEnded)]
    steps = [place for place, event in enumerate(watcher) if isinstance(event, StepEnded)]
    last = max(place for place in steps if place < ends[epoch])
    return list(watcher[last + 1 : ends[epoch]])


@pytest.fixture(scope="module")
def told(sample_source: Path, tmp_path_factory: pytest.TempPathFactory) -> Watcher:
    """All that a training of two epochs tells."""
    home, watcher = tmp_path_factory.mktemp("told") / "home", Watcher()
    shutil.copytree(sample_source, home)
    with pytest.MonkeyPatch.context() as patched:
        shrink(patched, GROWING)
        train(settings(epochs=2), Home(home), emit=watcher, token=CancelToken())
    return watcher


def test_validation_and_the_checkpoint_after_it_are_told(told: Watcher) -> None:
    for epoch in range(2):
        after = told_in(told, epoch)
        assert all(isinstance(event, Interlude) for event in after)
        places = [(one.stage, one.done, one.total) for one in after if isinstance(one, Interlude)]
        assert (places[0], places[-2], places[-1]) == (
            (Stage.VALIDATING, 0, 2),
            (Stage.VALIDATING, 2, 2),
            SAVING,
        )


def test_a_checkpoint_inside_an_epoch_is_told(
    sample_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    shrink(monkeypatch, GROWING)
    monkeypatch.setattr(keeping, "CHECKPOINT_EVERY_S", 0.0)
    watcher = Watcher()
    train(settings(epochs=1), sample_home, emit=watcher, token=CancelToken())
    saved = [place for place, event in enumerate(watcher) if event == Interlude(*SAVING)]
    assert len(saved) == 4  # before the second and third step, before validation, at the end
    assert all(later > earlier + 1 for earlier, later in pairwise(saved))


def test_every_part_of_a_training_has_a_name(told: Watcher) -> None:
    stages = [event.stage for event in told if isinstance(event, StageStarted)]
    named = [
        Stage.READING_PICTURES,
        Stage.BUILDING_NETWORK,
        Stage.TRACING,
        Stage.TRAINING,
        Stage.EVALUATING,
        Stage.SAVING,
        Stage.EXPORTING,
    ]
    assert [stage for stage in dict.fromkeys(stages) if stage in named] == named
    assert isinstance(told[0], StageStarted)
    assert any(isinstance(event, RunStarted) for event in told)
