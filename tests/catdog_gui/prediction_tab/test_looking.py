"""What lies behind a verdict: asked when it is looked at, once, and of the right run."""

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSlider

from catdog_gui.background import Jobs
from catdog_gui.prediction_tab.controls import PredictionState, controls_for
from catdog_gui.prediction_tab.explaining import BY_GRAPH, Explaining
from catdog_gui.prediction_tab.look import Look
from catdog_gui.prediction_tab.looking import Looking
from catdog_gui.prediction_tab.page import PredictionPage
from catdog_gui.prediction_tab.results_model import ResultsModel
from catdog_gui.prediction_tab.results_view import ResultsView
from catdog_gui.settings import Settings
from catdog_gui.widgets.thumbnail_view import ThumbnailView
from training.dataset.picture import Picture, Split, State
from training.errors import RunError
from training.events import Verdict
from training.home import Home
from training.inference.alike import Alike
from training.inference.heat import CLASS_ACTIVATION, HeatMap
from training.runs.lab_book import default_run

GREY = 128
LEGEND = "Orange speaks for a dog, blue for a cat. Method: class activation map."


class Sight:
    """A page with two pictures, and who explains them: the left half speaks for a dog."""

    def __init__(self, qtbot, tmp_path):
        self.qtbot = qtbot
        self.jobs = Jobs()
        self.asked = []
        self.error = None
        self.folder = tmp_path / "run"
        self.model = ResultsModel()
        self.page = PredictionPage()
        qtbot.addWidget(self.page)
        self.page.set_results(self.model)
        self.page.set_controls(controls_for(PredictionState(runs=1, pictures=2, read=2)))
        self.pictures = [tmp_path / f"{number}.png" for number in range(2)]
        for path in self.pictures:
            Image.new("RGB", (400, 400), (GREY, GREY, GREY)).save(path)
        self.page.resize(1000, 640)
        self.page.show()

    def start(self, explaining=None):
        self.looking = Looking(
            self.page,
            self.jobs,
            home=Home(self.folder.parent),
            settings=Settings(self.folder.parent / "settings.ini"),
            explaining=explaining or Explaining(self.explain),
            folder=lambda: self.folder,
        )

    def explain(self, picture, folder, *, emit, token):
        self.asked.append((picture.name, folder.name))
        if self.error:
            raise self.error
        return HeatMap(np.array([[1, 0, -1]], np.float32), CLASS_ACTIVATION)

    def read(self):
        self.model.add(self.pictures)
        for path in self.pictures:
            self.model.set_verdict(Verdict(str(path), "cat", 0.1, 0.9))

    def choose(self, look):
        self.page.panel.choose_look(look)
        self.wait()

    def wait(self):
        self.qtbot.waitUntil(lambda: not self.jobs.running)

    def texts(self):
        return {label.text() for label in self.page.findChildren(QLabel) if label.isVisible()}

    def colours(self):
        """Left, middle and right of the large picture, once it is there."""
        view = self.page.panel._picture
        image = view.grab().toImage()
        row = image.height() // 2
        return [
            image.pixelColor(int(image.width() * share), row).getRgb()[:3]
            for share in (0.1, 0.5, 0.9)
        ]


@pytest.fixture
def sight(qtbot, tmp_path):
    sight = Sight(qtbot, tmp_path)
    yield sight
    assert sight.jobs.cancel_all_and_wait(limit_ms=5000)


def test_why_paints_the_heat_map_over_the_picture_and_says_what_it_means(sight, qtbot):
    sight.start()
    sight.read()
    assert sight.asked == []
    qtbot.waitUntil(lambda: sight.colours()[1] == (GREY, GREY, GREY))
    sight.choose(Look.WHY)
    (left, middle, right) = sight.colours()
    assert left[0] > GREY > left[2]  # orange
    assert middle == pytest.approx((GREY, GREY, GREY), abs=12)
    assert right[2] > GREY > right[0]  # blue
    assert LEGEND in sight.texts()


def test_the_slider_says_how_much_of_the_picture_is_covered(sight, qtbot):
    sight.start()
    sight.read()
    qtbot.waitUntil(lambda: sight.colours()[1] == (GREY, GREY, GREY))
    sight.choose(Look.WHY)
    slider = next(each for each in sight.page.panel.findChildren(QSlider) if each.isVisible())
    strong = sight.colours()[0]
    qtbot.keyClick(slider, Qt.Key.Key_Home)
    assert sight.colours()[0] == (GREY, GREY, GREY)
    assert "0 %" in sight.texts()
    qtbot.keyClick(slider, Qt.Key.Key_End)
    assert sight.colours()[0][2] < strong[2]


