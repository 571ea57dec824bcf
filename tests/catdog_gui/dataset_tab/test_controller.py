"""The controller with a page that only notes what it is told, and real datasets."""

import threading
import time

import pytest

from catdog_gui.dataset_tab import jobs as dataset_jobs
from catdog_gui.dataset_tab.controls import Body
from catdog_gui.settings import DATASET, IMPORT_FOLDER, SPLIT_SCHEME, SPLIT_TRAIN
from catdog_gui.widgets.banner import BannerKind
from catdog_gui.widgets.image_drop import Dropped
from tests.patience import AT_ONCE_S
from training.config import SplitConfig
from training.dataset import importing
from training.dataset.library import open_dataset
from training.events import Stage, StageProgressed, StageStarted


class Held:
    """Stands in for a job and runs until it is let go or cancelled."""

    def __init__(self, stage):
        self.stage = stage
        self.began = threading.Event()
        self.let_go = threading.Event()

    def __call__(self, *_args, emit, token, **_kwargs):
        emit(self.stage)
        emit(StageProgressed(1))
        self.began.set()
        while not self.let_go.wait(0.01):
            if self.stage.interruptible:
                token.raise_if_cancelled()


@pytest.fixture
def held_import(monkeypatch):
    held = Held(StageStarted(Stage.CHECKING_PICTURES, total=10, unit="pictures"))
    monkeypatch.setattr(dataset_jobs, "import_sources", held)
    yield held
    held.let_go.set()


def test_without_datasets_the_tab_invites(tab):
    assert tab.controls.body is Body.INVITATION
    assert tab.controls.can_add


def test_a_dropped_folder_becomes_the_chosen_dataset(tab, pictures):
    tab.drop(pictures)
    assert tab.names == ["my pictures"]
    assert tab.controller.chosen == "my pictures"
    assert len(tab.shown) == 20
    assert tab.controls.body is Body.DATASET
    assert tab.news == ["datasets_changed"] * 2  # imported, and checked


def test_an_import_ends_with_its_numbers_and_proposes_a_split(tab, pictures):
    (pictures / "cat.99.jpg").write_bytes(b"")
    tab.drop(pictures)
    kind, sentence, action = tab.told
    assert (kind, action) == (BannerKind.SUCCESS, "Split…")
    assert sentence == (
        "20 pictures imported: 10 cats and 10 dogs. 0 are copies. 1 could not be read."
    )
    assert (
        "cat.99.jpg: The file is empty." in tab.page.banner.show_message.call_args.kwargs["details"]
    )
    assert tab.controls.proposes_split
    tab.press_banner_action()
    tab.page.show_split_form.assert_called_once()


def test_the_same_folder_again_gets_the_next_free_name(tab, pictures):
    tab.drop(pictures)
    tab.drop(pictures)
    assert tab.names == ["my pictures", "my pictures 2"]
    assert tab.controller.chosen == "my pictures 2"


def test_the_sample_set_arrives_split_and_leads_to_training(tab, monkeypatch):
    monkeypatch.setattr(importing, "SAMPLE_PICTURES", 40)
    tab.controller.imports.make_sample()
    tab.settle()
    assert tab.controller.chosen == "sample"
    assert (tab.info.train, tab.info.validation, tab.info.test) == (32, 4, 4)
    assert not tab.controls.proposes_split
    tab.press_banner_action()
    assert tab.news[-1] == "training_requested"


def test_a_chosen_folder_is_imported_and_its_place_remembered(tab, pictures):
    tab.page.ask_for_folder.return_value = pictures
    tab.controller.imports.ask_for_folder()
    tab.settle()
    assert tab.names == ["my pictures"]
    assert tab.settings.get(IMPORT_FOLDER) == str(pictures.parent)


def test_a_dialog_without_an_answer_changes_nothing(tab):
    tab.page.ask_for_zip.return_value = None
    tab.controller.imports.ask_for_zip()
    assert not tab.jobs.running
    assert tab.settings.get(IMPORT_FOLDER) == ""


def test_a_zip_that_is_none_is_a_sentence_with_a_next_step(tab, tmp_path):
    fake = tmp_path / "train.zip"
    fake.write_bytes(b"no zip")
    tab.drop(fake)
    assert tab.told[0] is BannerKind.ERROR
    assert tab.page.banner.show_message.call_args.kwargs["hint"]
    assert tab.controls.body is Body.INVITATION
    assert fake.read_bytes() == b"no zip"


def test_a_dropped_text_file_is_explained_and_starts_nothing(tab, tmp_path):
    text = tmp_path / "notes.txt"
    text.write_text("hello")
    tab.drop(text)
    assert tab.told[:2] == (BannerKind.WARNING, "“notes.txt” is neither a zip nor a folder.")
    assert tab.names == []


def test_a_running_import_shows_its_progress_and_refuses_a_second(tab, held_import, tmp_path):
    tab.controller.imports.take(Dropped((tmp_path,)))
    tab.qtbot.waitUntil(lambda: tab.page.show_progress.call_count == 2)
    title, state = tab.page.show_progress.call_args.args
    assert title == f"Importing {tmp_path.name}"
    assert (state.reading.done, state.reading.total) == (1, 10)
    assert not tab.controls.can_add
    tab.controller.imports.make_sample()
    assert tab.told[1] == f"Importing {tmp_path.name} is not finished."
    assert len(tab.jobs.running) == 1


