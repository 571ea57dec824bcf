"""A tab's body, whose place the questions about a model take; and where a model is chosen."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from catdog_gui.model_adding.form import ModelForm
from catdog_gui.model_adding.questions import ModelQuestions
from catdog_gui.widgets.image_drop import Dropped, ImageDrop
from training.runs.given import SHARED_SUFFIX, STRANGERS_SUFFIXES
from training.runs.run_folder import RECORD_FILE


class AddingView(QStackedWidget):
    """Shows the tab's body, or the form while something is asked.

    Args:
        body: The tab's own.
        takes_strangers: Whether somebody else's models are offered to be chosen, too.
        takes_drops: Whether what is dropped on the body is meant as a model.

    Attributes:
        form: Asks.

    Signals:
        dropped: The user dropped this tuple of paths; it is empty where there is no file.
    """

    dropped = Signal(object)

    def __init__(
        self, body: QWidget, *, takes_strangers: bool = True, takes_drops: bool = False
    ) -> None:
        super().__init__()
        self._takes_strangers = takes_strangers
        self.form = ModelForm()
        self.addWidget(self._dropped_on(body) if takes_drops else body)
        self.addWidget(self.form)

    @property
    def is_asking(self) -> bool:
        """Whether the form is there."""
        return self.currentWidget() is self.form

    def show_questions(self, questions: ModelQuestions) -> None:
        """Ask about a model, in the place of the body."""
        self.form.show_questions(questions)
        self.setCurrentWidget(self.form)

    def show_body(self) -> None:
        """Nothing is asked any more."""
        self.setCurrentIndex(0)

    def ask_for_model(self, folder: Path) -> Path | None:
        """Let the user choose a model; None where the user thought better of it.

        A dialog chooses either files or folders: of a run's folder, the record is chosen.
        """
        suffixes = [SHARED_SUFFIX, *(STRANGERS_SUFFIXES if self._takes_strangers else ())]
        patterns = " ".join([*(f"*{suffix}" for suffix in suffixes), RECORD_FILE])
        name, _ = QFileDialog.getOpenFileName(
            self.window(),
            f"Choose a model, or {RECORD_FILE} in the folder of a run",
            str(folder),
            f"Models ({patterns});;All files (*)",
        )
        return Path(name) if name else None

    def _dropped_on(self, body: QWidget) -> ImageDrop:
        area = ImageDrop()
        inside = QVBoxLayout(area)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(body)
        area.pictures_dropped.connect(self._on_area_pictures_dropped)
        return area

    def _on_area_pictures_dropped(self, dropped: Dropped) -> None:
        self.dropped.emit(dropped.paths)
