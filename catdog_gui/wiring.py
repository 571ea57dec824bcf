"""The three tabs, and the news that goes between them: no tab knows another."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTabWidget, QWidget

from catdog_gui import theme
from catdog_gui.background import BackgroundJob, Jobs
from catdog_gui.dataset_tab.controller import DatasetController
from catdog_gui.dataset_tab.page import DatasetPage
from catdog_gui.judging.door import JudgingDoor
from catdog_gui.keras_answers import KerasAnswers
from catdog_gui.keras_models import STRANGERS
from catdog_gui.prediction_tab.controller import PredictionController
from catdog_gui.prediction_tab.page import PredictionPage
from catdog_gui.prediction_tab.submission_work import SubmissionWork
from catdog_gui.settings import Settings
from catdog_gui.sleep import Wakefulness
from catdog_gui.training_news import TrainingNews
from catdog_gui.training_tab.controller import TrainingController
from catdog_gui.training_tab.controls import Phase
from catdog_gui.training_tab.page import TrainingPage
from catdog_gui.widgets.banner import Banner
from training.home import Home

if TYPE_CHECKING:
    from catdog_gui.judging.controller import JudgingController


class TabName(StrEnum):
    """The tabs, in their order."""

    DATASET = "dataset"
    TRAINING = "training"
    PREDICTION = "prediction"


@dataclass(frozen=True)
class Tabs:
    """The pages in their tab widget, their controllers, and the door of the window beside them."""

    widget: QTabWidget
    dataset_page: DatasetPage
    training_page: TrainingPage
    prediction_page: PredictionPage
    dataset: DatasetController
    training: TrainingController
    prediction: PredictionController
    submission: SubmissionWork
    judging: JudgingDoor

    def show(self, name: TabName) -> None:
        """Bring a tab to the front."""
        self.widget.setCurrentIndex(list(TabName).index(name))

    def page(self, name: TabName) -> DatasetPage | TrainingPage | PredictionPage:
        """What a tab shows."""
        pages = (self.dataset_page, self.training_page, self.prediction_page)
        return pages[list(TabName).index(name)]

    def current_banner(self) -> Banner:
        """The banner of the tab in front."""
        return self.page(list(TabName)[self.widget.currentIndex()]).banner


def build_tabs(home: Home, jobs: Jobs, settings: Settings, *, parent: QWidget) -> Tabs:
    """Make the pages with their controllers and connect them; `parent` is the window."""
    pages = DatasetPage(), TrainingPage(), PredictionPage()
    widget = QTabWidget()
    widget.setDocumentMode(True)
    for name, page in zip(TabName, pages, strict=True):
        widget.addTab(page, theme.icon(name), name.capitalize())
    dataset = DatasetController(pages[0], home=home, jobs=jobs, settings=settings, parent=parent)
    training = TrainingController(
        pages[1], home=home, jobs=jobs, settings=settings, strangers=STRANGERS, parent=parent
    )
    prediction = PredictionController(
        pages[2],
        home=home,
        jobs=jobs,
        settings=settings,
        explaining=KerasAnswers().explaining,
        strangers=STRANGERS,
        parent=parent,
    )
    submission = SubmissionWork(
        pages[2],
        home=home,
        jobs=jobs,
        settings=settings,
        store=dataset.kaggle.store,
        folder_of_run=prediction.models.folder,
        parent=parent,
    )
    make_judging = partial(_make_judging, home, jobs, settings, dataset, parent)
    judging = JudgingDoor(make_judging, parent=parent)
    tabs = Tabs(widget, *pages, dataset, training, prediction, submission, judging)
    _connect(tabs)
    TrainingNews(jobs, parent)
    _keep_awake(tabs, Wakefulness(parent=parent))
    return tabs


def tab_doers(tabs: Tabs) -> Mapping[str, Callable[[], None]]:
    """What the menus' entries of the tabs do, by their keys in the table of actions."""
    requests: Mapping[str, tuple[TabName, Callable[[], None]]] = {
        "dataset.kaggle": (TabName.DATASET, tabs.dataset.kaggle.open),
        "dataset.import_zip": (TabName.DATASET, tabs.dataset.imports.ask_for_zip),
        "dataset.import_folder": (TabName.DATASET, tabs.dataset.imports.ask_for_folder),
        "dataset.make_sample": (TabName.DATASET, tabs.dataset.imports.make_sample),
        "dataset.check": (TabName.DATASET, tabs.dataset.check),
        "prediction.open": (TabName.PREDICTION, tabs.prediction.bringing.ask_for_pictures),
        "prediction.add_model": (TabName.PREDICTION, partial(_add_model, tabs)),
        "prediction.judge": (TabName.PREDICTION, tabs.judging.open),
        "prediction.submission": (TabName.PREDICTION, tabs.submission.open),
        "training.train": (TabName.TRAINING, tabs.training.train_requested),
        "training.pause": (TabName.TRAINING, tabs.training.pause_requested),
        "training.finish": (TabName.TRAINING, tabs.training.finish_requested),
        "training.discard": (TabName.TRAINING, tabs.training.discard_requested),
    }
    corrections = tabs.dataset.corrections
    return {
        **{key: partial(_show_and_do, tabs, *row) for key, row in requests.items()},
        "dataset.undo": partial(_do_in_front, tabs, TabName.DATASET, corrections.undo),
        "dataset.redo": partial(_do_in_front, tabs, TabName.DATASET, corrections.redo),
    }


