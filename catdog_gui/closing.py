"""The question before a window closes on a running job."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QMessageBox, QWidget

from catdog_gui.background import BackgroundJob

_MEANING = "Closing the window ends it."
_MEANING_FOR_TRAINING = (
    f"{_MEANING} A training is paused and can be resumed; anything else begins again."
)

Ask = Callable[[QWidget, Sequence[BackgroundJob]], bool]
"""Whether to end these jobs and close."""


def ask_to_close(
    parent: QWidget, running: Sequence[BackgroundJob], *, can_train: bool = True
) -> bool:
    """Ask whether to end what runs; Esc and Return keep the window open.

    Args:
        parent: The window.
        running: At least one job.
        can_train: Whether one of the window's jobs may be a training.
    """
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(parent.windowTitle())
    box.setText(question_words([job.title for job in running]))
    box.setInformativeText(_MEANING_FOR_TRAINING if can_train else _MEANING)
    close = box.addButton("End it and close", QMessageBox.ButtonRole.DestructiveRole)
    stay = box.addButton("Stay", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(stay)
    box.exec()
    return box.clickedButton() is close


def question_words(titles: Sequence[str]) -> str:
    """What is still running, in a sentence.

    Args:
        titles: The jobs' titles, at least one.
    """
    if len(titles) == 1:
        return f"“{titles[0]}” is still running."
    return f"“{titles[0]}” and {len(titles) - 1} more are still running."
