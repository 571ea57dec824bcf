"""Other backbones, and weights from a file of the user's own; random ones, saved by Keras."""

import os
from pathlib import Path

import keras
import numpy as np
import pytest

from tests.slow_rows import first_quickly
from tests.training.learning.watching import Watcher
from training import atomic
from training.cancellation import CancelToken
from training.config import DEFAULT_BACKBONE, TrainingConfig
from training.dataset.cache import RowKind
from training.errors import ConfigError, TrainingError, UserError
from training.events import Stage, StageStarted, StepEnded
from training.home import Home
from training.inference.session import open_session
from training.learning.backbone import build_backbone, freeze
from training.learning.backbones import BACKBONES
from training.learning.features import feature_rows
from training.learning.methods import EVERYTHING, HEAD, UPPER
from training.learning.presets import training_config
from training.learning.scaling import SIGNED, STANDARDISED, input_range
from training.learning.trainer import resume, train
from training.learning.weights import MOBILENET_V2, WEIGHTS
from training.runs.lab_book import list_runs
from training.runs.run_folder import read_record

OTHERS = [key for key in BACKBONES if key != DEFAULT_BACKBONE]


@pytest.fixture(scope="session")
def weights_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A file of random weights for each backbone but the default one, in both of Keras' forms."""
    folder = tmp_path_factory.mktemp("weights")
    files = {}
    for key, suffix in zip(OTHERS, (".weights.h5", ".h5"), strict=True):
        keras.utils.set_random_seed(1)
        build = getattr(keras.applications, BACKBONES[key].builder)
        network = build(input_shape=(32, 32, 3), include_top=False, weights=None, pooling="avg")
        files[key] = folder / f"{key}{suffix}"
        network.save_weights(folder / f"{key}.weights.h5")
        if suffix == ".h5":
            save_as_keras_2_did(network, files[key])
    return files


def save_as_keras_2_did(network: keras.Model, file: Path) -> None:
    """The form of the files that Keras publishes, which it still reads and no longer writes."""
    import h5py
    from keras.src.legacy.saving.legacy_h5_format import save_weights_to_hdf5_group

    with h5py.File(file, "w") as target:
        save_weights_to_hdf5_group(target, network)


def small(preset: str, backbone: str, file: Path | str, **changes: object) -> TrainingConfig:
    values: dict[str, object] = {
        "epochs": 1,
        "steps_per_epoch": 2,
        "validation_steps": 1,
        "batch_size": 8,
        "image_size": 32,
        "backbone": backbone,
        "weights_file": str(file),
    }
    return training_config(preset, "sample", **(values | changes))


def rows(home: Home) -> list[Path]:
    return sorted(home.cache.glob("*.features"))


@pytest.mark.parametrize("key", BACKBONES)
def test_every_backbone_has_its_weights_and_tells_what_it_was_made_for(key: str) -> None:
    expected = STANDARDISED if key == "efficientnet-v2-b0" else SIGNED
    assert WEIGHTS[key].url.endswith(WEIGHTS[key].name)
    for preset, stem in (("express", "express"), ("fine-tune", "fine_tune")):
        assert input_range(preset, BACKBONES[key].network_name(stem)) == expected


@pytest.mark.parametrize("key", first_quickly(OTHERS))
def test_a_backbone_gives_the_features_of_keras_own_network_with_these_weights(
    key: str, weights_files: dict[str, Path]
) -> None:
    row = BACKBONES[key]
    ours = build_backbone(row, 32, weights_files[key])
    build = getattr(keras.applications, row.builder)
    theirs = build(input_shape=(32, 32, 3), include_top=False, weights=None, pooling="avg")
    theirs.load_weights(weights_files[key])
    pixels = np.random.default_rng(1).integers(0, 256, (2, 32, 32, 3), dtype=np.uint8)
    features = np.asarray(ours(pixels))
    assert features.shape == (2, row.features)
    assert np.allclose(features, theirs(pixels.astype(np.float32)), atol=1e-5)


@pytest.mark.parametrize("key", first_quickly(OTHERS))
def test_the_upper_blocks_are_some_of_the_layers_and_no_batch_norm_ever_learns(
    key: str, weights_files: dict[str, Path]
) -> None:
    row = BACKBONES[key]
    network = build_backbone(row, 32, weights_files[key])
    learning = {}
    for learns in (HEAD, UPPER, EVERYTHING):
        freeze(network, learns, row.first_upper_layer)
        learning[learns] = len(network.trainable_variables)
        assert not any(
            layer.trainable
            for layer in network.layers
            if isinstance(layer, keras.layers.BatchNormalization)
        )
    assert 0 == learning[HEAD] < learning[UPPER] < learning[EVERYTHING]


