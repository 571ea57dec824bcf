"""The controller against a view that only listens."""

from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage

from catdog_gui.prediction_tab import model_cards, model_choosing
from catdog_gui.prediction_tab.controls import Body
from catdog_gui.settings import PICTURES_FOLDER, PREDICTION_RUN
from catdog_gui.widgets.banner import BannerKind
from catdog_gui.widgets.image_drop import Dropped
from tests.catdog_gui.prediction_tab.played import finished_run
from training.errors import RunError
from training.events import Stage
from training.runs.run_folder import UNFINISHED


def test_finished_runs_are_offered_and_the_first_is_chosen(bench):
    bench.runs.insert(0, finished_run("new", UNFINISHED))
    bench.start()
    words, chosen = bench.offered
    assert words == [f"notebook · 2026-11-24 10:0{minute} · validation 0.80" for minute in (2, 1)]
    assert chosen == 0


def test_pictures_become_rows_with_verdicts_and_a_summary(bench):
    bench.classify("cat.jpg", "dog.jpg", "notes.txt")
    assert bench.results == {"cat.jpg": "cat", "dog.jpg": "dog", "notes.txt": "error"}
    assert bench.summary == "3 pictures: 1 cat, 1 dog, 1 could not be read."
    assert bench.controls.body is Body.RESULTS
    assert bench.oracle.calls == [("b2", ["cat.jpg", "dog.jpg", "notes.txt"])]


def test_new_pictures_wait_for_those_before_them(bench):
    bench.controller.classify([Path("/p/cat.1.jpg")])
    bench.controller.classify([Path("/p/cat.2.jpg")])
    bench.wait()
    assert [names for _, names in bench.oracle.calls] == [["cat.1.jpg"], ["cat.2.jpg"]]
    assert list(bench.results) == ["cat.1.jpg", "cat.2.jpg"]


def test_another_run_reads_every_picture_again(bench):
    bench.classify("cat.jpg", "dog.jpg")
    bench.fire("run_chosen", 1)
    bench.wait()
    assert bench.oracle.calls[-1] == ("a", ["cat.jpg", "dog.jpg"])
    assert bench.offered[1] == 1


def test_choosing_the_same_run_again_reads_nothing(bench):
    bench.classify("cat.jpg")
    bench.fire("run_chosen", 0)
    assert len(bench.oracle.calls) == 1


def test_the_chosen_run_is_chosen_after_a_restart(bench):
    bench.fire("run_chosen", 1)
    assert bench.settings.get(PREDICTION_RUN) == "a"
    bench.start()
    assert bench.offered[1] == 1


def test_a_run_that_just_finished_is_chosen(bench):
    bench.runs.insert(0, finished_run("newer"))
    bench.refresh()
    bench.classify("cat.jpg")
    assert bench.oracle.calls == [("newer", ["cat.jpg"])]


def test_verdicts_on_the_screen_keep_their_run(bench):
    bench.classify("cat.jpg")
    bench.runs.insert(0, finished_run("newer"))
    bench.refresh()
    assert bench.offered[1] == 1
    assert len(bench.oracle.calls) == 1


def test_runs_that_cannot_be_listed_are_an_error_in_the_banner(bench, monkeypatch):
    def fail(_home):
        raise PermissionError(13, "denied", "/home/runs")

    monkeypatch.setattr(model_choosing, "runs_to_choose_from", fail)
    bench.refresh()
    assert bench.message[:2] == (BannerKind.ERROR, "Access was denied (/home/runs).")


def test_without_a_run_a_drop_says_what_is_missing_and_leads_there(without_run, qtbot):
    without_run.fire("pictures_dropped", Dropped((Path("/p/cat.jpg"),)))
    assert without_run.message == (BannerKind.INFO, "There is no model yet.", "Go to Training")
    assert without_run.controls.body is Body.NO_RUN
    assert without_run.oracle.calls == []
    with qtbot.waitSignal(without_run.controller.run_needed):
        without_run.fire("banner_action_requested")


def test_the_empty_tab_leads_to_training(without_run, qtbot):
    with qtbot.waitSignal(without_run.controller.run_needed):
        without_run.fire("first_model_requested")


def test_opened_pictures_are_read_and_their_folder_is_remembered(bench, tmp_path):
    bench.page.ask_for_pictures.return_value = [tmp_path / "cat.jpg"]
    bench.controller.bringing.ask_for_pictures()
    bench.wait()
    assert bench.results == {"cat.jpg": "cat"}
    assert bench.settings.get(PICTURES_FOLDER) == str(tmp_path)
    bench.controller.bringing.ask_for_pictures()
    assert bench.page.ask_for_pictures.call_args.args == (tmp_path,)
    bench.wait()


def test_an_opened_folder_is_read_and_remembered(bench, tmp_path):
    (tmp_path / "cat.jpg").touch()
    bench.page.ask_for_folder.return_value = tmp_path
    bench.fire("folder_requested")
    bench.wait()
    assert bench.results == {"cat.jpg": "cat"}
    assert bench.settings.get(PICTURES_FOLDER) == str(tmp_path)


def test_thinking_better_of_it_changes_nothing(bench):
    bench.page.ask_for_pictures.return_value = []
    bench.page.ask_for_folder.return_value = None
    bench.page.ask_for_results_file.return_value = None
    bench.controller.bringing.ask_for_pictures()
    bench.fire("folder_requested")
    bench.fire("save_requested")
    assert bench.oracle.calls == []
    assert bench.settings.get(PICTURES_FOLDER) == ""


def test_a_pasted_picture_is_read_by_its_own_name(bench):
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    bench.page.clipboard.return_value = Dropped((), image)
    bench.fire("paste_requested")
    bench.wait()
    assert bench.results == {"Pasted picture 1.png": "dog"}


