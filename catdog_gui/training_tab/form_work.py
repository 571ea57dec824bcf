"""Keeps the form: which preset is chosen, and what was changed of its values."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from catdog_gui.settings import PRESET, TRAINING_VALUES, Settings
from catdog_gui.training_tab.form_values import (
    config_of,
    kept_values,
    preset_values,
    problems,
    recalled_values,
    taken_values,
)
from catdog_gui.training_tab.page import TrainingPage
from training.config import TrainingConfig
from training.dataset.picture import DatasetInfo
from training.learning.presets import PRESETS, Preset, find_preset


class FormWork(QObject):
    """Fills the form with the chosen preset and remembers what the user changes.

    Args:
        page: Where it shows.
        settings: Remembers the preset and the values.

    Signals:
        changed: The form says something else now.
    """

    changed = Signal()

    def __init__(
        self, page: TrainingPage, settings: Settings, *, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._settings = settings
        self._preset: Preset = PRESETS.get(settings.get(PRESET)) or next(iter(PRESETS.values()))
        page.preset_chosen.connect(self._on_page_preset_chosen)
        page.values_changed.connect(self._on_page_values_changed)
        page.reset_requested.connect(self._on_page_reset_requested)
        page.set_preset(self._preset.key, self._recalled())

    @property
    def title(self) -> str:
        """The chosen preset's name in the window."""
        return self._preset.title

    def config(self, dataset: str) -> TrainingConfig:
        """The run that the form asks for.

        Raises:
            ConfigError: A value is outside its range.
        """
        return config_of(self._page.values(), dataset)

    def take(self, config: TrainingConfig) -> None:
        """Fill the form with the settings of a run, all but its dataset.

        Args:
            config: The settings; what its preset does not look at is left out.

        Raises:
            ConfigError: There is no such preset.
        """
        self._choose(find_preset(config.preset))
        self._fill(taken_values(config))

    def problems(self, info: DatasetInfo | None) -> Mapping[str, str]:
        """What stands against starting on that dataset, by the field that it concerns."""
        return problems(self._page.values(), info)

    def _on_page_preset_chosen(self, key: str) -> None:
        self._choose(PRESETS[key])
        self._page.set_preset(key, self._recalled())
        self._tell()

    def _on_page_values_changed(self) -> None:
        self._remember(self._page.values())
        self._tell()

    def _on_page_reset_requested(self) -> None:
        self._fill(preset_values(self._preset))

    def _choose(self, preset: Preset) -> None:
        self._preset = preset
        self._settings.set(PRESET, preset.key)

    def _fill(self, values: TrainingConfig) -> None:
        self._page.set_preset(self._preset.key, values)
        self._remember(values)
        self._tell()

    def _remember(self, values: TrainingConfig) -> None:
        stored = self._settings.get(TRAINING_VALUES)
        self._settings.set(TRAINING_VALUES, kept_values(values, stored))

    def _tell(self) -> None:
        self._page.show_network_invitation()  # the one that is shown is another's
        self.changed.emit()

    def _recalled(self) -> TrainingConfig:
        return recalled_values(self._preset, self._settings.get(TRAINING_VALUES))
