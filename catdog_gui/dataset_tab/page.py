"""The Dataset tab as a view: it only shows, and only says what the user wants."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from catdog_gui import theme
from catdog_gui.dataset_tab import dialogs
from catdog_gui.dataset_tab.controls import Body, Controls
from catdog_gui.dataset_tab.destination_bar import DestinationBar
from catdog_gui.dataset_tab.folder_form import FolderForm
from catdog_gui.dataset_tab.found import Found
from catdog_gui.dataset_tab.gallery import Gallery
from catdog_gui.dataset_tab.header import Header
from catdog_gui.dataset_tab.invitation import Invitation
from catdog_gui.dataset_tab.kaggle_panel import KagglePanel
from catdog_gui.dataset_tab.picture_filter import Problem
from catdog_gui.dataset_tab.problems_list import ProblemsList
from catdog_gui.dataset_tab.split_form import SplitForm
from catdog_gui.dataset_tab.summary import Summary
from catdog_gui.dataset_tab.words import addition_words, dataset_words, delete_question, is_split
from catdog_gui.widgets.banner import Banner
from catdog_gui.widgets.control_column import build_control_column
from catdog_gui.widgets.image_drop import ImageDrop
from catdog_gui.widgets.job_progress import JobProgress
from training.config import SplitConfig
from training.dataset.finding import FindingKind
from training.dataset.picture import DatasetInfo
from training.progress import StageState

_PROGRESS_AFTER_MS = 300  # a split takes less: a bar would only flicker


class DatasetPage(QWidget):
    """Header, banner, progress, and below them an invitation, the Kaggle panel or a dataset.

    Signals:
        dataset_chosen: The user chose the dataset of that name.
        kaggle_requested, import_zip_requested, import_folder_requested, sample_requested: The user
            wants to bring pictures from Kaggle, out of a zip, out of a folder, or have them drawn.
        add_zip_requested, add_folder_requested: The user wants to bring some to the dataset.
        new_dataset_chosen, addition_chosen: Where what was dropped goes; see `ask_where`.
        dropped: The user dropped a `Dropped` anywhere on the page.
        check_requested: The user wants to know what is wrong with the dataset.
        delete_requested: The user wants to delete the dataset.
        split_requested: The user wants the dataset split as a `SplitConfig` says.
        leave_copies_out_requested: The user wants no leaks.
        export_table_requested, export_folders_requested, import_table_requested: See `SplitForm`.
        cancel_requested: The user wants to end the running job.
        banner_action_requested: The user wants the next step that the banner offers.
    """

    dataset_chosen = Signal(str)
    kaggle_requested = Signal()
    import_zip_requested = Signal()
    import_folder_requested = Signal()
    sample_requested = Signal()
    add_zip_requested = Signal()
    add_folder_requested = Signal()
    new_dataset_chosen = Signal()
    addition_chosen = Signal()
    dropped = Signal(object)
    check_requested = Signal()
    delete_requested = Signal()
    split_requested = Signal(object)
    leave_copies_out_requested = Signal()
    export_table_requested = Signal()
    export_folders_requested = Signal()
    import_table_requested = Signal()
    cancel_requested = Signal()
    banner_action_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: list[str] = []
        self._header = Header()
        self._banner = Banner()
        self._progress = JobProgress()
        self._drop = ImageDrop()
        self._invitation = Invitation()
        self._kaggle = KagglePanel()
        self._folders = FolderForm()
        self._destination = DestinationBar()
        self._summary = Summary()
        self._problems = ProblemsList()
        self._split_form = SplitForm()
        self._gallery = Gallery(self._drop)
        self._body = QStackedWidget()
        self._progress_timer = QTimer(self, singleShot=True, interval=_PROGRESS_AFTER_MS)
        self._state: tuple[str, StageState] | None = None
        self._lay_out()
        self._connect()

    @property
    def banner(self) -> Banner:
        """Where the tab's messages go."""
        return self._banner

    @property
    def kaggle(self) -> KagglePanel:
        """The panel for Kaggle's pictures."""
        return self._kaggle

    @property
    def folders(self) -> FolderForm:
        """Where it is said what folders show."""
        return self._folders

    @property
    def problems(self) -> ProblemsList:
        """What is wrong with the dataset."""
        return self._problems

    @property
    def gallery(self) -> Gallery:
        """The pictures, and what puts them right."""
        return self._gallery

    def set_datasets(self, infos: Sequence[DatasetInfo], chosen: str) -> None:
        """Offer datasets, of which one is chosen."""
        self._names = [info.name for info in infos]
        row = self._names.index(chosen) if chosen in self._names else 0
        self._header.set_datasets([dataset_words(info) for info in infos], row)
        self._header.set_addition(addition_words(chosen))

    def set_controls(self, controls: Controls) -> None:
        """Show what the tab's state calls for."""
        self._header.set_controls(controls)
        self._invitation.set_controls(controls)
        self._summary.set_controls(controls)
        self._problems.set_controls(controls)
        self._gallery.set_changeable(controls.can_put_right)
        self._split_form.set_controls(controls)
        self._body.setCurrentIndex(list(Body).index(controls.body))
        self._drop.set_inviting(controls.body is Body.INVITATION)

    def set_split_config(self, config: SplitConfig) -> None:
        """Fill the split form."""
        self._split_form.set_config(config)

    def show_info(self, info: DatasetInfo) -> None:
        """Show a dataset's figures."""
        self._summary.show_info(info)
        self._problems.show_info(info)
        self._gallery.set_split(is_split(info))

    def show_found(self, found: Found) -> None:
        """Show what checks found in it; pictures that are in sight stay there."""
        self._problems.show_found(found)
        self._gallery.set_found(found)

    def show_problem(self, problem: Problem | FindingKind) -> None:
        """Show the pictures with a problem, or of which that was found."""
        self._gallery.show_problem(problem)

    def show_invitation(self) -> None:
        """Lead the user to the first of the ways to bring pictures."""
        self._invitation.kaggle_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_split_form(self) -> None:
        """Lead the user to the split form."""
        self._split_form.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget_thumbnails(self) -> None:
        """The files may be others by now."""
        self._gallery.forget_thumbnails()

    def show_progress(self, title: str, state: StageState) -> None:
        """Show where the job stands, once it has run long enough to be worth a bar."""
        self._state = (title, state)
        if not self._progress.isHidden():
            self._progress.show_state(title, state)
        elif not self._progress_timer.isActive():
            self._progress_timer.start()

    def show_stopping(self, waits_for: str) -> None:
        """Show at once that the job is being stopped; see `JobProgress.show_stopping`."""
        self._progress_timer.stop()
        self._progress.show_stopping(waits_for)

    def clear_progress(self) -> None:
        """Nothing runs."""
        self._progress_timer.stop()
        self._progress.clear()

    def ask_where(self, question: str, addition: str) -> None:
        """Ask whether dropped pictures are a dataset of their own; see `DestinationBar`."""
        self._destination.ask(question, addition)

    def ask_for_zip(self, folder: str) -> Path | None:
        """Let the user choose a zip; see `dialogs`."""
        return dialogs.ask_for_zip(self, folder)

    def ask_for_folder(self, folder: str) -> Path | None:
        """Let the user choose a folder; see `dialogs`."""
        return dialogs.ask_for_folder(self, folder)

    def ask_for_table(self, folder: str) -> Path | None:
        """Let the user choose a table of a split; see `dialogs`."""
        return dialogs.ask_for_table(self, folder)

    def ask_where_to_export(self, proposed: str, *, as_table: bool) -> Path | None:
        """Let the user say where a split is to be written; see `dialogs`."""
        return dialogs.ask_where_to_export(self, proposed, as_table=as_table)

    def ask_to_delete(self, info: DatasetInfo) -> bool:
        """Ask before a dataset is deleted; see `dialogs`."""
        return dialogs.ask_to_delete(self, *delete_question(info))

    def _on_header_dataset_chosen(self, row: int) -> None:
        if row < len(self._names):
            self.dataset_chosen.emit(self._names[row])

    def _on_progress_timer_timeout(self) -> None:
        if self._state is not None:
            self._progress.show_state(*self._state)

    def _on_split_form_split_requested(self) -> None:
        self.split_requested.emit(self._split_form.config())

    def _lay_out(self) -> None:
        places = {
            Body.BLANK: QWidget(),
            Body.INVITATION: self._invitation,
            Body.FOLDERS: self._folders,
            Body.KAGGLE: self._kaggle,
        }
        for body in Body:
            self._body.addWidget(places.get(body) or self._dataset_body())
        inside = QVBoxLayout(self._drop)
        inside.setContentsMargins(*[theme.SPACE_16] * 4)
        inside.setSpacing(theme.SPACE_12)
        inside.addWidget(self._header)
        inside.addWidget(self._banner)
        inside.addWidget(self._destination)
        inside.addWidget(self._progress)
        inside.addWidget(self._body, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._drop)

    def _dataset_body(self) -> QWidget:
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_16)
        row.addWidget(build_control_column(self._summary, self._problems, self._split_form))
        row.addWidget(self._gallery, 1)
        return body

    def _connect(self) -> None:
        self._header.dataset_chosen.connect(self._on_header_dataset_chosen)
        for asking in (self._header, self._invitation):
            asking.kaggle_requested.connect(self.kaggle_requested)
            asking.import_zip_requested.connect(self.import_zip_requested)
            asking.import_folder_requested.connect(self.import_folder_requested)
            asking.sample_requested.connect(self.sample_requested)
        self._header.add_zip_requested.connect(self.add_zip_requested)
        self._header.add_folder_requested.connect(self.add_folder_requested)
        self._destination.new_dataset_chosen.connect(self.new_dataset_chosen)
        self._destination.addition_chosen.connect(self.addition_chosen)
        self._header.check_requested.connect(self.check_requested)
        self._header.delete_requested.connect(self.delete_requested)
        self._drop.pictures_dropped.connect(self.dropped)
        for naming in (self._summary, self._problems):
            naming.problem_requested.connect(self.show_problem)
        self._summary.leave_copies_out_requested.connect(self.leave_copies_out_requested)
        self._split_form.split_requested.connect(self._on_split_form_split_requested)
        self._split_form.export_table_requested.connect(self.export_table_requested)
        self._split_form.export_folders_requested.connect(self.export_folders_requested)
        self._split_form.import_table_requested.connect(self.import_table_requested)
        self._progress.cancel_requested.connect(self.cancel_requested)
        self._progress_timer.timeout.connect(self._on_progress_timer_timeout)
        self._banner.action_requested.connect(self.banner_action_requested)