def test_pasted_files_are_read_like_dropped_ones(bench):
    bench.page.clipboard.return_value = Dropped((Path("/p/cat.jpg"),))
    bench.fire("paste_requested")
    bench.wait()
    assert bench.results == {"cat.jpg": "cat"}


def test_an_empty_clipboard_is_said_in_a_sentence(bench):
    bench.page.clipboard.return_value = None
    bench.fire("paste_requested")
    assert bench.message[:2] == (BannerKind.INFO, "There is no picture on the clipboard.")


def test_a_picture_that_cannot_be_kept_is_an_error_in_the_banner(bench):
    bench.fire("pictures_dropped", Dropped((), QImage()))
    assert bench.message[0] is BannerKind.ERROR
    assert bench.results == {}


def test_a_cancel_keeps_what_was_read_and_offers_the_rest(bench, qtbot):
    bench.oracle.may_answer.clear()
    bench.controller.classify([Path("/p/cat.1.jpg"), Path("/p/cat.2.jpg")])
    qtbot.waitUntil(lambda: bench.results.get("cat.1.jpg") == "cat")
    bench.fire("cancel_requested")
    bench.page.show_stopping.assert_called_once_with()
    bench.wait()
    assert bench.results == {"cat.1.jpg": "cat", "cat.2.jpg": None}
    assert bench.summary == "2 pictures: 1 cat, 1 not read."
    assert bench.message == (BannerKind.INFO, "Stopped. 1 picture is not read.", "Read the rest")
    bench.oracle.may_answer.set()
    bench.fire("banner_action_requested")
    bench.wait()
    assert bench.oracle.calls[-1][1] == ["cat.2.jpg"]
    assert bench.results == {"cat.1.jpg": "cat", "cat.2.jpg": "cat"}


def test_clearing_ends_the_job_and_its_late_verdicts_are_not_wanted(bench, qtbot):
    bench.oracle.may_answer.clear()
    bench.controller.classify([Path("/p/cat.1.jpg"), Path("/p/cat.2.jpg")])
    qtbot.waitUntil(lambda: bench.oracle.begun.is_set() and len(bench.results) == 2)
    bench.fire("clear_requested")
    bench.wait()
    assert bench.results == {}
    assert bench.summary == ""
    assert bench.controls.body is Body.EMPTY
    assert bench.message[1:] == (
        "The list of 2 pictures is cleared. The files are where they were.",
        "Undo",
    )


def test_a_damaged_model_is_an_error_in_the_banner_and_leaves_the_pictures(bench):
    bench.oracle.error = RunError("The model is damaged.", "Choose another run.")
    bench.classify("cat.jpg")
    assert bench.message[:2] == (BannerKind.ERROR, "The model is damaged.")
    assert bench.results == {"cat.jpg": None}
    bench.oracle.error = None
    bench.fire("run_chosen", 1)
    bench.wait()
    assert bench.results == {"cat.jpg": "cat"}


def test_what_a_job_notices_is_shown(bench):
    bench.oracle.notice = "There are no pictures in the folder holiday."
    bench.classify("cat.jpg")
    assert bench.message[:2] == (BannerKind.WARNING, bench.oracle.notice)


def test_progress_is_shown_while_a_job_runs_and_cleared_at_its_end(bench):
    bench.classify("cat.jpg")
    stages = [call.args[1].stage.stage for call in bench.page.show_progress.call_args_list]
    assert stages == [Stage.LISTING, Stage.CLASSIFYING]
    shown = [call[0] for call in bench.page.mock_calls if call[0].endswith("_progress")]
    assert shown[-3:] == ["show_progress", "show_progress", "clear_progress"]


def test_the_list_is_saved_as_a_table(bench, tmp_path):
    bench.classify("cat.jpg", "notes.txt")
    bench.page.ask_for_results_file.return_value = tmp_path / "verdicts.csv"
    bench.fire("save_requested")
    assert (tmp_path / "verdicts.csv").read_text(encoding="utf-8").splitlines() == [
        "path,verdict,p_dog,confidence,error,p_neither",
        f"{Path('/p/cat.jpg').absolute()},cat,0.03,0.97,,",
        f"{Path('/p/notes.txt').absolute()},,,,The file is not a picture.,",
    ]
    assert bench.message[:2] == (BannerKind.SUCCESS, "2 pictures are saved in verdicts.csv.")


def test_a_table_that_cannot_be_written_is_an_error_in_the_banner(bench, tmp_path):
    bench.classify("cat.jpg")
    bench.page.ask_for_results_file.return_value = tmp_path / "missing" / "verdicts.csv"
    bench.fire("save_requested")
    assert bench.message[0] is BannerKind.ERROR


def test_the_card_of_the_chosen_run_is_shown(bench, monkeypatch):
    monkeypatch.setattr(model_cards, "read_model_card", lambda folder: f"# {folder.name}")
    bench.fire("run_chosen", 1)
    bench.fire("card_requested")
    bench.page.show_card.assert_called_once_with("# a")


def test_a_card_that_cannot_be_read_is_an_error_in_the_banner(bench):
    bench.fire("card_requested")
    bench.page.show_card.assert_not_called()
    assert bench.message[:2] == (
        BannerKind.ERROR,
        "The run b2 cannot be read (No such file or directory).",
    )


@pytest.mark.fault(64)
def test_a_web_address_is_answered_in_words(bench):
    bench.fire("address_dropped")
    assert bench.message[0] is BannerKind.INFO
    assert "nothing is fetched from the web" in bench.message[1]
    assert bench.oracle.calls == []
