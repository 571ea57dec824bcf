"""A training that will not fit into memory is told before its first step."""

from pathlib import Path

import pytest

from tests.training.learning.watching import Watcher, small
from training.cancellation import Cancelled, CancelToken
from training.events import Event, LayerFacts, Noticed, StageStarted, StepEnded
from training.home import Home
from training.learning import foresight
from training.learning.foresight import free_memory, memory_of_a_step, tell_if_short
from training.learning.trainer import train

LAYERS = (
    LayerFacts("pictures", "InputLayer", (100, 100, 3), 0, 1),
    LayerFacts("convolution", "Conv2D", (98, 98, 16), 448, 3),
    LayerFacts("p_dog", "Dense", (1,), 1_000_000, 0),
)


def test_memory_grows_with_the_batch_beside_the_weights() -> None:
    none, one, two = (memory_of_a_step(LAYERS, size) for size in (0, 1, 2))
    assert none == 4 * 4 * 1_000_448
    assert two - one == one - none == 4 * (100 * 100 * 3 + 98 * 98 * 16 + 1)


@pytest.mark.fault(78)
def test_memory_that_will_be_short_is_told() -> None:
    watcher = Watcher()
    tell_if_short(LAYERS, 1000, watcher, free=2**29)
    (told,) = watcher.kinds(Noticed)
    assert isinstance(told, Noticed)
    assert told.message.startswith("A batch of 1000 needs at least 0.7 GiB of memory and 0.5 GiB")
    assert "smaller batch" in told.message


def test_memory_that_will_do_or_is_not_known_is_not_talked_about() -> None:
    watcher = Watcher()
    tell_if_short(LAYERS, 1000, watcher, free=2**30)
    tell_if_short(LAYERS, 1000, watcher, free=0)
    assert watcher == []


def test_free_memory_is_known_here() -> None:
    assert free_memory() > 2**20


def test_a_container_has_what_is_left_of_its_share(tmp_path: Path) -> None:
    assert foresight._free_in_group(tmp_path) == 0
    (tmp_path / "memory.max").write_text("max\n")
    (tmp_path / "memory.current").write_text("1000\n")
    assert foresight._free_in_group(tmp_path) == 0
    (tmp_path / "memory.max").write_text("5000\n")
    assert foresight._free_in_group(tmp_path) == 4000


@pytest.mark.fault(78)
def test_a_training_tells_it_before_its_first_step(
    sample_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(foresight, "free_memory", lambda: 2**20)
    token = CancelToken()

    def is_told(event: Event) -> bool:
        return isinstance(event, Noticed)

    watcher = Watcher(is_told, token.cancel)
    with pytest.raises(Cancelled):
        train(small(), sample_home, emit=watcher, token=token)
    assert "GiB are free" in str(watcher.kinds(Noticed)[0])
    assert watcher.kinds(StageStarted)
    assert not watcher.kinds(StepEnded)
