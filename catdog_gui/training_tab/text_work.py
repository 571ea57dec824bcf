"""The form as text: shown whenever it changes; text that somebody brings becomes the form."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from catdog_gui import errors
from catdog_gui.settings import SETTINGS_FOLDER, Settings
from catdog_gui.training_tab.form_values import NO_DATASET
from catdog_gui.training_tab.text_view import TextView
from catdog_gui.widgets.banner import Banner, BannerKind
from training.atomic import write_text
from training.config import TrainingConfig
from training.errors import UserError
from training.learning.presets import training_config
from training.settings_text import read_settings, require_settings

_MOST_CHARACTERS = 100_000  # the settings of a run are about a thousand
_SUFFIX = ".json"


class TextWork(QObject):
    """Keeps the text and the form alike.

    Args:
        view: Where it shows.
        banner: Where is said what went wrong, and what was written.
        config: Gives what the form says; raises `UserError` where that cannot be used.
        settings: Remembers the folder of the files.

    Signals:
        taken: A `TrainingConfig` that the user brought.
    """

    taken = Signal(object)

    def __init__(
        self,
        view: TextView,
        banner: Banner,
        *,
        config: Callable[[], TrainingConfig],
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._view = view
        self._banner = banner
        self._config = config
        self._settings = settings
        view.pasted.connect(self._on_view_pasted)
        view.save_requested.connect(self._on_view_save_requested)
        view.open_requested.connect(self._on_view_open_requested)

    def show(self) -> None:
        """Show what the form says now."""
        try:
            self._view.show_text(self._config().to_json())
        except UserError as error:
            self._view.show_reason(str(error))

    def _on_view_pasted(self, text: str) -> None:
        try:
            self._take(text)
        except UserError as error:
            errors.show_error(self._banner, error, doing="Pasting settings")

    def _on_view_open_requested(self) -> None:
        path = self._view.ask_what_to_open(self._settings.folder(SETTINGS_FOLDER))
        if path is None:
            return
        self._settings.set(SETTINGS_FOLDER, str(path.parent))
        try:
            self._take(_read(path))
        except (OSError, UserError) as error:
            errors.show_error(self._banner, error, doing="Opening settings")

    def _on_view_save_requested(self) -> None:
        config = self._config()
        folder, name = self._settings.folder(SETTINGS_FOLDER), f"{config.preset}{_SUFFIX}"
        path = self._view.ask_where_to_save(folder, name)
        if path is None:
            return
        self._settings.set(SETTINGS_FOLDER, str(path.parent))
        try:
            write_text(path, config.to_json() + "\n")
        except OSError as error:
            errors.show_error(self._banner, error, doing="Saving settings")
        else:
            self._banner.show_message(BannerKind.SUCCESS, f"{path} is written.")

    def _take(self, text: str) -> None:
        """Tell what a text says; what it leaves out is the preset's.

        Raises:
            UserError: It is no settings of a run, or they cannot be used.
        """
        said = read_settings(text, TrainingConfig)
        require_settings(said, ["preset"])
        preset, dataset = str(said.pop("preset")), str(said.pop("dataset", NO_DATASET))
        self.taken.emit(training_config(preset, dataset, **said))


def _read(path: Path) -> str:
    """The beginning of a file, which is all of it where it holds settings."""
    with path.open(encoding="utf-8", errors="replace") as file:
        return file.read(_MOST_CHARACTERS)
