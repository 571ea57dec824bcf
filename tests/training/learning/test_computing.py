"""Where a run computes and how exactly."""

import dataclasses
import threading
from pathlib import Path

import numpy as np
import pytest

from tests.training.learning.conftest import Learned
from tests.training.learning.watching import Watcher, small
from training.cancellation import Cancelled, CancelToken
from training.config import TrainingConfig
from training.dataset.catalog import Split
from training.dataset.library import open_dataset
from training.errors import ConfigError
from training.events import Event, Noticed, StepEnded
from training.home import Home
from training.inference.classifier import Classifier
from training.learning import computing
from training.learning.computing import computing_on, settled_precision, sharing, strategy_for
from training.learning.machine import LINUX, TENSORFLOW, Card, DriverAnswer, MachineFacts
from training.learning.presets import training_config
from training.learning.trainer import resume, train
from training.method_settings import AUTO_PRECISION, FLOAT32, MIXED
from training.resources import resource
from training.runs.history import read_history
from training.runs.lab_book import list_runs
from training.runs.run_folder import DEFAULT_RUN, KERAS_FILE, STATE_FILE, read_record

CARD = Card("NVIDIA RTX 4070", 12 * 2**30, "8.9")
SILENT = MachineFacts(
    LINUX,
    answer=DriverAnswer(complaint="Driver/library mismatch"),
    loaded_driver="550.54.14",
    cards=(CARD,),
    packages={TENSORFLOW: "2.21.0"},
)


def notices(watcher: Watcher) -> list[str]:
    return [event.message for event in watcher if isinstance(event, Noticed)]


def test_a_new_run_leaves_the_precision_to_the_device() -> None:
    config = training_config("scratch", "sample")
    assert config.precision == AUTO_PRECISION
    assert settled_precision(config, []) == FLOAT32
    assert settled_precision(config, [(7, 5)]) == FLOAT32
    assert settled_precision(config, [(8, 0)]) == MIXED
    assert settled_precision(config, [(9, 0), (7, 0)]) == FLOAT32
    assert settled_precision(dataclasses.replace(config, precision=MIXED), []) == MIXED
    assert settled_precision(dataclasses.replace(config, precision=FLOAT32), [(9, 0)]) == FLOAT32


def test_a_head_learns_in_full_precision_whatever_is_asked_for() -> None:
    config = training_config("express", "sample", precision=MIXED)
    assert settled_precision(config, [(9, 0)]) == FLOAT32


def test_settings_of_older_runs_mean_full_precision() -> None:
    values = dataclasses.asdict(small())
    del values["precision"]
    assert TrainingConfig(**values).precision == FLOAT32


def test_devices_share_batches_that_can_be_divided() -> None:
    four = ["/GPU:0", "/GPU:1", "/GPU:2", "/GPU:3"]
    assert sharing(four, small(batch_size=20)) == four
    assert sharing(four, small(batch_size=9)) == four[:3]
    assert sharing(four, small(batch_size=7)) == four[:1]
    assert sharing(four, small(batch_size=20, accumulation=2)) == four[:1]
    assert strategy_for(four[:1], small()) is None


def test_the_policy_of_keras_is_put_back(home: Home) -> None:
    import keras

    token = CancelToken()
    token.cancel()
    with computing_on(small(precision=MIXED), Watcher()) as found:
        with found.learning():
            assert keras.config.dtype_policy().name == "mixed_bfloat16"
        assert keras.config.dtype_policy().name == "float32"
        assert (found.precision, found.is_on_gpu) == (MIXED, False)
        assert found.words.startswith("CPU")
        with pytest.raises(Cancelled), found.learning():
            token.raise_if_cancelled()
        assert keras.config.dtype_policy().name == "float32"


@pytest.mark.fault(91)
def test_a_job_computes_as_its_settings_say_whatever_another_thread_has_set() -> None:
    import keras

    def job() -> None:
        with computing_on(small(precision=MIXED), Watcher()) as found, found.learning():
            inside.append(keras.config.dtype_policy().name)

    inside: list[str] = []
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy("float64")
    try:
        worker = threading.Thread(target=job)
        worker.start()
        worker.join()
        assert keras.config.dtype_policy().name == "float64"
    finally:
        keras.config.set_dtype_policy(before)
    assert inside == ["mixed_bfloat16"]


@pytest.mark.fault(91)
def test_the_seed_of_a_run_holds_in_a_jobs_thread_and_not_one_that_was_set_elsewhere(
    learned: Learned, sample_home: Home
) -> None:
    import keras

    def job() -> None:
        folders.append(train(small(), sample_home, emit=Watcher(), token=CancelToken()).folder)

    folders: list[Path] = []
    keras.utils.set_random_seed(99)
    worker = threading.Thread(target=job)
    worker.start()
    worker.join()
    (there,) = folders
    assert state(learned.result.folder) == state(there)


