"""Writes what the window shows as a web page, where the user wants it."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from catdog_gui.judging import jobs as judging_jobs
from catdog_gui.judging.facts import Judged
from catdog_gui.judging.page import JudgingPage
from catdog_gui.judging.work import JudgingWork
from catdog_gui.settings import REPORT_FOLDER, Settings
from catdog_gui.widgets.banner import BannerKind

if TYPE_CHECKING:
    from training.report import Report


class ReportWork(QObject):
    """Asks where, writes, and offers to show it.

    Args:
        page: Asks and tells.
        work: Where the job runs.
        settings: Remembers the folder.
    """

    def __init__(
        self,
        page: JudgingPage,
        work: JudgingWork,
        settings: Settings,
        *,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._work = work
        self._settings = settings

    def write(self, judged: Judged, *, with_pictures: bool) -> None:
        """Write a report on what is shown.

        Args:
            judged: That.
            with_pictures: Whether the worst mistakes are in it as pictures.
        """
        folder = self._settings.folder(REPORT_FOLDER)
        output = self._page.ask_for_report(folder, f"{judged.run.run}.html")
        if output is not None:
            self._settings.set(REPORT_FOLDER, str(output.parent))
            job = partial(judging_jobs.report, judged, output, with_pictures=with_pictures)
            self._work.start("Writing a report", job, then=self._on_written)

    def _on_written(self, report: "Report") -> None:
        address = QUrl.fromLocalFile(str(report.path))
        self._page.banner.show_message(
            BannerKind.SUCCESS,
            f"The report is in {report.path}.",
            hint="It is one file and needs no network.",
            action="Open it",
            do=lambda: self._open(address),
        )

    def _open(self, address: QUrl) -> None:
        if not QDesktopServices.openUrl(address):
            self._page.banner.show_message(
                BannerKind.INFO,
                "No browser could be opened.",
                hint=f"Open {address.toLocalFile()} yourself.",
            )
