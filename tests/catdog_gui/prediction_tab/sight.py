"""A page on a drawn cat, looked at from inside."""

import re

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QListWidget

from catdog_gui.background import Jobs
from catdog_gui.prediction_tab.controls import PredictionState, controls_for
from catdog_gui.prediction_tab.explaining import BY_GRAPH, Explaining
from catdog_gui.prediction_tab.look import Look
from catdog_gui.prediction_tab.looking import Looking
from catdog_gui.prediction_tab.map_picture import MapPicture
from catdog_gui.prediction_tab.maps_view import MapsView
from catdog_gui.prediction_tab.page import PredictionPage
from catdog_gui.prediction_tab.results_model import ResultsModel
from catdog_gui.settings import Settings
from training.dataset.decode import load_pixels
from training.dataset.sample import draw_picture
from training.events import Verdict
from training.home import Home
from training.learning.inside import Inside

SIDE = 64


class Sight:
    """A page on a drawn cat, with a small network to look into."""

    def __init__(self, qtbot, tmp_path, network):
        self.qtbot = qtbot
        self.network = network
        self.error = None
        self.jobs = Jobs()
        self.settings = Settings(tmp_path / "settings.ini")
        self.page = PredictionPage()
        qtbot.addWidget(self.page)
        model = ResultsModel()
        self.page.set_results(model)
        self.page.set_controls(controls_for(PredictionState(runs=1, pictures=1, read=1)))
        self.page.resize(1024, 640)
        self.page.show()
        self.looking = Looking(
            self.page,
            self.jobs,
            home=Home(tmp_path),
            settings=self.settings,
            explaining=Explaining(BY_GRAPH.explain, self.look_inside),
            folder=lambda: tmp_path,
        )
        self.picture = tmp_path / "cat.png"
        draw_picture("cat", 1, seed=4).save(self.picture)
        model.add([self.picture])
        model.set_verdict(Verdict(str(self.picture), "cat", 0.1, 0.9))

    def look_inside(self, picture, folder, *, emit, token):
        if self.error:
            raise self.error
        return Inside(self.network, load_pixels(picture, SIDE))

    def open(self):
        self.page.panel.choose_look(Look.INSIDE)
        self.wait()

    def wait(self):
        self.qtbot.waitUntil(lambda: not self.jobs.running)

    @property
    def names(self):
        """The layers of the list."""
        layers = self.page.inside.findChild(QListWidget)
        return [layers.item(row).toolTip() for row in range(layers.count())]

    def choose(self, name):
        self.page.inside.findChild(QListWidget).setCurrentRow(self.names.index(name))
        self.wait()

    def click(self, channel, row, column):
        """Choose a map, then a place of it, as the mouse does."""
        self.page.inside.findChild(MapsView).choose(channel)
        self.click_place(row, column)

    def click_place(self, row, column):
        """Choose a place of the large map or sheet, as the mouse does."""
        picture = self.page.inside.findChild(MapPicture)
        area = picture._area(picture._image)
        x = area.left() + (column + 0.5) / picture._image.width() * area.width()
        y = area.top() + (row + 0.5) / picture._image.height() * area.height()
        self.qtbot.mouseClick(picture, Qt.MouseButton.LeftButton, pos=QPoint(int(x), int(y)))
        self.wait()

    @property
    def told(self):
        """What is told of the number."""
        return self.page.inside._unit.text()

    @property
    def plain(self):
        document = QTextDocument()
        document.setHtml(self.told)
        return document.toPlainText()

    @property
    def tables(self):
        """The tables of numbers, in their order."""
        tables = re.findall(r'<table border="1".*?</table>', self.told)
        return [
            np.array(
                [
                    [float(number) for number in re.findall(r">(-?[\d.]+)<", row)]
                    for row in re.findall(r"<tr>(.*?)</tr>", table)
                ]
            )
            for table in tables
        ]
