"""Where a verdict comes from, where only Keras' gradients can tell."""

from pathlib import Path

import keras
import numpy as np
import pytest

from tests.training.cli.conftest import Terminal, terminal  # noqa: F401 - a fixture
from training.cancellation import CancelToken
from training.dataset.decode import pixels_of
from training.dataset.sample import draw_picture
from training.errors import RunError
from training.events import Stage, StageStarted
from training.inference.heat import CLASS_ACTIVATION
from training.learning.explaining import Explainer, explain, grad_cam
from training.learning.models import build_notebook, build_scratch
from training.learning.reasons import with_reasons
from training.runs.lab_book import default_run


def pixels(side: int) -> np.ndarray:
    return np.stack([pixels_of(draw_picture(label, 1, seed=2), side) for label in ("cat", "dog")])


def test_under_averaged_maps_grad_cam_is_the_class_activation_map() -> None:
    """Selvaraju and others, section 3: it generalises CAM."""
    network = build_scratch(64)
    *_, heat = with_reasons(network).predict_on_batch(pixels(64))
    plain = np.asarray(heat)[..., 0] - float(network.layers[-1].bias[0])
    found = grad_cam(network, pixels(64))
    assert np.corrcoef(found.ravel(), plain.ravel())[0, 1] > 0.999


def test_the_notebooks_network_has_a_map_and_other_weights_have_another() -> None:
    """Adebayo and others, "Sanity Checks for Saliency Maps", 2018."""
    keras.utils.set_random_seed(1)
    network = build_notebook(64)
    before = grad_cam(network, pixels(64))
    assert before.shape[0] == 2
    assert min(before.shape[1:]) > 1
    assert before.std() > 0
    last = network.layers[-1]
    generator = np.random.default_rng(3)
    last.set_weights([generator.normal(size=each.shape) for each in last.get_weights()])
    after = grad_cam(network, pixels(64))
    assert abs(np.corrcoef(before.ravel(), after.ravel())[0, 1]) < 0.9


def test_frozen_layers_have_gradients_too() -> None:
    network = build_notebook(64)
    expected = grad_cam(network, pixels(64))
    network.trainable = False
    assert np.allclose(grad_cam(network, pixels(64)), expected)


def test_a_network_without_maps_says_so() -> None:
    pictures = keras.Input((8, 8, 3), dtype="uint8")
    flat = keras.layers.Flatten()(keras.layers.GlobalAveragePooling2D()(pictures))
    with pytest.raises(RunError, match="no maps"):
        grad_cam(keras.Model(pictures, keras.layers.Dense(1)(flat)), pixels(8))


def test_the_model_that_ships_answers_from_its_exported_graph(tmp_path: Path) -> None:
    file = tmp_path / "dog.png"
    draw_picture("dog", 4, seed=2).save(file)
    folder = default_run().folder
    heat = explain(file, folder, emit=lambda _: None, token=CancelToken())
    assert (heat.method, heat.values.shape) == (CLASS_ACTIVATION, (7, 7))


def test_the_command_paints_a_picture_of_the_same_size(
    terminal: Terminal,  # noqa: F811
    tmp_path: Path,
) -> None:
    file, output = tmp_path / "dog.png", tmp_path / "heat.png"
    picture = draw_picture("dog", 4, seed=2)
    picture.save(file)
    status, said = terminal("explain", file, "--output", output)
    assert (status, said[-1]["method"], said[-1]["output"]) == (0, CLASS_ACTIVATION, str(output))
    from PIL import Image

    with Image.open(output) as painted:
        assert painted.size == picture.size
    assert terminal("explain", file, "--output", tmp_path / "heat.txt")[0] == 2
    assert terminal("explain", tmp_path / "away.png", "--output", output)[0] == 1
    assert terminal("explain", file, "--output", output, "--opacity", 2)[0] == 2


def test_the_network_is_loaded_once_and_a_run_without_it_says_so(tmp_path: Path) -> None:
    file, folder = tmp_path / "dog.png", tmp_path / "run"
    draw_picture("dog", 4, seed=2).save(file)
    folder.mkdir()
    explainer, events = Explainer(), []  # type: ignore[var-annotated]
    with pytest.raises(RunError, match=r"no model\.keras"):
        explainer.look_inside(file, folder, emit=events.append, token=CancelToken())
    build_notebook(64).save(folder / "model.keras")
    events.clear()
    for _ in range(2):
        inside = explainer.look_inside(file, folder, emit=events.append, token=CancelToken())
    loadings = [
        each for each in events if each == StageStarted(Stage.LOADING_MODEL, interruptible=False)
    ]
    assert len(loadings) == 1
    assert inside.side == (64, 64)
    (folder / "model.keras").write_bytes(b"none")
    with pytest.raises(RunError, match="damaged"):
        Explainer().look_inside(file, folder, emit=events.append, token=CancelToken())
