"""The Viewer's window: pictures and their verdicts, by a model that somebody trained."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from catdog_gui.about import ABOUT_VIEWER
from catdog_gui.actions import VIEWER_MENUS
from catdog_gui.background import BackgroundJob
from catdog_gui.closing import Ask, ask_to_close
from catdog_gui.guide.pages import VIEWER_PAGES
from catdog_gui.guide.places import Place
from catdog_gui.prediction_tab.controller import PredictionController
from catdog_gui.prediction_tab.detail_panel import DetailPanel
from catdog_gui.prediction_tab.first_model import ADD_ONE
from catdog_gui.prediction_tab.look import Look
from catdog_gui.prediction_tab.page import PredictionPage
from catdog_gui.program import Program
from catdog_gui.program_window import ProgramWindow
from catdog_gui.widgets.banner import Banner
from training.home import Home, find_home

VIEWER = Program(
    key="catdog-viewer",
    title="CatDog Viewer",
    icon="viewer",
    without_screen="Open it where there is one, or set QT_QPA_PLATFORM.",
)
SETTINGS_FILE = "viewer.ini"

_SIZE_PX = (1000, 680)
_LEAST_SIZE_PX = (820, 560)


class ViewerWindow(ProgramWindow):
    """The Viewer's only window.

    Args:
        home: Where models are added; unless given, see `find_home`.
        ask: Whether to close while jobs are running; tests give their own answer.
    """

    guide_pages = VIEWER_PAGES
    help_places = (
        Place(DetailPanel, "why", needs_keyboard=True),
        Place(PredictionPage, "verdicts"),
    )

    def __init__(self, home: Home | None = None, *, ask: Ask | None = None) -> None:
        home = home or find_home()
        super().__init__(
            home,
            settings_file=home.root / SETTINGS_FILE,
            about=ABOUT_VIEWER,
            ask=ask or partial(ask_to_close, can_train=False),
        )
        self.page = PredictionPage(
            looks=(Look.PICTURE, Look.WHY), takes_strangers=False, can_judge=False
        )
        self.prediction = PredictionController(
            self.page,
            home=home,
            jobs=self.jobs,
            settings=self.settings,
            first_model=ADD_ONE,
            parent=self,
        )
        self.prediction.run_needed.connect(self.prediction.models.adding.ask)
        self.setWindowTitle(VIEWER.title)
        self.setMinimumSize(*_LEAST_SIZE_PX)
        self.setCentralWidget(self.page)
        self.add_menus(
            VIEWER_MENUS,
            {
                "prediction.open": self.prediction.bringing.ask_for_pictures,
                "prediction.add_model": self.prediction.models.adding.ask,
            },
        )
        self.add_status_bar(BackgroundJob.cancel)
        self.recall(_SIZE_PX)

    def current_banner(self) -> Banner:
        """The page's banner."""
        return self.page.banner

    def open_files(self, paths: Sequence[Path]) -> None:
        """Add a model that is among files, and classify the others and the pictures in folders."""
        self.prediction.open(paths)
