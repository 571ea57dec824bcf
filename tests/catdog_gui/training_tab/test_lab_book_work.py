"""What the user wants of the lab book happens on the disk, and can be taken back."""

import dataclasses
import shutil
from pathlib import Path

import pytest

from catdog_gui.training_tab.controls import Phase
from catdog_gui.training_tab.trash_work import UNDO_MS
from catdog_gui.widgets.banner import BannerKind
from tests.catdog_gui.training_tab.conftest import Bench, until
from tests.training.runs.making import make_run
from training.learning.presets import training_config
from training.runs.history import HISTORY_FILE
from training.runs.notes import NOTES_FILE, read_notes
from training.runs.run_folder import DAMAGED, RECORD_FILE
from training.runs.trash import list_trash


@pytest.fixture
def runs(qtbot, bench: Bench):
    """Two runs in the lab book, gone at the end: the home is the module's."""
    config = training_config("notebook", "sample", epochs=3, seed=7)
    other = dataclasses.replace(config, dataset="elsewhere", seed=8)
    made = [make_run(bench.home, config=each) for each in (config, other)]
    bench.controller.refresh_datasets()
    qtbot.waitUntil(lambda: len(listed(bench)) == 2)
    yield made
    shutil.rmtree(bench.home.runs)


def listed(bench: Bench):
    calls = bench.page.set_runs.call_args_list
    return [info.run for info in calls[-1].args[0]] if calls else []


def said(bench: Bench):
    return bench.page.banner.show_message.call_args


def test_a_deleted_run_comes_back_with_undo(qtbot, bench: Bench, runs) -> None:
    names = [folder.name for folder in runs]
    with qtbot.waitSignal(bench.controller.runs_changed):
        bench.signals.delete_requested.emit(tuple(names))
    qtbot.waitUntil(lambda: listed(bench) == [])
    assert {each.run for each in list_trash(bench.home)} == set(names)
    assert said(bench).kwargs["action"] == "Undo"
    assert said(bench).kwargs["for_ms"] == UNDO_MS == 10_000
    said(bench).kwargs["do"]()
    qtbot.waitUntil(lambda: sorted(listed(bench)) == sorted(names))
    assert list_trash(bench.home) == []
    qtbot.waitUntil(lambda: said(bench).args == (BannerKind.SUCCESS, "2 runs are back."))


def test_a_deleted_run_comes_back_from_the_menu(qtbot, bench: Bench, runs) -> None:
    name = runs[0].name
    bench.signals.delete_requested.emit((name,))
    qtbot.waitUntil(lambda: [each.run for each in bench.page.set_trash.call_args.args[0]] == [name])
    bench.signals.restore_requested.emit(name)
    qtbot.waitUntil(lambda: name in listed(bench))
    qtbot.waitUntil(lambda: bench.page.set_trash.call_args.args == ([],))


def test_a_run_that_is_gone_already_is_a_sentence_and_the_list_is_right(
    qtbot, bench: Bench, runs
) -> None:
    shutil.rmtree(runs[0])
    bench.signals.delete_requested.emit((runs[0].name,))
    qtbot.waitUntil(lambda: listed(bench) == [runs[1].name])
    assert said(bench).args[0] is BannerKind.ERROR


def test_words_are_written_and_shown_and_the_other_tabs_are_told(qtbot, bench: Bench, runs) -> None:
    run = runs[0].name
    with qtbot.waitSignal(bench.controller.runs_changed):
        bench.signals.title_given.emit(run, "Grey cats")
    bench.signals.notes_given.emit(run, "Why grey?")
    bench.signals.star_requested.emit(run)
    shown = bench.page.show_run.call_args.args[0]
    assert (shown.run, shown.title, shown.notes, shown.starred) == (
        run,
        "Grey cats",
        "Why grey?",
        True,
    )
    assert read_notes(runs[0]).title == "Grey cats"
    bench.signals.star_requested.emit(run)
    assert not read_notes(runs[0]).starred


def test_words_on_a_run_that_was_deleted_meanwhile_are_dropped(bench: Bench, runs) -> None:
    bench.signals.notes_given.emit("gone", "Why?")
    assert not bench.page.banner.show_message.called


