"""Saves the list of verdicts where the user wants it."""

from collections.abc import Sequence
from pathlib import Path

from catdog_gui import errors
from catdog_gui.prediction_tab.page import PredictionPage
from catdog_gui.prediction_tab.words import saved_words
from catdog_gui.widgets.banner import BannerKind
from training.events import Verdict
from training.inference.results_file import save_results


def ask_and_save(page: PredictionPage, verdicts: Sequence[Verdict], folder: Path) -> None:
    """Ask for a file and write the verdicts into it; the banner says how it went.

    Args:
        page: Asks and tells.
        verdicts: What was read.
        folder: Where to begin.
    """
    target = page.ask_for_results_file(folder)
    if target is None:
        return
    try:
        save_results(verdicts, target)
    except OSError as error:
        errors.show_error(page.banner, error, doing="Saving the verdicts")
        return
    page.banner.show_message(BannerKind.SUCCESS, saved_words(len(verdicts), target))
