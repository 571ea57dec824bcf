"""Wires the judging window: what the user chooses is asked about, what is answered is shown."""

import dataclasses
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from catdog_gui.background import Jobs
from catdog_gui.dataset_tab.correcting import Correcting
from catdog_gui.dataset_tab.found import Corrected
from catdog_gui.judging import jobs as judging_jobs
from catdog_gui.judging.choice import JudgingChoice
from catdog_gui.judging.controls import JudgingState, controls_for
from catdog_gui.judging.facts import Behind, Choices, Judged
from catdog_gui.judging.label_work import LabelWork, WhyOccupied
from catdog_gui.judging.page import JudgingPage
from catdog_gui.judging.report_work import ReportWork
from catdog_gui.judging.words import ONE_CLASS_WORDS, run_name, source_hint
from catdog_gui.judging.work import JudgingWork
from catdog_gui.reading import Reading
from catdog_gui.settings import JUDGED_FOLDER, PREDICTION_RUN, Settings
from catdog_gui.widgets.banner import BannerKind
from catdog_gui.widgets.front import bring_to_front
from training.dataset.picture import Origin
from training.home import Home
from training.inference.groups import MISTAKES
from training.inference.judge import THRESHOLD
from training.inference.labelled import FolderSource


class JudgingController(QObject):
    """Opens the window, and keeps what it shows and the datasets in step.

    Args:
        home: Where runs and datasets live.
        jobs: Where its jobs run.
        settings: Knows the run that gives the verdicts; remembers folders.
        correcting: Puts pictures right.
        why_occupied: Says why a dataset cannot be changed now.
        parent: The program's window.

    Attributes:
        page: The window.
    """

    def __init__(
        self,
        *,
        home: Home,
        jobs: Jobs,
        settings: Settings,
        correcting: Correcting,
        why_occupied: WhyOccupied,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.page = JudgingPage(parent)
        self._home = home
        self._settings = settings
        self._wanted = ""
        self._judged: Judged | None = None
        self._threshold = THRESHOLD
        self._behind: Behind = MISTAKES
        self._is_kept = False
        self._choice = JudgingChoice(self.page)
        self._reading = Reading(self.page.banner, jobs, parent=self)
        self._looking = Reading(self.page.banner, jobs, parent=self)
        self._work = JudgingWork(self.page, jobs, parent=self)
        self._labels = LabelWork(self.page, correcting, why_occupied, parent=self)
        self._report = ReportWork(self.page, self._work, settings, parent=self)
        self._connect()
        self._settle()

    def open(self, run: str = "") -> None:
        """Bring the window to the front.

        Args:
            run: The name of the run to choose; empty for the one that gives the verdicts.
        """
        self._wanted = run or self._settings.get(PREDICTION_RUN)
        if self.page.isVisible():
            bring_to_front(self.page)
        self.page.show()
        self.refresh()

    def refresh(self) -> None:
        """Look again what can be judged, and whether the dataset is still the one that it was."""
        if not self.page.isVisible() or self._work.is_running:
            return
        job = partial(judging_jobs.list_choices, self._home)
        self._reading.start("Listing runs", job, then=self._on_choices_read)
        if self._judged is not None and self._judged.kept is not None:
            name = self._judged.kept.dataset
            look = partial(judging_jobs.origin_of, name, self._home)
            self._looking.start(f"Reading {name}", look, then=self._on_origin_read)

    def judge(self) -> None:
        """Ask the chosen run about the chosen pictures."""
        run, source, rival = self._choice.run, self._choice.source, self._choice.rival
        if run is not None and source is not None and not self._work.is_running:
            job = partial(judging_jobs.judge, run, source, rival, self._home)
            self._work.start(f"Judging {run_name(run)}", job, then=self._on_judged)

    def _on_choices_read(self, choices: Choices) -> None:
        chosen = self._choice.run
        wanted = self._wanted or (chosen.run if chosen is not None else "")
        self._wanted = ""
        self._choice.update(choices, wanted)
        self._settle()

    def _on_origin_read(self, origin: Origin | None) -> None:
        """Rows of another dataset of the same name would be other pictures."""
        kept = None if self._judged is None else self._judged.kept
        if kept is not None and self._is_kept and origin != kept.origin:
            self._is_kept, self._labels.dataset = False, ""
            self._settle()
            self.page.banner.show_message(
                BannerKind.WARNING,
                f"The dataset “{kept.dataset}” is gone, or is another one by now.",
                hint="The figures stay, and nothing can be put right here. Judge again.",
            )

    def _on_judged(self, judged: Judged) -> None:
        self._take(judged)
        self._threshold, self._behind = THRESHOLD, MISTAKES
        self._show()

    def _on_compared(self, judged: Judged) -> None:
        """Pictures may have been put right meanwhile: those of now count."""
        assert self._judged is not None
        self._judged = dataclasses.replace(self._judged, rival=judged.rival)
        self._show()

    def _take(self, judged: Judged) -> None:
        self._judged = judged
        self._is_kept = judged.kept is not None
        self._labels.dataset = "" if judged.kept is None else judged.kept.dataset

    def _show(self) -> None:
        assert self._judged is not None
        if self._judged.is_countable:
            self.page.show_judged(self._judged, self._threshold, self._behind)
        self._settle()

    def _on_page_chosen(self) -> None:
        self.page.set_hint(source_hint(self._choice.source))
        self._settle()

    def _on_page_rival_chosen(self) -> None:
        judged, rival = self._judged, self._choice.rival
        if judged is None or self._work.is_running:
            return
        if rival is None or rival == judged.run:
            if self.page.rival_row >= 0:
                self._say_same_run()
            self._judged = dataclasses.replace(judged, rival=None)
            self._behind = MISTAKES
            self._show()
            return
        job = partial(judging_jobs.compare, judged, rival)
        forget = partial(self.page.set_rival, -1)
        self._work.start(f"Asking {run_name(rival)}", job, then=self._on_compared, or_else=forget)

    def _say_same_run(self) -> None:
        self.page.set_rival(-1)
        self.page.banner.show_message(
            BannerKind.INFO,
            "A run cannot be compared with itself.",
            hint="Choose another one.",
        )

    def _on_page_folder_requested(self) -> None:
        folder = self.page.ask_for_folder(self._settings.folder(JUDGED_FOLDER))
        if folder is not None:
            self._settings.set(JUDGED_FOLDER, str(folder))
            self._choice.add_folder(FolderSource(folder))
            self._settle()

    def _on_page_threshold_chosen(self, threshold: float) -> None:
        if self._judged is not None and self._judged.is_countable:
            self._threshold = threshold
            self.page.show_threshold(self._judged, threshold, self._behind)

    def _on_page_group_chosen(self, behind: Behind) -> None:
        if self._judged is not None:
            self._behind = behind
            self.page.show_group(self._judged, self._threshold, behind)

    def _on_page_report_requested(self, with_pictures: bool) -> None:  # noqa: FBT001 - Qt's signal
        if self._judged is not None and not self._work.is_running:
            self._report.write(self._judged, with_pictures=with_pictures)

    def _on_labels_corrected(self, corrected: Corrected) -> None:
        assert self._judged is not None
        judged = self._judged.with_pictures(corrected.pictures, corrected.journal)
        self._judged = judged
        if judged.is_countable:
            self.page.show_corrected(judged, self._threshold, self._behind, corrected)
            return
        self.page.pictures.show_corrected(judged, self._threshold, corrected)
        self.page.figures.show_cautions([ONE_CLASS_WORDS])

    def _settle(self) -> None:
        state = JudgingState(
            has_choice=self._choice.run is not None and self._choice.source is not None,
            is_working=self._work.is_running,
            is_judged=self._judged is not None,
            is_kept=self._is_kept,
        )
        self.page.set_controls(controls_for(state))

    def _connect(self) -> None:
        page = self.page
        page.chosen.connect(self._on_page_chosen)
        page.rival_chosen.connect(self._on_page_rival_chosen)
        page.folder_requested.connect(self._on_page_folder_requested)
        page.judge_requested.connect(self.judge)
        page.report_requested.connect(self._on_page_report_requested)
        page.threshold_chosen.connect(self._on_page_threshold_chosen)
        page.group_chosen.connect(self._on_page_group_chosen)
        self._labels.corrected.connect(self._on_labels_corrected)
        self._work.changed.connect(self._settle)
