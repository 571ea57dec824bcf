"""Ctrl-C and SIGTERM: a training on the command line is paused, and says how to go on."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.training.cli.conftest import Terminal
from tests.training.cli.test_faults import TRAINING
from training.cancellation import Cancelled, CancelToken
from training.cli.stopping import paused_by_signals
from training.home import Home
from training.learning.callbacks import Translator
from training.learning.checkpoint import read_checkpoint
from training.runs.lab_book import list_runs
from training.runs.run_folder import UNFINISHED

needs_signals = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")


def job(token: CancelToken, *numbers: int) -> Callable[[], None]:
    def run() -> None:
        for number in numbers:
            signal.raise_signal(number)
        token.raise_if_cancelled()

    return run


@needs_signals
def test_ctrl_c_pauses_and_is_an_interrupt_once_all_is_saved() -> None:
    token, before = CancelToken(), signal.getsignal(signal.SIGINT)
    with (
        pytest.raises(KeyboardInterrupt),
        paused_by_signals(token, last_words=lambda: None),
    ):
        job(token, signal.SIGINT)()
    assert token.keeps_saved
    assert signal.getsignal(signal.SIGINT) == before


@needs_signals
def test_a_second_ctrl_c_breaks_it_off_at_once() -> None:
    token = CancelToken()
    with (
        pytest.raises(KeyboardInterrupt) as caught,
        paused_by_signals(token, last_words=lambda: None),
    ):
        job(token, signal.SIGINT, signal.SIGINT)()
    assert not isinstance(caught.value.__context__, Cancelled)


@needs_signals
@pytest.mark.fault(85)
def test_ctrl_c_in_the_middle_of_an_epoch_keeps_its_steps(
    terminal: Terminal, sample_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = Translator.on_train_batch_end

    def interrupted(self: Translator, batch: int, logs: object = None) -> None:
        told(self, batch, logs)  # type: ignore[arg-type]
        signal.raise_signal(signal.SIGINT)

    with monkeypatch.context() as pressed:
        pressed.setattr(Translator, "on_train_batch_end", interrupted)
        assert terminal(*TRAINING) == (130, [])
    (left,) = list_runs(sample_home)
    assert f"--resume {left.run}" in terminal.stderr
    assert (left.state, read_checkpoint(left.folder).position.step) == (UNFINISHED, 1)
    status, lines = terminal("train", "--resume", left.run)
    assert status == 0
    assert [line["epoch"] for line in lines[:-1]] == [1]
    assert "from step 2" in terminal.stderr


@pytest.mark.slow
@needs_signals
@pytest.mark.fault(85)
def test_sigterm_ends_a_training_within_ten_seconds_and_with_its_steps_kept(
    sample_home: Home,
) -> None:
    words = [*TRAINING, "--home", str(sample_home.root)]
    words[words.index("--steps-per-epoch") + 1] = "5000"
    command = [sys.executable, "-m", "training.cli", *words]
    with subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8") as training:
        assert training.stderr is not None
        next(line for line in training.stderr if line.startswith("Training"))
        training.terminate()
        _, said = training.communicate(timeout=10)
    assert training.returncode == -signal.SIGTERM
    (left,) = list_runs(sample_home)
    assert f"--resume {left.run}" in said
    assert read_checkpoint(left.folder).position.step > 0
