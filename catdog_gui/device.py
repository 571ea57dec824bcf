"""Finds out what a training would compute on, once the window is there, and shows it."""

import logging

from PySide6.QtCore import QObject

from catdog_gui.background import BackgroundJob, Jobs
from catdog_gui.widgets.device_line import DeviceLine
from training.learning.doctor import Diagnosis, examine, processor_words
from training.learning.machine import core_count

_log = logging.getLogger(__name__)


class DeviceWatch(QObject):
    """Examines the machine, without TensorFlow, and keeps the status bar's line.

    Args:
        line: Where it shows.
        jobs: Where the examination runs.
    """

    def __init__(self, line: DeviceLine, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._line = line
        self._jobs = jobs
        self._is_asked = False

    def examine_once(self) -> None:
        """Look at the machine, unless that was done; a driver may take seconds to answer."""
        if self._is_asked:
            return
        self._is_asked = True
        job = BackgroundJob("Looking at the device", lambda _emit, _token: examine(), is_quiet=True)
        job.succeeded.connect(self._on_job_succeeded)
        job.failed.connect(self._on_job_failed)
        self._jobs.start(job)

    def _on_job_succeeded(self, diagnosis: Diagnosis) -> None:
        for finding in diagnosis.obstacles:
            _log.info("%s", finding.sentence)
        self._line.show_diagnosis(diagnosis)

    def _on_job_failed(self, error: BaseException) -> None:
        _log.warning("the machine cannot be examined", exc_info=error)
        self._line.show_used(processor_words(core_count()))
