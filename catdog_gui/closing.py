"""The question before a window closes on a running job."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QMessageBox, QWidget

from catdog_gui.background import BackgroundJob

_MEANING = (
    "Closing the window ends it. A training can be resumed from its last whole epoch; anything "
    "else begins again."
)

Ask = Callable[[QWidget, Sequence[BackgroundJob]], bool]
"""Whether to end these jobs and close."""


def ask_to_close(parent: QWidget, running: Sequence[BackgroundJob]) -> bool:
    """Ask whether to end what runs; Esc and Return keep the window open."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle("CatDog")
    box.setText(question_words([job.title for job in running]))
    box.setInformativeText(_MEANING)
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
