"""The whole program's own answers to why."""

import pytest

from catdog_gui.keras_answers import KerasAnswers
from catdog_gui.main_window import MainWindow
from catdog_gui.prediction_tab.look import Look
from training.cancellation import CancelToken
from training.dataset.sample import draw_picture
from training.events import Stage, StageStarted
from training.inference.heat import CLASS_ACTIVATION
from training.runs.lab_book import default_run


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "cat.png"
    draw_picture("cat", 1, seed=4).save(path)
    return path


def test_the_graph_answers_without_keras_where_it_can(picture):
    events = []
    heat = KerasAnswers().explaining.explain(
        picture, default_run().folder, emit=events.append, token=CancelToken()
    )
    assert (heat.method, events) == (CLASS_ACTIVATION, [])


@pytest.mark.slow
def test_the_model_that_ships_can_be_looked_into_and_is_loaded_once(picture):
    answers, events = KerasAnswers().explaining, []
    for _ in range(2):
        inside = answers.look_inside(
            picture, default_run().folder, emit=events.append, token=CancelToken()
        )
    stages = [event.stage for event in events if isinstance(event, StageStarted)]
    assert stages.count(Stage.LOADING_MODEL) == 1
    first = next(each for each in inside.facts if each.kind == "Conv2D")
    unit = inside.unit(first.name, 10, 10, 0)
    assert float(inside.maps(first.name)[10, 10, 0]) == pytest.approx(unit.value, abs=1e-4)


@pytest.mark.slow
def test_the_window_shows_the_network_from_inside(home, picture, qtbot):
    window = MainWindow(home, ask=lambda *_: True)
    qtbot.addWidget(window)
    page, prediction = window.tabs.prediction_page, window.tabs.prediction
    prediction.classify([picture])
    qtbot.waitUntil(lambda: not window.jobs.running, timeout=20_000)
    page.panel.choose_look(Look.INSIDE)
    qtbot.waitUntil(lambda: "It sees" in page.inside._unit.text(), timeout=60_000)
    assert "Map 1, row" in page.inside._unit.text()
    window.close()
