"""What TensorBoard is given: read back by TensorFlow's own reader of event files."""

from pathlib import Path

import pytest

from tests.training.runs.making import CREATED, epochs, make_run, record
from training.cancellation import Cancelled, CancelToken
from training.errors import RunError
from training.home import Home
from training.learning.event_files import EventFile, write_event_file
from training.runs.run_folder import create_run, write_record

BEGAN = 1_767_261_600.0  # CREATED


def write(folder: Path, output: Path) -> EventFile:
    return write_event_file(folder, output, emit=lambda _: None, token=CancelToken())


@pytest.mark.slow
def test_tensorflow_reads_back_each_epoch_with_its_time(home: Home, tmp_path: Path) -> None:
    import tensorflow as tf

    folder, output = make_run(home), tmp_path / "new" / "board"
    written = write(folder, output)
    assert written.epochs == 3
    assert written.path.parent == output / folder.name
    assert "tfevents" in written.path.name
    first, *events = tf.compat.v1.train.summary_iterator(str(written.path))
    assert (first.file_version, first.wall_time) == ("brain.Event:2", BEGAN)
    assert [event.step for event in events] == [0, 1, 2]
    assert [event.wall_time - BEGAN for event in events] == [10.0, 20.0, 30.0]
    for event, epoch in zip(events, epochs(), strict=True):
        told = {value.tag: value.simple_value for value in event.summary.value}
        assert told == pytest.approx(
            {
                "loss": epoch.loss,
                "accuracy": epoch.accuracy,
                "val_loss": epoch.val_loss,
                "val_accuracy": epoch.val_accuracy,
            }
        )


@pytest.mark.slow
def test_a_run_that_is_written_again_takes_its_own_place(home: Home, tmp_path: Path) -> None:
    folder = make_run(home)
    assert write(folder, tmp_path) == write(folder, tmp_path)
    assert len(list((tmp_path / folder.name).iterdir())) == 1


@pytest.mark.slow
def test_a_cancelled_writing_leaves_nothing(home: Home, tmp_path: Path) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        write_event_file(make_run(home), tmp_path / "board", emit=lambda _: None, token=token)
    assert not (tmp_path / "board").exists()


def test_a_run_that_has_learned_nothing_is_a_sentence(home: Home, tmp_path: Path) -> None:
    with pytest.raises(RunError, match="no epochs to write"):
        write(create_run(home, record()), tmp_path)


def test_a_run_that_does_not_say_when_it_began_is_a_sentence(home: Home, tmp_path: Path) -> None:
    folder = make_run(home)
    write_record(folder, record(created=f"not {CREATED}"))
    with pytest.raises(RunError, match="does not say when"):
        write(folder, tmp_path)
