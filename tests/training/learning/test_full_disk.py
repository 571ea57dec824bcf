"""A disk that fills up at any write of a training: it pauses, and what was whole stays whole."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.training.learning.growing import ONE_PHASE, settings, shrink
from tests.training.learning.watching import Watcher, at_step, is_stage
from training.cancellation import CancelToken
from training.errors import TrainingError
from training.events import Event, Stage
from training.home import Home
from training.learning import keeping
from training.learning.checkpoint import read_checkpoint
from training.learning.trainer import resume, train
from training.runs.history import read_history
from training.runs.lab_book import list_runs
from training.runs.run_folder import FINISHED, UNFINISHED, read_record

resource = pytest.importorskip("resource")  # Windows has none

MOST_BYTES = 512
"""Less than any file of a training has: none may grow past it, as on a disk that is full."""


@pytest.fixture(scope="module", autouse=True)
def tiny() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        shrink(patched, ONE_PHASE)
        yield


@pytest.fixture(scope="module")
def undisturbed(sample_source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run whose disk was never full."""
    root = tmp_path_factory.mktemp("undisturbed") / "home"
    shutil.copytree(sample_source, root)
    return train(settings(epochs=2), Home(root), emit=Watcher(), token=CancelToken()).folder


@pytest.fixture
def disk() -> Iterator[Callable[[], None]]:
    """Fills the disk; it has space again afterwards."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_BYTES, hard))
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def make_space() -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))


def weights(folder: Path) -> list[np.ndarray]:
    entries = read_checkpoint(folder).entries
    return [array for name, array in sorted(entries.items()) if name.startswith(("model", "opti"))]


@pytest.mark.slow
@pytest.mark.fault(68)
@pytest.mark.parametrize(
    ("moment", "every_s", "place"),
    [
        (at_step(1, 0), 0.0, (1, 0)),
        (at_step(1, 2), 300.0, (1, 0)),
        (is_stage(Stage.SAVING), 300.0, (2, 0)),
        (is_stage(Stage.EXPORTING), 300.0, (2, 0)),
        (is_stage(Stage.COMPARING_EXPORT), 300.0, (2, 0)),
    ],
    ids=["inside an epoch", "at its end", "saving", "exporting", "publishing"],
)
def test_a_full_disk_pauses_the_training_and_it_ends_as_any_other_once_there_is_space(
    sample_home: Home,
    undisturbed: Path,
    disk: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
    moment: Callable[[Event], bool],
    every_s: float,
    place: tuple[int, int],
) -> None:
    monkeypatch.setattr(keeping, "CHECKPOINT_EVERY_S", every_s)
    watcher = Watcher(moment, disk)
    with pytest.raises(TrainingError, match=r"pauses\. The file grew past") as caught:
        train(settings(epochs=2), sample_home, emit=watcher, token=CancelToken())
    make_space()
    assert "Free some space and resume" in caught.value.hint
    (left,) = list_runs(sample_home)
    found = read_checkpoint(left.folder)
    assert (len(found.history), found.position.step) == place
    assert not found.is_previous
    assert (left.state, read_record(left.folder).ended) == (UNFINISHED, "")
    resume(left.run, sample_home, emit=Watcher(), token=CancelToken())
    record, straight = read_record(left.folder), read_record(undisturbed)
    assert (record.state, record.metrics) == (FINISHED, straight.metrics)
    assert [e.val_loss for e in read_history(left.folder)] == [
        e.val_loss for e in read_history(undisturbed)
    ]
    pairs = zip(weights(left.folder), weights(undisturbed), strict=True)
    assert all(np.array_equal(one, other) for one, other in pairs)
    assert not list(left.folder.rglob(".*"))
