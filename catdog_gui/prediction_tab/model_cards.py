"""The model card of the run that gives the verdicts."""

from catdog_gui import errors
from catdog_gui.prediction_tab.page import PredictionPage
from training.errors import UserError
from training.runs.lab_book import RunInfo
from training.runs.model_card import read_model_card


def show_card(page: PredictionPage, run: RunInfo | None) -> None:
    """Show a run's model card, or why it cannot be read; nothing without a run."""
    if run is None:
        return
    try:
        page.show_card(read_model_card(run.folder))
    except UserError as error:
        errors.show_error(page.banner, error, doing="Reading a model card")