def test_a_cancel_shows_at_once_and_ends_without_a_dataset(tab, held_import, tmp_path):
    tab.controller.imports.take(Dropped((tmp_path,)))
    tab.qtbot.waitUntil(held_import.began.is_set)
    started = time.monotonic()
    tab.controller._work.cancel()
    tab.page.show_stopping.assert_called_once_with("")
    assert time.monotonic() - started < AT_ONCE_S
    tab.settle()
    assert tab.told[0] is BannerKind.INFO
    assert "cancelled" in tab.told[1]
    assert tab.controls.can_add
    tab.page.clear_progress.assert_called()


def test_a_cancel_names_the_stage_that_it_waits_for(tab, monkeypatch, tmp_path):
    held = Held(StageStarted(Stage.DELETING, interruptible=False))
    monkeypatch.setattr(dataset_jobs, "import_sources", held)
    tab.controller.imports.take(Dropped((tmp_path,)))
    tab.qtbot.waitUntil(lambda: tab.page.show_progress.called)
    tab.controller._work.cancel()
    tab.page.show_stopping.assert_called_once_with("Deleting")
    held.let_go.set()
    tab.settle()


def test_a_split_is_told_and_remembered(tab, pictures, open_tab):
    tab.drop(pictures)
    tab.split(SplitConfig(train=0.6, validation=0.2, seed=4))
    assert (tab.info.train, tab.info.validation, tab.info.test) == (12, 4, 4)
    assert tab.told[1] == "12 pictures for training, 4 for validation and 4 for the test."
    assert tab.told[2] == "Go to training"
    again = open_tab()
    config = again.page.set_split_config.call_args.args[0]
    assert config == SplitConfig(train=0.6, validation=0.2, seed=4)


def test_nonsense_in_the_settings_gives_the_usual_split(tab, open_tab):
    tab.settings.set(SPLIT_SCHEME, "by mood")
    tab.settings.set(SPLIT_TRAIN, 7.0)
    again = open_tab()
    assert again.page.set_split_config.call_args.args[0] == SplitConfig()


def test_a_leak_is_told_and_its_copies_can_be_left_out(tab, leaking):
    tab.drop(leaking)
    tab.split(SplitConfig(scheme="notebook"))
    assert tab.told[0] is BannerKind.WARNING
    assert tab.told[2] == "Leave the copies out"
    assert tab.controls.can_leave_copies_out
    leaks = tab.page.gallery.set_leaks.call_args.args[0]
    assert sorted(leaks.values()) == [
        "The same picture as cat.0.jpg (training).",
        "The same picture as cat.10000.jpg (validation).",
    ]


def test_leaving_the_copies_out_excludes_them(tab, leaking, drawn_once):
    (leaking / "cat.10001.jpg").write_bytes((drawn_once / "cat.7.jpg").read_bytes())
    tab.drop(leaking)
    tab.split(SplitConfig(scheme="notebook"))
    tab.press_banner_action()
    assert (tab.info.leaks, tab.info.excluded) == (0, 1)
    assert "1 excluded" in tab.told[1]
    with open_dataset(tab.home, "leaking") as catalog:
        assert catalog.leaks() == ()


def test_a_deletion_is_asked_for_and_leaves_the_users_own_pictures(tab, pictures):
    tab.drop(pictures)
    tab.page.ask_to_delete.return_value = False
    tab.controller._on_page_delete_requested()
    assert not tab.jobs.running
    tab.page.ask_to_delete.return_value = True
    tab.controller._on_page_delete_requested()
    tab.settle()
    assert tab.names == []
    assert tab.controller.chosen == ""
    assert tab.controls.body is Body.INVITATION
    assert len(list(pictures.iterdir())) == 20
    assert tab.told[1] == "The dataset “my pictures” is deleted. Your own pictures are untouched."


def test_the_chosen_dataset_survives_a_restart(tab, pictures, leaking, open_tab):
    tab.drop(leaking)
    tab.drop(pictures)
    tab.controller.choose("leaking")
    tab.settle()
    assert tab.settings.get(DATASET) == "leaking"
    again = open_tab()
    assert again.controller.chosen == "leaking"
    assert len(again.shown) == 6


def test_of_two_choices_in_a_row_only_the_last_is_shown(tab, pictures, leaking):
    tab.drop(leaking)
    tab.drop(pictures)
    tab.controller.choose("leaking")
    assert tab.jobs.running[-1].wait(10_000)  # its answer is on its way
    tab.page.gallery.show_pictures.reset_mock()
    tab.controller.choose("my pictures")
    tab.settle()
    shown = [len(call.args[0]) for call in tab.page.gallery.show_pictures.call_args_list]
    assert set(shown) == {20}
    assert tab.info.name == "my pictures"


def test_a_choice_is_told_once(tab, pictures, leaking):
    tab.drop(leaking)
    tab.drop(pictures)
    chosen = []
    tab.controller.dataset_chosen.connect(chosen.append)
    tab.controller.choose("leaking")
    tab.controller.choose("leaking")
    assert chosen == ["leaking"]


def test_a_dataset_that_is_gone_is_a_sentence(tab, pictures):
    tab.drop(pictures)
    tab.controller.choose("gone")
    tab.settle()
    assert tab.told[0] is BannerKind.ERROR
    assert "gone" in tab.told[1]


def test_a_dataset_that_a_training_reads_is_neither_deleted_nor_split(tab, pictures):
    tab.drop(pictures)
    tab.controller.set_in_use("my pictures")
    tab.controller._on_page_delete_requested()
    assert tab.told[1] == "A training is learning from “my pictures”."
    tab.split(SplitConfig())
    assert tab.info.train == 0
    assert not tab.page.ask_to_delete.called
    tab.controller.set_in_use("")
    tab.split(SplitConfig())
    assert tab.info.train > 0
