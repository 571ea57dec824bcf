"""The question how long a run is to learn."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QInputDialog, QWidget

from catdog_gui.training_tab import dialogs
from training.runs.lab_book import RunInfo
from training.runs.run_folder import FINISHED

RUN = RunInfo(
    "run", Path("run"), "express", "kaggle", FINISHED, 30, 30, 6, 0.98, None, "2026-11-26"
)


@pytest.mark.parametrize(("accepted", "answer"), [(True, 45), (False, None)])
def test_more_epochs_are_asked_for_from_what_was_planned_on(
    qtbot, monkeypatch: pytest.MonkeyPatch, accepted: bool, answer: int | None
) -> None:
    def fill(self: QInputDialog) -> bool:
        assert "has learned 30 of 30 epochs" in self.labelText()
        assert (self.intMinimum(), self.intValue()) == (30, 60)
        self.setIntValue(45)
        return accepted

    window = QWidget()
    qtbot.addWidget(window)
    monkeypatch.setattr(QInputDialog, "exec", fill)
    assert dialogs.ask_for_epochs(window, RUN) == answer