@pytest.mark.fault(77)
def test_a_gpu_that_does_not_answer_costs_speed_and_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(computing, "machine_facts", lambda: SILENT)
    watcher = Watcher()
    with computing_on(small(), watcher) as found:
        assert found.words.startswith("CPU")
    assert len(notices(watcher)) == 1
    assert "NVIDIA RTX 4070" in notices(watcher)[0]
    assert "its driver does not answer" in notices(watcher)[0]
    with computing_on(small(device="cpu"), watcher):  # then nothing is missed
        assert len(notices(watcher)) == 1


@pytest.mark.fault(77)
def test_a_new_run_that_asks_for_a_gpu_is_refused_and_an_old_one_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(computing, "machine_facts", lambda: SILENT)
    config = small(device="gpu")
    with (
        pytest.raises(ConfigError, match="does not answer"),
        computing_on(config, Watcher()),
    ):
        pass
    watcher = Watcher()
    with computing_on(config, watcher, goes_on=True) as found:
        assert found.words.startswith("CPU")
    assert "goes on on the processor" in notices(watcher)[0]


def test_what_a_run_computes_with_is_written_down_before_it_learns(sample_home: Home) -> None:
    token = CancelToken()

    def is_learned(event: Event) -> bool:
        return isinstance(event, StepEnded)

    watcher = Watcher(is_learned, lambda: token.cancel(keep_saved=True))
    with pytest.raises(Cancelled):
        train(small(), sample_home, emit=watcher, token=token)
    (info,) = list_runs(sample_home)
    assert read_record(info.folder).config.precision == FLOAT32


@pytest.mark.parametrize("preset", ["notebook", "scratch"])
@pytest.mark.timeout(300)
@pytest.mark.slow
def test_a_run_in_16_bits_learns_resumes_and_answers_as_its_export_does(
    preset: str, sample_home: Home
) -> None:
    config = training_config(
        preset,
        "sample",
        epochs=2,
        steps_per_epoch=3,
        validation_steps=2,
        batch_size=8,
        image_size=64,
        deterministic=True,
        precision=MIXED,
    )
    straight = train(config, sample_home, emit=Watcher(), token=CancelToken())
    token = CancelToken()

    def is_in_the_middle(event: Event) -> bool:
        return isinstance(event, StepEnded) and (event.epoch, event.step) == (1, 0)

    with pytest.raises(Cancelled):
        train(
            config,
            sample_home,
            emit=Watcher(is_in_the_middle, lambda: token.cancel(keep_saved=True)),
            token=token,
        )
    paused = next(info.run for info in list_runs(sample_home) if info.run != straight.run)
    resumed = resume(paused, sample_home, emit=Watcher(), token=CancelToken())
    assert state(resumed.folder) == state(straight.folder)
    assert [row.val_loss for row in read_history(resumed.folder)] == [
        row.val_loss for row in read_history(straight.folder)
    ]
    assert read_record(straight.folder).config.precision == MIXED
    assert greatest_difference(straight.folder, sample_home) < 1e-3


@pytest.mark.slow
def test_a_network_that_was_saved_in_32_bits_goes_on_in_16_with_its_weights(home: Home) -> None:
    from training.learning.methods import Phase
    from training.learning.recipes import RECIPES, Tools

    config = training_config("continue", "sample", precision=MIXED, image_size=208)
    tools = Tools(home, Watcher(), CancelToken(), resource(DEFAULT_RUN, KERAS_FILE))
    pixels = np.random.default_rng(1).integers(0, 256, (2, 208, 208, 3), dtype=np.uint8)
    build = RECIPES["run"].build
    with computing_on(config, Watcher()) as found:
        plain = build(config, Phase(), tools)
        with found.learning():
            mixed = build(config, Phase(), tools)
    policies = {layer.dtype_policy.name for layer in mixed.layers[1:-1]}
    assert policies == {"mixed_bfloat16"}
    assert mixed.layers[-1].dtype_policy.name == "float32"
    assert [layer.trainable for layer in mixed.layers] == [row.trainable for row in plain.layers]
    for one, other in zip(plain.variables, mixed.variables, strict=True):
        assert np.array_equal(one, other)
    answers = [np.asarray(network(pixels, training=False)) for network in (plain, mixed)]
    assert np.abs(answers[0] - answers[1]).max() < 0.05


def state(folder: Path) -> dict[str, bytes]:
    with np.load(folder / "checkpoint" / STATE_FILE) as entries:
        return {
            name: entries[name].tobytes()
            for name in entries.files
            if name.startswith(("model/", "optimizer/"))
        }


def greatest_difference(folder: Path, home: Home) -> float:
    """Between what the run's Keras file and its ONNX file say of the test pictures."""
    import keras

    from training.dataset.decode import load_pixels

    network = keras.models.load_model(folder / KERAS_FILE, compile=False)
    assert {layer.dtype_policy.name for layer in network.layers} == {"float32"}
    with open_dataset(home, "sample") as catalog:
        paths = [picture.path for picture in catalog.pictures(split=Split.TEST)]
    pixels = np.stack([load_pixels(path, network.input_shape[1]) for path in paths])
    expected = np.asarray(network.predict_on_batch(pixels))[:, 0]
    answers = [verdict.p_dog for verdict in Classifier.load(folder).classify(paths)]
    return float(np.abs(expected - np.array(answers, dtype=np.float32)).max())
