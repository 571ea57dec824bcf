"""The Training tab as a view: it only shows, and only says what the user wants."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from catdog_gui import theme
from catdog_gui.model_adding.view import AddingView
from catdog_gui.training_tab import dialogs, words
from catdog_gui.training_tab.augmentation_view import AugmentationView
from catdog_gui.training_tab.coach_line import CoachLine
from catdog_gui.training_tab.comparison_window import ComparisonWindow
from catdog_gui.training_tab.controls import Body, Controls
from catdog_gui.training_tab.header import Header
from catdog_gui.training_tab.invitation import Invitation
from catdog_gui.training_tab.lab_book import LabBook
from catdog_gui.training_tab.lab_book_jobs import ComparedRuns
from catdog_gui.training_tab.network_view import NetworkView
from catdog_gui.training_tab.preset_cards import PresetCards
from catdog_gui.training_tab.progress_line import ProgressLine
from catdog_gui.training_tab.rate_view import RateView
from catdog_gui.training_tab.settings_form import SettingsForm
from catdog_gui.training_tab.text_view import TextView
from catdog_gui.training_tab.views import Views
from catdog_gui.widgets.banner import Banner
from catdog_gui.widgets.control_column import build_control_column
from catdog_gui.widgets.history_plot import HistoryPlot
from catdog_gui.widgets.model_card import show_model_card
from training.config import TrainingConfig
from training.dataset.picture import DatasetInfo
from training.events import NetworkBuilt
from training.learning.presets import PRESETS, taken_settings
from training.rate import Reading
from training.runs.coach import Advice
from training.runs.lab_book import RunInfo
from training.runs.run_folder import FINISHED
from training.runs.trash import Trashed

_UPPER_SHARE, _LOWER_SHARE = 3, 1
_OF_THE_LAB_BOOK = (
    *("run_chosen", "resume_requested", "more_epochs_requested", "repeat_requested"),
    *("share_requested", "export_requested", "event_file_requested", "card_requested"),
    *("judge_requested", "compare_requested", "delete_requested", "restore_requested"),
    *("add_requested", "star_requested", "title_given", "notes_given"),
)


class TrainingPage(QWidget):
    """Header, banner, presets and settings, curves or network, progress, coach, lab book.

    Attributes:
        adding: Asks about a model that is added, in the place of all but header and banner.

    Signals:
        dataset_chosen: The user chose the dataset in that row of the list.
        dataset_needed: The user wants to go and bring or split pictures.
        preset_chosen: The key of the preset that the user chose.
        values_changed: The user changed a value of the form.
        reset_requested: The user wants the preset's own values back.
        train_requested, pause_requested, finish_requested, discard_requested: The user wants to
            start, to end until it is resumed, to end with the best epoch, to end and delete.
        network_requested: The user wants to see the network of the chosen preset.
        rate_requested: The user wants a learning rate to be found.
        run_chosen: The name of the run that the user wants to look at.
        resume_requested, more_epochs_requested, repeat_requested, share_requested,
            export_requested, event_file_requested, card_requested, judge_requested,
            compare_requested, delete_requested, restore_requested, add_requested, star_requested,
            title_given, notes_given: What the user wants of the lab book; see `LabBook`.
        banner_closed: The user closed the banner's message, which this string is.
    """

    dataset_chosen = Signal(int)
    dataset_needed = Signal()
    preset_chosen = Signal(str)
    values_changed = Signal()
    reset_requested = Signal()
    train_requested = Signal()
    pause_requested = Signal()
    finish_requested = Signal()
    discard_requested = Signal()
    network_requested = Signal()
    rate_requested = Signal()
    run_chosen = Signal(str)
    resume_requested = Signal(str)
    repeat_requested = Signal(str)
    share_requested = Signal(str)
    export_requested = Signal(str)
    event_file_requested = Signal(str)
    card_requested = Signal(str)
    judge_requested = Signal(str)
    more_epochs_requested = Signal(str)
    compare_requested = Signal(object)
    delete_requested = Signal(object)
    restore_requested = Signal(str)
    add_requested = Signal()
    star_requested = Signal(str)
    title_given = Signal(str, str)
    notes_given = Signal(str, str)
    banner_closed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.banner = Banner()
        self.plot = HistoryPlot()
        self._header = Header()
        self._invitation = Invitation()
        self._cards = PresetCards(tuple(PRESETS.values()))
        self._settings = SettingsForm()
        self._network = NetworkView()
        self.augmentation = AugmentationView()
        self.rates = RateView()
        self.text = TextView()
        self._views = Views(
            (
                ("Curves", self.plot),
                ("Network", self._network),
                ("Augmentation", self.augmentation),
                ("Learning rate", self.rates),
                ("As text", self.text),
            )
        )
        self.progress = ProgressLine()
        self._coach = CoachLine()
        self._lab_book = LabBook()
        self._body = QStackedWidget()
        self.adding = AddingView(self._body, takes_drops=True)
        self._lay_out()
        self._connect()

    def set_datasets(self, infos: Sequence[DatasetInfo], chosen: int) -> None:
        """Offer datasets; `chosen` is the row that is marked."""
        self._header.set_datasets([words.dataset_words(info) for info in infos], chosen)

    def set_preset(self, key: str, values: TrainingConfig) -> None:
        """Mark a preset and fill the form."""
        self._cards.choose(key)
        self._settings.set_values(values, taken_settings(PRESETS[key]))

    def values(self) -> TrainingConfig:
        """What the form says."""
        return self._settings.values()

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Say below each field what is wrong with it, and the first beside Train."""
        self._settings.show_problems(problems)
        self._header.show_problem(next(iter(problems.values()), ""))

    def set_controls(self, controls: Controls) -> None:
        """Switch what is shown and what is live."""
        self._body.setCurrentIndex(list(Body).index(controls.body))
        self._header.set_controls(controls)
        self.progress.set_controls(controls)
        self._cards.setEnabled(controls.can_change)
        self._settings.set_live(can_change=controls.can_change, can_find=controls.can_train)
        self.rates.set_live(can_find=controls.can_train, can_change=controls.can_change)
        self.text.set_can_change(can_change=controls.can_change)
        self._lab_book.set_can_work(controls.can_work_on_runs)

    def set_runs(self, runs: Sequence[RunInfo], chosen: str) -> None:
        """Fill the lab book."""
        self._lab_book.set_runs(runs, chosen)
        self._settings.set_sources([info.run for info in runs if info.state == FINISHED])

    def set_trash(self, trashed: Sequence[Trashed]) -> None:
        """Offer the deleted runs, to be restored; deleted last first."""
        self._lab_book.set_trash(trashed)

    def show_run(self, info: RunInfo) -> None:
        """Show how far a run of the lab book is by now."""
        self._lab_book.show_run(info)

    def show_curves(self) -> None:
        """Bring the curves to the front."""
        self._views.show_view(self.plot)

    def show_network_loading(self) -> None:
        """The network is being built."""
        self._network.show_loading()

    def show_network_invitation(self) -> None:
        """No network is built for what the form says now."""
        self._network.show_invitation()

    def show_network(self, network: NetworkBuilt) -> None:
        """Show what a network is made of."""
        self._network.show_network(network)

    def show_progress(self, line: str, reading: Reading | None) -> None:
        """Say where the training stands; without a reading the bar is busy."""
        self.progress.show_progress(line, reading)

    def show_advice(self, advice: Advice | None) -> None:
        """Say what the coach says of the run that is shown; None for nothing."""
        self._coach.show_advice(advice)

    def show_card(self, card: str) -> None:
        """Show a model card, in Markdown."""
        show_model_card(self, card)

    def show_comparison(self, compared: ComparedRuns) -> None:
        """Show runs side by side, in a window beside this one."""
        ComparisonWindow(compared, self.window()).show()

    def ask_to_discard(self, epochs: int) -> bool:
        """Ask before much learning is discarded."""
        question, meaning = words.discard_question(epochs)
        return dialogs.ask(self.window(), question, meaning=meaning, yes="Discard")

    def ask_for_epochs(self, info: RunInfo) -> int | None:
        """Let the user say to which epoch a run is to learn; None for not at all."""
        return dialogs.ask_for_epochs(self.window(), info)

    def ask_for_h5(self, folder: Path, name: str) -> Path | None:
        """Let the user choose where a model is written."""
        return dialogs.ask_for_h5(self.window(), folder, name)

    def ask_for_shared_file(self, folder: Path, name: str) -> Path | None:
        """Let the user choose where a run is written as one file."""
        return dialogs.ask_for_shared_file(self.window(), folder, name)

    def ask_for_event_folder(self, folder: Path) -> Path | None:
        """Let the user choose where curves for TensorBoard are written."""
        return dialogs.ask_for_event_folder(self.window(), folder)

    def _on_settings_file_requested(self) -> None:
        path = dialogs.ask_for_weights(self.window(), self._settings.values().weights_file)
        if path is not None:
            self._settings.set_value("weights_file", str(path))

    def _on_settings_rate_requested(self) -> None:
        self._views.show_view(self.rates)
        self.rate_requested.emit()

    def _lay_out(self) -> None:
        self._body.addWidget(self._invitation)
        self._body.addWidget(self._training_body())
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.SPACE_16] * 4)
        column.setSpacing(theme.SPACE_12)
        column.addWidget(self._header)
        column.addWidget(self.banner)
        column.addWidget(self.adding, 1)

    def _training_body(self) -> QWidget:
        upper = QWidget()
        row = QHBoxLayout(upper)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_16)
        row.addWidget(build_control_column(self._cards, self._settings))
        row.addWidget(self._content(), 1)
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.setChildrenCollapsible(False)
        halves.addWidget(upper)
        halves.addWidget(self._lab_book)
        halves.setStretchFactor(0, _UPPER_SHARE)
        halves.setStretchFactor(1, _LOWER_SHARE)
        halves.setSizes([1000 * _UPPER_SHARE, 1000 * _LOWER_SHARE])  # else the hints decide
        return halves

    def _content(self) -> QWidget:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_8)
        column.addWidget(self._views, 1)
        column.addWidget(self.progress)
        column.addWidget(self._coach)
        return content

    def _connect(self) -> None:
        header, book = self._header, self._lab_book
        header.dataset_chosen.connect(self.dataset_chosen)
        header.split_requested.connect(self.dataset_needed)
        header.train_requested.connect(self.train_requested)
        self._invitation.dataset_needed.connect(self.dataset_needed)
        self._cards.chosen.connect(self.preset_chosen)
        self._settings.changed.connect(self.values_changed)
        self._settings.reset_requested.connect(self.reset_requested)
        self._settings.file_requested.connect(self._on_settings_file_requested)
        self._settings.rate_requested.connect(self._on_settings_rate_requested)
        self._settings.preview_requested.connect(lambda: self._views.show_view(self.augmentation))
        self._network.network_requested.connect(self.network_requested)
        self.rates.find_requested.connect(self.rate_requested)
        self.rates.rate_chosen.connect(partial(self._settings.set_value, "learning_rate"))
        self.progress.pause_requested.connect(self.pause_requested)
        self.progress.finish_requested.connect(self.finish_requested)
        self.progress.discard_requested.connect(self.discard_requested)
        for name in _OF_THE_LAB_BOOK:
            getattr(book, name).connect(getattr(self, name))
        self.banner.closed.connect(self.banner_closed)
