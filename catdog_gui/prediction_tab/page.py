"""The Prediction tab as a view: it only shows, and only says what the user wants."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from catdog_gui import theme
from catdog_gui.model_adding.view import AddingView
from catdog_gui.prediction_tab import dialogs
from catdog_gui.prediction_tab.alike_view import AlikeView
from catdog_gui.prediction_tab.controls import Body, Controls
from catdog_gui.prediction_tab.detail_panel import DetailPanel
from catdog_gui.prediction_tab.first_model import FirstModel
from catdog_gui.prediction_tab.header import Header
from catdog_gui.prediction_tab.inside_view import InsideView
from catdog_gui.prediction_tab.invitation import Invitation
from catdog_gui.prediction_tab.look import Look
from catdog_gui.prediction_tab.results_body import ResultsBody
from catdog_gui.prediction_tab.results_model import ResultsModel
from catdog_gui.prediction_tab.watch_line import WatchLine
from catdog_gui.widgets.banner import Banner
from catdog_gui.widgets.image_drop import Dropped, ImageDrop, pictures_in
from catdog_gui.widgets.job_progress import JobProgress
from catdog_gui.widgets.model_card import show_model_card
from catdog_gui.widgets.thumbnail_loader import ThumbnailLoader
from training.progress import StageState

_THUMBNAIL_PX = 192
_PREVIEW_PX = 640
_PROGRESS_AFTER_MS = 300  # a single picture is read before that: a bar would only flicker


class PredictionPage(QWidget):
    """Header, banner, and below them an invitation or the pictures with their verdicts.

    Args:
        looks: The ways to look at a picture that are offered.
        can_judge: Whether a run can be judged in this program.
        takes_strangers: Whether models can be added that another program saved.

    Signals:
        run_chosen: The user chose the run in that row.
        card_requested: The user wants to read the chosen run's model card.
        judge_requested: The user wants to know how good the chosen run is.
        threshold_chosen: The user moved the threshold to this.
        open_requested, folder_requested, paste_requested: The user wants to choose pictures, to
            choose a folder, to take what is on the clipboard.
        pictures_dropped: The user dropped a `Dropped`.
        result_shown: The `Result` that is looked at, whenever it changes; None where there is none.
        address_dropped: The user dropped a web address, and no picture.
        watch_requested, unwatch_requested: The user wants a folder watched, or no longer.
        clear_requested, save_requested: The user wants an empty list, or the list as a file.
        sort_requested: The user wants the pictures in folders by verdict: True for links.
        submission_requested: The user wants to write a file for Kaggle, where that is offered.
        copy_requested: The user wants these `Result`s, a tuple, on the clipboard.
        reveal_requested: The user wants to see where the picture of that path lies.
        add_model_requested: The user wants to add a model that somebody gave them.
        first_model_requested: The user wants to go where a first model comes from.
        cancel_requested: The user wants to end the running job.
        banner_action_requested: The user wants the next step that the banner offers.
    """

    run_chosen = Signal(int)
    card_requested = Signal()
    judge_requested = Signal()
    threshold_chosen = Signal(float)
    open_requested = Signal()
    folder_requested = Signal()
    paste_requested = Signal()
    pictures_dropped = Signal(object)
    result_shown = Signal(object)
    address_dropped = Signal()
    watch_requested = Signal()
    unwatch_requested = Signal()
    clear_requested = Signal()
    save_requested = Signal()
    sort_requested = Signal(bool)
    submission_requested = Signal()
    copy_requested = Signal(object)
    reveal_requested = Signal(object)
    add_model_requested = Signal()
    first_model_requested = Signal()
    cancel_requested = Signal()
    banner_action_requested = Signal()

    def __init__(
        self,
        looks: Sequence[Look] = tuple(Look),
        *,
        can_judge: bool = True,
        takes_strangers: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._header = Header(can_judge=can_judge)
        self._banner = Banner()
        self._drop = ImageDrop(takes_addresses=True)
        self._adding = AddingView(self._drop, takes_strangers=takes_strangers)
        self._invitation = Invitation()
        self._thumbnails = ThumbnailLoader(_THUMBNAIL_PX, self)
        self._previews = ThumbnailLoader(_PREVIEW_PX, self)
        self._panel = DetailPanel(self._previews.pixmap, looks)
        self._results = ResultsBody(self._thumbnails.pixmap, self._panel)
        self._body = QStackedWidget()
        self._middle = QStackedWidget()
        self._summary = QLabel()
        self._watch_line = WatchLine()
        self._progress = JobProgress()
        self._progress_timer = QTimer(self, singleShot=True, interval=_PROGRESS_AFTER_MS)
        self._state: tuple[str, StageState] | None = None
        self._lay_out()
        self._connect()

    @property
    def banner(self) -> Banner:
        """Where the tab's messages go."""
        return self._banner

    @property
    def panel(self) -> DetailPanel:
        """The picture that is looked at."""
        return self._panel

    @property
    def inside(self) -> InsideView:
        """The network from inside, which takes the place of the list for that look."""
        return self._results.inside

    @property
    def alike(self) -> AlikeView:
        """The most similar training pictures, likewise."""
        return self._results.alike

    @property
    def adding(self) -> AddingView:
        """What asks about a model that is added, in the place of the pictures."""
        return self._adding

    def set_runs(self, words: Sequence[str], chosen: int) -> None:
        """Offer runs; see `Header.set_runs`."""
        self._header.set_runs(words, chosen)

    def set_threshold(self, threshold: float) -> None:
        """Show a threshold, without telling."""
        self._header.threshold.set_threshold(threshold)

    def set_model_words(self, words: str) -> None:
        """Say what the threshold costs, and what the model cannot say."""
        self._header.threshold.set_words(words)

    def show_card(self, card: str) -> None:
        """Show a model card, in Markdown."""
        show_model_card(self, card)

    def set_first_model(self, words: FirstModel) -> None:
        """Say how a person comes to a first model."""
        self._invitation.set_first_model(words)

    def set_results(self, model: ResultsModel) -> None:
        """Show the pictures of a model, from now on."""
        self._results.area.show_results(model)

    def offer_submission(self, form: QWidget) -> None:
        """Offer a form for Kaggle in the menu; it takes the place of the pictures."""
        self._middle.addWidget(form)
        self._header.submission_action.setVisible(True)

    def show_submission(self, *, is_shown: bool) -> None:
        """Show the form that `offer_submission` was given, or the pictures."""
        self._middle.setCurrentIndex(int(is_shown))

    def set_controls(self, controls: Controls) -> None:
        """Show what the tab's state calls for."""
        self._header.set_controls(controls)
        self._invitation.set_body(controls.body)
        has_results = controls.body is Body.RESULTS
        self._body.setCurrentIndex(int(has_results))
        self._drop.set_inviting(not has_results)

    def set_summary(self, words: str) -> None:
        """Say what became of the pictures, in one line."""
        self._summary.setText(words)
        self._summary.setVisible(bool(words))

    def summary(self) -> str:
        """What is said of the pictures, in one line."""
        return self._summary.text()

    def set_watched(self, folder: Path | None) -> None:
        """Say which folder is watched; None for none."""
        self._watch_line.show_folder(folder)

    def show_progress(self, title: str, state: StageState) -> None:
        """Show where the job stands, once it has run long enough to be worth a bar."""
        self._state = (title, state)
        if not self._progress.isHidden():
            self._progress.show_state(title, state)
        elif not self._progress_timer.isActive():
            self._progress_timer.start()

    def show_stopping(self) -> None:
        """Show at once that the job is being stopped."""
        self._progress_timer.stop()
        self._progress.show_stopping()

    def clear_progress(self) -> None:
        """Nothing runs."""
        self._progress_timer.stop()
        self._progress.clear()

    def clipboard(self) -> Dropped | None:
        """The pictures on the clipboard; None where there are none."""
        return pictures_in(QGuiApplication.clipboard().mimeData())

    def set_clipboard(self, text: str) -> None:
        """Put a text on the clipboard."""
        QGuiApplication.clipboard().setText(text)

    def ask_for_pictures(self, folder: Path) -> list[Path]:
        """Let the user choose pictures; see `dialogs`."""
        return dialogs.ask_for_pictures(self, folder)

    def ask_for_folder(self, folder: Path) -> Path | None:
        """Let the user choose a folder; see `dialogs`."""
        return dialogs.ask_for_folder(self, folder)

    def ask_for_results_file(self, folder: Path) -> Path | None:
        """Let the user choose a file to write; see `dialogs`."""
        return dialogs.ask_for_results_file(self, folder)

    def ask_for_sorted_folder(self, folder: Path) -> Path | None:
        """Let the user choose where pictures are sorted into; see `dialogs`."""
        return dialogs.ask_for_sorted_folder(self, folder)

    def _on_progress_timer_timeout(self) -> None:
        if self._state is not None:
            self._progress.show_state(*self._state)

    def _on_thumbnails_loaded(self, _path: Path) -> None:
        self._results.area.refresh_thumbnails()

    def _on_previews_loaded(self, _path: Path) -> None:
        self._panel.refresh_picture()

    def _lay_out(self) -> None:
        self._body.addWidget(self._invitation)
        self._body.addWidget(self._results)
        inside = QVBoxLayout(self._drop)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self._body)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.SPACE_16] * 4)
        column.setSpacing(theme.SPACE_12)
        column.addWidget(self._header)
        column.addWidget(self._banner)
        self._middle.addWidget(self._adding)
        column.addWidget(self._middle, stretch=1)
        column.addWidget(self._summary)
        column.addWidget(self._watch_line)
        column.addWidget(self._progress)

    def _connect(self) -> None:
        self._header.run_chosen.connect(self.run_chosen)
        self._header.card_requested.connect(self.card_requested)
        self._header.judge_requested.connect(self.judge_requested)
        self._header.threshold_chosen.connect(self.threshold_chosen)
        self._header.open_requested.connect(self.open_requested)
        self._header.folder_requested.connect(self.folder_requested)
        self._header.paste_requested.connect(self.paste_requested)
        self._header.clear_requested.connect(self.clear_requested)
        self._header.save_requested.connect(self.save_requested)
        self._header.sort_requested.connect(self.sort_requested)
        self._header.submission_requested.connect(self.submission_requested)
        self._header.add_model_requested.connect(self.add_model_requested)
        self._invitation.open_requested.connect(self.open_requested)
        self._invitation.first_model_requested.connect(self.first_model_requested)
        self._drop.pictures_dropped.connect(self.pictures_dropped)
        self._drop.address_dropped.connect(self.address_dropped)
        self._header.watch_requested.connect(self.watch_requested)
        self._watch_line.stop_requested.connect(self.unwatch_requested)
        area = self._results.area
        area.result_shown.connect(self.result_shown)
        area.copy_requested.connect(self.copy_requested)
        area.reveal_requested.connect(self.reveal_requested)
        self._thumbnails.loaded.connect(self._on_thumbnails_loaded)
        self._previews.loaded.connect(self._on_previews_loaded)
        self._progress.cancel_requested.connect(self.cancel_requested)
        self._progress_timer.timeout.connect(self._on_progress_timer_timeout)
        self._banner.action_requested.connect(self.banner_action_requested)