def test_words_that_are_too_long_are_a_sentence(bench: Bench, runs) -> None:
    bench.signals.title_given.emit(runs[0].name, "x" * 500)
    assert said(bench).args[0] is BannerKind.ERROR
    assert not (runs[0] / NOTES_FILE).exists()


def test_a_run_is_repeated_with_its_settings_and_its_dataset(qtbot, bench: Bench, runs) -> None:
    bench.signals.repeat_requested.emit(runs[0].name)
    preset, values = bench.page.set_preset.call_args.args
    assert (preset, values.epochs, values.seed) == ("notebook", 3, 7)
    bench.page.values.return_value = values
    bench.signals.repeat_requested.emit(runs[0].name)
    assert said(bench).args == (
        BannerKind.INFO,
        "The form holds the settings of that run.",
    )
    bench.training.ends.set()
    bench.signals.train_requested.emit()
    until(qtbot, bench, Phase.IDLE)
    assert bench.training.config == training_config("notebook", "sample", epochs=3, seed=7)


def test_what_the_form_could_not_take_and_a_missing_dataset_are_said(bench: Bench, runs) -> None:
    bench.signals.repeat_requested.emit(runs[1].name)  # the view still says the preset's values
    kind, message = said(bench).args
    assert (kind, message.endswith("but for: epochs, seed.")) == (BannerKind.WARNING, True)
    assert "“elsewhere” is not here" in said(bench).kwargs["hint"]


def test_a_run_of_a_preset_that_nobody_knows_is_a_sentence(qtbot, bench: Bench, runs) -> None:
    config = dataclasses.replace(training_config("notebook", "sample"), preset="unknown")
    strange = make_run(bench.home, config=config)
    bench.controller.refresh_datasets()
    qtbot.waitUntil(lambda: strange.name in listed(bench))
    bench.signals.repeat_requested.emit(strange.name)
    assert "There is no preset “unknown”" in said(bench).args[1]


def test_runs_are_compared_with_their_histories(qtbot, bench: Bench, runs) -> None:
    bench.signals.compare_requested.emit(tuple(folder.name for folder in runs))
    qtbot.waitUntil(lambda: bench.page.show_comparison.called, timeout=60_000)
    compared = bench.page.show_comparison.call_args.args[0]
    assert [row.name for row in compared.comparison.settings] == ["dataset", "seed"]
    assert [len(history) for history in compared.histories] == [3, 3]


def test_a_run_whose_history_is_damaged_is_not_compared(qtbot, bench: Bench, runs) -> None:
    (runs[0] / HISTORY_FILE).write_text("epoch\nx\n", encoding="utf-8")
    bench.signals.compare_requested.emit(tuple(folder.name for folder in runs))
    qtbot.waitUntil(lambda: bench.page.banner.show_message.called)
    assert said(bench).args[0] is BannerKind.ERROR


def test_a_damaged_run_shows_its_sentence_and_goes_to_the_trash(qtbot, bench: Bench, runs) -> None:
    name = runs[0].name
    (runs[0] / RECORD_FILE).write_text("{", encoding="utf-8")
    bench.controller.refresh_datasets()
    qtbot.waitUntil(lambda: bench.page.set_runs.call_args.args[0][-1].state == DAMAGED)
    bench.signals.run_chosen.emit(name)
    assert bench.page.plot.clear.call_args.args == (
        f"The record of the run {name} is damaged. Choose another run, or delete it.",
    )
    assert bench.page.show_advice.call_args.args == (None,)
    bench.signals.delete_requested.emit((name,))
    qtbot.waitUntil(lambda: listed(bench) == [runs[1].name])
    assert [each.run for each in list_trash(bench.home)] == [name]
    qtbot.waitUntil(lambda: said(bench) is not None)
    said(bench).kwargs["do"]()
    qtbot.waitUntil(lambda: name in listed(bench))


@pytest.mark.slow
def test_curves_are_written_for_tensorboard(qtbot, bench: Bench, runs, tmp_path: Path) -> None:
    bench.page.ask_for_event_folder.return_value = tmp_path
    bench.signals.event_file_requested.emit(runs[0].name)
    qtbot.waitUntil(lambda: bench.page.banner.show_message.called, timeout=60_000)
    assert said(bench).args[0] is BannerKind.SUCCESS
    assert len(list((tmp_path / runs[0].name).glob("*tfevents*"))) == 1
    qtbot.waitUntil(lambda: bench.controls.can_work_on_runs)
