"""Fills the form with the settings of a run, so that it can be repeated."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from catdog_gui import errors
from catdog_gui.training_tab.form_work import FormWork
from catdog_gui.training_tab.lab_book_words import repeated_words
from catdog_gui.training_tab.page import TrainingPage
from catdog_gui.widgets.banner import BannerKind
from training.config import TrainingConfig
from training.dataset.picture import DatasetInfo
from training.errors import UserError
from training.learning.presets import find_preset, taken_settings
from training.runs.comparing import differences


class RepeatingWork(QObject):
    """Puts a run's settings into the form, and says what it could not put there.

    Args:
        page: Where it is said.
        form: Takes the settings.
        config_of: What a run of the lab book was asked to do, by its name.

    Signals:
        dataset_chosen: The name of the dataset that the run learned from.
    """

    dataset_chosen = Signal(str)

    def __init__(
        self,
        page: TrainingPage,
        form: FormWork,
        config_of: Callable[[str], TrainingConfig],
        *,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._form = form
        self._config_of = config_of

    def fill_form(self, run: str, datasets: Sequence[DatasetInfo]) -> None:
        """Put a run's settings into the form, and choose its dataset where it is there.

        Args:
            run: The run's name.
            datasets: Those that there are.
        """
        try:
            config = self._config_of(run)
            self._form.take(config)
            left_out = _left_out(config, self._form.config(config.dataset))
        except UserError as error:
            errors.show_error(self._page.banner, error, doing="Repeating a run")
            return
        is_here = config.dataset in {info.name for info in datasets}
        if is_here:
            self.dataset_chosen.emit(config.dataset)
        message, hint = repeated_words(config, left_out, is_here=is_here)
        kind = BannerKind.WARNING if left_out or not is_here else BannerKind.INFO
        self._page.banner.show_message(kind, message, hint=hint)


def _left_out(config: TrainingConfig, in_form: TrainingConfig) -> list[str]:
    """What the run says and its preset looks at, but the form has otherwise."""
    looked_at = taken_settings(find_preset(config.preset))
    rows = differences([config, in_form])
    return [row.name for row in rows if row.name in looked_at and row.values[0] is not None]
