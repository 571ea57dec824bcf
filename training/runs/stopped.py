"""The run that a window asks about when it opens: stopped, and to be gone on with."""

from collections.abc import Sequence

from training.runs.lab_book import RunInfo
from training.runs.run_folder import UNFINISHED, has_checkpoint
from training.runs.training_lock import is_being_trained


def newest_stopped(runs: Sequence[RunInfo]) -> RunInfo | None:
    """The newest unfinished run that can be resumed and that nobody trains now.

    Args:
        runs: Newest first.
    """
    unfinished = (info for info in runs if info.state == UNFINISHED)
    return next((info for info in unfinished if _can_go_on(info)), None)


def _can_go_on(info: RunInfo) -> bool:
    return has_checkpoint(info.folder) and not is_being_trained(info.folder)
