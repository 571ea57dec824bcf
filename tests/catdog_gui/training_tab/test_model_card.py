"""The lab book leads to a run's model card."""

from unittest.mock import MagicMock

import pytest

from catdog_gui.background import Jobs
from catdog_gui.settings import Settings
from catdog_gui.training_tab.lab_book import LabBook
from catdog_gui.training_tab.lab_book_work import LabBookWork
from catdog_gui.training_tab.page import TrainingPage
from catdog_gui.widgets.banner import BannerKind
from training.learning.presets import training_config
from training.runs.lab_book import list_runs
from training.runs.model_card import read_model_card
from training.runs.run_folder import FINISHED, RECORD_FILE, RunRecord, create_run


@pytest.fixture
def folder(home):
    config = training_config("notebook", "kaggle")
    created = "2026-01-01T10:00:00+00:00"
    return create_run(
        home, RunRecord(config, created, "f" * 64, ("cat", "dog"), "p", {}, state=FINISHED)
    )


@pytest.fixture
def page(home, folder, qtbot):
    page = MagicMock(spec=TrainingPage)
    page.banner, page.adding = MagicMock(), MagicMock()
    jobs = Jobs()
    work = LabBookWork(page, home, jobs=jobs, settings=Settings(home.settings_file))
    work.set_runs(list_runs(home))
    (page.ask,) = page.card_requested.connect.call_args.args
    page.work = work
    return page


def test_a_finished_run_offers_its_card_also_while_another_learns(qtbot, home, folder):
    book = LabBook()
    qtbot.addWidget(book)
    book.set_runs(list_runs(home), folder.name)
    book.set_can_work(False)
    assert book.actions_by_key["card"].isEnabled()
    with qtbot.waitSignal(book.card_requested) as asked:
        book.actions_by_key["card"].trigger()
    assert asked.args == [folder.name]
    book.set_runs(list_runs(home), "")
    assert not book.actions_by_key["card"].isEnabled()


def test_the_card_of_the_run_is_shown(page, folder):
    page.ask(folder.name)
    page.show_card.assert_called_once_with(read_model_card(folder))


def test_a_damaged_run_is_an_error_in_the_banner(page, folder):
    (folder / RECORD_FILE).write_text("{", encoding="utf-8")
    page.ask(folder.name)
    page.show_card.assert_not_called()
    assert page.banner.show_message.call_args.args[0] is BannerKind.ERROR
