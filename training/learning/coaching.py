"""What the coach says of a run in its folder: its record knows the circumstances of its curve."""

from pathlib import Path

from training.errors import RunError
from training.learning.methods import phase_starts
from training.learning.presets import PRESETS
from training.runs.coach import Advice, advice
from training.runs.curve import Circumstances, Ended
from training.runs.history import read_history
from training.runs.run_folder import FINISHED, RunRecord, read_record


def coach_run(folder: Path) -> Advice | None:
    """The coach's advice on a run that does not learn now.

    Returns:
        The advice; None where the run has no epochs, or they cannot be read: whoever needs them
        says so, and all else that the run can do is worth more than advice.
    """
    try:
        return advice(read_history(folder), circumstances_of(read_record(folder)))
    except RunError:
        return None


def circumstances_of(record: RunRecord) -> Circumstances:
    """What a run's record says of its curve."""
    config = record.config
    preset = PRESETS.get(config.preset)  # an older version may have had others
    return Circumstances(
        epochs_planned=config.epochs,
        ended=_ended(record),
        validation_pictures=_validation_pictures(record),
        phase_starts=(0,) if preset is None else phase_starts(preset.method, config.epochs),
    )


def _ended(record: RunRecord) -> Ended:
    if record.state != FINISHED:
        return Ended.BROKEN_OFF
    if record.ended in Ended.__members__:
        return Ended[record.ended]
    is_whole = record.epochs_done >= record.config.epochs
    return Ended.ALL_EPOCHS if is_whole else Ended.FINISH_NOW


def _validation_pictures(record: RunRecord) -> int:
    """Steps beyond the pictures go round again: those of a small dataset are counted once.

    How many there are is known from a finished run alone: 0 before.
    """
    looked_at = record.config.validation_steps * record.config.batch_size
    there_are = record.metrics.get("validation", {}).get("pictures", 0)
    return min(looked_at, int(there_are))