def test_a_heat_map_is_asked_for_once_and_shown_again_at_once(sight):
    sight.start()
    sight.read()
    sight.choose(Look.WHY)
    sight.choose(Look.PICTURE)
    assert LEGEND not in sight.texts()
    sight.page.panel.choose_look(Look.WHY)
    assert LEGEND in sight.texts()
    assert sight.asked == [("0.png", "run")]


def test_another_picture_and_another_run_are_asked_anew(sight):
    sight.start()
    sight.read()
    sight.choose(Look.WHY)
    view = sight.page.findChild(ResultsView)
    view.setCurrentIndex(view.model().index(1, 0))
    sight.wait()
    sight.folder = sight.folder.with_name("other")
    sight.model.forget_verdicts()
    assert LEGEND not in sight.texts()
    sight.read()
    sight.wait()
    assert sight.asked == [("0.png", "run"), ("1.png", "run"), ("1.png", "other")]


def test_nothing_is_asked_of_a_picture_that_has_no_verdict(sight):
    sight.start()
    sight.model.add(sight.pictures)
    sight.choose(Look.WHY)
    sight.model.set_verdict(Verdict(str(sight.pictures[0]), None, None, None, "It is damaged."))
    sight.wait()
    assert sight.asked == []


def test_a_model_that_cannot_say_why_says_so_with_the_next_step(sight):
    sight.error = RunError("This model cannot say.", "Choose another model.")
    sight.start()
    sight.read()
    sight.choose(Look.WHY)
    assert "This model cannot say. Choose another model." in sight.texts()


def test_the_model_that_ships_says_why_by_its_graph_alone(sight):
    sight.folder = default_run().folder
    sight.start(BY_GRAPH)
    sight.read()
    sight.choose(Look.WHY)
    assert LEGEND in sight.texts()


def picture_of(path, label):
    return Picture(
        id=1,
        path=path,
        name=path.name,
        sha256="",
        size_bytes=1,
        width=400,
        height=400,
        label=label,
        number=None,
        split=Split.TRAIN,
        state=State.USED,
        reason="",
    )


def test_similar_pictures_take_the_place_of_the_list_with_what_they_tell(sight, monkeypatch):
    asked = []

    def find(picture, folder, home, *, emit, token):
        asked.append((picture, folder, home.root))
        labels = ("dog", "cat", "dog")
        shown = [picture_of(sight.pictures[1], label) for label in labels]
        pictures = tuple(replace(one, id=number) for number, one in enumerate(shown))
        return Alike(pictures, (0.9, 0.8, 0.7), is_changed=True)

    monkeypatch.setattr("training.inference.alike.find_alike", find)
    sight.start()
    sight.read()
    sight.choose(Look.ALIKE)
    view = sight.page.alike
    cards = view.findChild(ThumbnailView)
    assert view.isVisible()
    assert [cards.tile(row).mark for row in range(cards.count())] == ["Dog", "Cat", "Dog"]
    assert asked == [(sight.pictures[0], sight.folder, sight.folder.parent)]
    assert (
        "By what this model looks at: 1 cat and 2 dogs. The likeness goes from 0.900 to 0.700; 1 "
        "is the same picture. The dataset has changed since this model learned from it."
    ) in sight.texts()
    view.closed.emit()
    assert sight.page.panel.look is Look.PICTURE
    assert cards.count() == 0


def test_without_the_training_pictures_a_sentence_says_what_to_do(sight):
    sight.folder = default_run().folder
    sight.start()
    sight.read()
    sight.choose(Look.ALIKE)
    assert sight.page.alike.words().endswith(
        "are not here. Import them under that name, or choose a model that was trained here."
    )


def test_a_page_offers_the_looks_that_it_is_given(qtbot):
    page = PredictionPage(looks=(Look.PICTURE, Look.WHY))
    qtbot.addWidget(page)
    words = {button.text() for button in page.panel.findChildren(type(_toggle(page)))}
    assert {"Picture", "Why"} <= words
    assert not {"Inside", "Alike"} & words


def _toggle(page):
    return page.panel._looks._segments.button(0)