@pytest.mark.slow
@pytest.mark.timeout(400)
@pytest.mark.parametrize(
    ("preset", "key"),
    [
        ("express", "efficientnet-v2-b0"),  # express on the other is below
        ("fine-tune", "mobilenet-v3"),
        ("fine-tune", "efficientnet-v2-b0"),
    ],
)
def test_a_preset_learns_on_it_and_the_run_answers_without_keras(
    preset: str, key: str, sample_home: Home, weights_files: dict[str, Path]
) -> None:
    config = small(preset, key, weights_files[key])
    result = train(config, sample_home, emit=Watcher(), token=CancelToken())
    record = read_record(result.folder)
    assert (record.config.backbone, record.state) == (key, "finished")
    assert record.start_sha256 == atomic.sha256_of(weights_files[key])
    session = open_session(result.folder / "model.onnx")
    assert session.p_dog(np.zeros((1, 32, 32, 3), np.uint8)).shape == (1,)
    saved = keras.models.load_model(result.folder / "model.keras", compile=False)
    assert saved.name == BACKBONES[key].network_name(preset.replace("-", "_"))


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_run_goes_on_after_its_file_of_weights_is_gone(
    sample_home: Home, weights_files: dict[str, Path], tmp_path: Path
) -> None:
    file = tmp_path / "mine.weights.h5"
    file.write_bytes(weights_files["mobilenet-v3"].read_bytes())
    config = small("express", "mobilenet-v3", file)
    run = train(config, sample_home, emit=Watcher(), token=CancelToken()).run
    file.unlink()
    again = Watcher()
    longer = resume(run, sample_home, emit=again, token=CancelToken(), epochs=2)
    assert longer.epochs == 2
    assert StageStarted(Stage.DOWNLOADING_WEIGHTS) not in again
    assert len(rows(sample_home)) == 1


def test_features_of_other_weights_or_of_another_backbone_are_other_rows(
    weights_files: dict[str, Path], tmp_path: Path
) -> None:
    def kind(key: str, content: bytes) -> RowKind:
        file = tmp_path / "same-name.h5"
        file.write_bytes(content)
        return feature_rows(BACKBONES[key], 32, file)

    found = {kind(key, content).name for key in BACKBONES for content in (b"one", b"other")}
    assert len(found) == 2 * len(BACKBONES)


def test_features_that_were_computed_before_there_were_other_backbones_are_still_found(
    shared_data: Path,
) -> None:
    file = shared_data.parent / "keras-cache" / "models" / MOBILENET_V2.name
    if not file.is_file():
        pytest.skip("the ImageNet weights (shared/keras-cache) are not on this machine")
    kind = feature_rows(BACKBONES[DEFAULT_BACKBONE], 208, file)
    assert kind.name == "208.mobilenet-v2-102a691e.features"


def refusal(config: TrainingConfig, home: Home) -> UserError:
    watcher = Watcher()
    with pytest.raises(UserError) as caught:
        train(config, home, emit=watcher, token=CancelToken())
    assert not watcher.kinds(StepEnded)
    assert list_runs(home) == []
    assert not rows(home)
    return caught.value


@pytest.mark.parametrize("preset", first_quickly(["express", "fine-tune"]))
@pytest.mark.parametrize("taken", first_quickly(OTHERS))
def test_weights_of_another_network_are_refused_with_its_name(
    preset: str, taken: str, sample_home: Home, weights_files: dict[str, Path]
) -> None:
    (other,) = set(OTHERS) - {taken}
    error = refusal(small(preset, other, weights_files[taken]), sample_home)
    assert isinstance(error, TrainingError)
    assert f"is not of {BACKBONES[other].title}" in error.message


@pytest.mark.parametrize("name", ["mine.h5", "mine.weights.h5"])
def test_a_file_that_is_no_weights_is_refused(name: str, sample_home: Home, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(os.urandom(1000))
    error = refusal(small("fine-tune", "mobilenet-v3", tmp_path / name), sample_home)
    assert "cannot be read" in error.message


@pytest.mark.parametrize(
    ("name", "sentence"), [("gone.h5", "There is no file"), ("mine.zip", "ends in .h5")]
)
def test_a_file_that_is_missing_or_of_another_kind_points_at_its_field(
    name: str, sentence: str, sample_home: Home, tmp_path: Path
) -> None:
    error = refusal(small("express", DEFAULT_BACKBONE, tmp_path / name), sample_home)
    assert isinstance(error, ConfigError)
    assert error.field == "weights_file"
    assert sentence in str(error)