def action_words(tabs: Tabs) -> Mapping[str, str]:
    """What entries are called now whose words change, by their keys."""
    journal = tabs.dataset_page.gallery.journal
    return {
        "dataset.undo": f"&Undo: {journal.undo}" if journal.undo else "&Undo",
        "dataset.redo": f"&Redo: {journal.redo}" if journal.redo else "&Redo",
    }


def live_actions(tabs: Tabs) -> Mapping[str, bool]:
    """Which entries can do something now, by their keys; the others always can."""
    phase = tabs.training.phase
    actions = tabs.dataset_page.gallery.put_right
    is_in_front = tabs.widget.currentWidget() is tabs.dataset_page
    return {
        "dataset.check": tabs.dataset.can_check,
        "dataset.undo": is_in_front and actions.undo.isEnabled(),
        "dataset.redo": is_in_front and actions.redo.isEnabled(),
        "training.train": phase is Phase.IDLE,
        "training.pause": phase is Phase.TRAINING,
        "training.finish": phase is Phase.TRAINING,
        "training.discard": phase not in {Phase.IDLE, Phase.PAUSING, Phase.DISCARDING},
    }


def cancel_job(tabs: Tabs, job: BackgroundJob) -> None:
    """What the status bar's cross does; a training is discarded, with a question of its own."""
    if tabs.training.is_training(job):
        _show_and_do(tabs, TabName.TRAINING, tabs.training.discard_requested)
    else:
        job.cancel()


def _make_judging(
    home: Home, jobs: Jobs, settings: Settings, dataset: DatasetController, parent: QWidget
) -> JudgingController:
    """It stands on much that the program starts without."""
    from catdog_gui.judging.controller import JudgingController

    return JudgingController(
        home=home,
        jobs=jobs,
        settings=settings,
        correcting=dataset.corrections.correcting,
        why_occupied=dataset.why_occupied,
        parent=parent,
    )


def _show_and_do(tabs: Tabs, name: TabName, do: Callable[[], None]) -> None:
    tabs.show(name)
    do()


def _do_in_front(tabs: Tabs, name: TabName, do: Callable[[], None]) -> None:
    """Nothing is undone behind another tab, where nobody would see it."""
    if tabs.widget.currentWidget() is tabs.page(name):
        do()


def _open_on_prediction(tabs: Tabs, paths: Sequence[Path]) -> None:
    tabs.show(TabName.PREDICTION)
    tabs.submission.close()
    tabs.prediction.open(paths)


def _add_model(tabs: Tabs) -> None:
    tabs.submission.close()
    tabs.prediction.models.adding.ask()


def _keep_awake(tabs: Tabs, wakefulness: Wakefulness) -> None:
    tabs.training.dataset_used.connect(wakefulness.follow)
    wakefulness.told.connect(tabs.training_page.progress.show_sleep)


def _connect(tabs: Tabs) -> None:
    tabs.dataset.training_requested.connect(lambda: tabs.show(TabName.TRAINING))
    tabs.dataset.datasets_changed.connect(tabs.training.refresh_datasets)
    tabs.dataset.dataset_chosen.connect(tabs.training.choose_dataset)
    tabs.dataset.models_dropped.connect(partial(_open_on_prediction, tabs))
    tabs.training.runs_changed.connect(tabs.prediction.models.refresh)
    tabs.training.dataset_used.connect(tabs.dataset.set_in_use)
    tabs.training.dataset_needed.connect(lambda: tabs.show(TabName.DATASET))
    tabs.training.prediction_requested.connect(lambda: tabs.show(TabName.PREDICTION))
    tabs.prediction.run_added.connect(tabs.training.refresh_datasets)
    tabs.prediction.run_needed.connect(lambda: tabs.show(TabName.TRAINING))
    _connect_submission(tabs)
    _connect_judging(tabs)


def _connect_judging(tabs: Tabs) -> None:
    tabs.prediction_page.judge_requested.connect(tabs.judging.open)
    tabs.training_page.judge_requested.connect(tabs.judging.open)
    tabs.dataset.datasets_changed.connect(tabs.judging.refresh)
    tabs.training.runs_changed.connect(tabs.judging.refresh)
    tabs.prediction.run_added.connect(tabs.judging.refresh)


def _connect_submission(tabs: Tabs) -> None:
    for signal in (tabs.training.runs_changed, tabs.prediction.run_added):
        signal.connect(tabs.submission.refresh)
    tabs.prediction.bringing.brought.connect(tabs.submission.close)
    tabs.prediction_page.add_model_requested.connect(tabs.submission.close)
    tabs.submission.token_needed.connect(
        partial(_show_and_do, tabs, TabName.DATASET, tabs.dataset.kaggle.open)
    )
