"""A run is judged: every figure, cell and bar opens its pictures, which can be put right there."""

import shutil

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices

from catdog_gui.judging.facts import Special
from catdog_gui.widgets.banner import BannerKind
from tests.catdog_gui.judging.conftest import OTHER, WRONG, shown
from training.inference.groups import MISTAKES
from training.runs.run_folder import ONNX_FILE

Key = Qt.Key

raises = pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)  # offscreen


def test_it_opens_on_the_run_in_use_and_a_validation_split(desk):
    header = desk.page.header
    assert header.runs.currentText().startswith("The model that ships")
    assert header.sources.currentText() == "pets · validation · 14"
    assert desk.page.isVisible()
    assert not header.report_button.isEnabled()


def test_figures_begin_with_the_mistakes_the_most_confident_first(judged):
    answers = shown(judged).answers
    right = int(np.count_nonzero(answers.right))
    assert judged.figures.accuracy.text() == f"{right / 14 * 100:.2f} % right"
    assert "95 % interval" in judged.figures.interval.text()
    assert judged.group == f"Mistakes · {14 - right}"
    assert WRONG in judged.names
    confidences = [answers.confidence[answers.paths.index(path)] for path in judged_paths(judged)]
    assert confidences == sorted(confidences, reverse=True)
    assert judged.view.tile(0).reason.startswith("Called ")


def judged_paths(desk):
    return [desk.view.tile(row).picture.path for row in range(desk.view.count())]


def test_every_figure_opens_as_many_pictures_as_it_counts(judged):
    figures, facts = judged.figures, shown(judged)
    for behind, button in figures.kinds.items():
        if button.isVisible():
            judged.click(button)
            assert len(judged.names) == facts.count(behind, 0.5)
            assert judged.group == button.text()
    judged.click(figures.recall[1])
    assert len(judged.names) == sum(facts.answers.labels)
    judged.click(figures.precision[0])
    assert len(judged.names) == int(np.count_nonzero(facts.answers.chance < 0.5))
    judged.click(figures.metrics["auc"])
    assert len(judged.names) == 14


def test_a_figure_gives_the_grid_the_keys(judged, qtbot):
    judged.click(judged.figures.kinds[MISTAKES])
    assert judged.page.focusWidget() is judged.view
    assert judged.view.selected_rows() == [0]


@pytest.mark.parametrize(("across", "upward"), [(0, 0), (1, 0), (0, 1), (1, 1)])
def test_a_click_on_a_cell_shows_its_pictures(judged, across, upward):
    judged.click_chart(0, across + 0.5, upward + 0.5)
    answers = shown(judged).answers
    wanted = (answers.truth == upward) & ((answers.chance >= 0.5) == across)
    assert len(judged.names) == np.count_nonzero(wanted)
    assert judged.group.startswith(f"{('Cats', 'Dogs')[upward]} called {('cats', 'dogs')[across]}")


def test_a_click_on_a_bar_and_on_a_dot_shows_its_pictures(judged):
    answers = shown(judged).answers
    judged.click_chart(4, 0.99, 0.2)
    assert judged.group.startswith("Right, confidence 97.5 to 100.0 %")
    assert len(judged.names) == np.count_nonzero(answers.right & (answers.confidence >= 0.975))
    judged.click_chart(3, 0.99, 0.5)
    assert judged.group.startswith("Confidence 93.3 to 100.0 %")
    assert len(judged.names) == np.count_nonzero(answers.confidence >= 14 / 15)


def test_the_pointer_over_a_cell_tells_its_pictures(judged):
    answers = shown(judged).answers
    cats = int(np.count_nonzero(answers.truth == 0))
    right = int(np.count_nonzero((answers.truth == 0) & (answers.chance < 0.5)))
    assert judged.told_over_chart(0, 0.5, 0.5) == [
        f"Cats called cats · {right}",
        f"{right / cats * 100:.2f} % of {cats} cats",
        "A click shows them.",
    ]


def test_the_pointer_over_a_bar_tells_its_pictures(judged):
    answers = shown(judged).answers
    right = answers.confidence[answers.right]
    bar = int((right.max() - 0.5) * 40)
    inside = int(np.count_nonzero((right >= 0.5 + bar / 40) & (right < 0.5 + (bar + 1) / 40)))
    assert judged.told_over_chart(4, 0.5 + (bar + 0.5) / 40, 0.2) == [
        f"Right, confidence {50 + bar * 2.5:.1f} to {52.5 + bar * 2.5:.1f} % · {inside}",
        f"{inside / len(right) * 100:.2f} % of {len(right)} right ones",
        "A click shows them.",
    ]


def test_the_pointer_over_a_dot_tells_its_pictures(judged):
    answers = shown(judged).answers
    surest = answers.confidence.max()
    low = int(surest * 15) / 15
    chosen = answers.confidence >= low
    hits, pictures = int(np.count_nonzero(answers.right & chosen)), int(np.count_nonzero(chosen))
    name, right, mean, action = judged.told_over_chart(3, surest, 0.5)
    assert name == f"Confidence {low * 100:.1f} to {(low + 1 / 15) * 100:.1f} % · {pictures}"
    assert right.startswith(f"Right: {hits / pictures * 100:.2f} %, {hits} of {pictures}. 95 %")
    assert mean == f"Their mean confidence: {answers.confidence[chosen].mean() * 100:.2f} %"
    assert action == "A click shows them."


def test_the_pointer_over_a_part_without_pictures_offers_no_click(judged):
    judged.page.threshold.threshold_chosen.emit(1.0)
    assert judged.told_over_chart(0, 1.5, 0.5) == ["Cats called dogs · 0"]


@pytest.mark.parametrize("place", [1, 2])
def test_the_pointer_beside_a_curve_tells_the_threshold_that_a_click_sets(judged, place):
    at, cats, _, action = judged.told_over_chart(place, 0.9, 0.9)
    judged.click_chart(place, 0.9, 0.9)
    threshold = judged.page.threshold._number.value()
    assert at.startswith(f"At {threshold:.2f}: ")
    precision, recall = judged.figures.precision[0].text(), judged.figures.recall[0].text()
    assert cats == f"Cats: precision {precision}, recall {recall}"
    assert action == "A click sets this threshold."


def test_beside_the_drawing_nothing_is_told_and_what_was_told_is_gone(judged):
    assert judged.told_over_chart(0, 0.5, 0.5) != [""]
    assert judged.told_over_chart(0, -0.1, 0.5) == [""]
    assert judged.told_over_chart(0, 0.5, 0.5) != [""]
    judged.page.chart.segments.button(1).click()
    assert judged.page.chart.canvas.toolTip() == ""


def test_each_chart_says_how_it_is_read(judged):
    chart = judged.page.chart
    said = set()
    for button in range(5):
        chart.segments.button(button).click()
        said.add(chart.help.text())
        assert chart.canvas.accessibleDescription() == chart.help.text()
    assert len(said) == 5


@pytest.mark.parametrize("place", [1, 2])
def test_a_click_beside_a_curve_sets_the_threshold(judged, place):
    """Nothing is called a dog on the left of one, no cat on the left of the other."""
    judged.page.threshold.threshold_chosen.emit(0.99)
    judged.click_chart(place, 1.0, 1.0 if place == 1 else 0.5)
    assert judged.page.threshold._number.value() < 0.99
    assert judged.figures.accuracy.text() != ""


def test_each_term_of_the_figures_is_explained(judged):
    figures = judged.figures
    for term in (figures.interval, figures.chance, *figures.metrics.values(), *figures.recall):
        assert term.toolTip()


def test_groups_can_be_chosen_by_name_without_a_mouse(judged):
    judged.choose(judged.page.pictures.groups, "Right · ")
    assert len(judged.names) == int(np.count_nonzero(shown(judged).answers.right))


def test_the_threshold_moves_figures_and_pictures_without_a_job(judged):
    started = []
    judged.jobs.started.connect(started.append)
    judged.page.threshold._slider.setValue(99)
    answers = shown(judged).answers
    called = answers.chance >= 0.99
    wrong = int(np.count_nonzero(called != answers.truth))
    assert judged.group == f"Mistakes · {wrong}"
    assert len(judged.names) == wrong
    assert judged.figures.accuracy.text() == f"{(14 - wrong) / 14 * 100:.2f} % right"
    assert "At 0.99:" in judged.page.threshold._words.text()
    assert not started


def test_the_test_split_comes_with_a_word(desk):
    desk.choose(desk.page.header.sources, "pets · test")
    assert "once" in desk.page.header.hint.text()
    desk.choose(desk.page.header.sources, "pets · validation")
    assert desk.page.header.hint.isHidden()


def test_a_folder_is_judged_by_its_names_and_not_put_right(desk, pictures, monkeypatch):
    (pictures / "cat.99.jpg").write_bytes(b"no picture")
    monkeypatch.setattr(type(desk.page), "ask_for_folder", lambda *_: pictures)
    desk.click(desk.page.header.folder_button)
    assert desk.page.header.sources.currentText() == "Folder my pictures"
    desk.judge()
    assert desk.figures.title.text() == "The folder “my pictures”: the model that ships"
    unread = desk.figures.kinds[Special.UNREAD]
    assert (unread.isVisible(), unread.text()) == (True, "Not readable · 1")
    desk.click(unread)
    assert desk.names == ["cat.99.jpg"]
    assert desk.view.tile(0).measures == ""
    desk.click(desk.figures.kinds[MISTAKES])
    assert not any(a.isEnabled() for a in desk.page.pictures.desk.put_right.decisions)
    assert "folder" in desk.page.pictures.caption.text()


def test_two_runs_are_compared_picture_by_picture(judged, other):
    judged.tabs.judging.refresh()
    judged.settle()
    judged.choose(judged.page.header.rivals, " · 20")
    sides = judged.figures.sides
    right = int(np.count_nonzero(shown(judged).answers.right))
    assert sides[Special.BOTH].text() == f"Both runs right · {right}"
    assert sides[Special.ONLY_FIRST].text() == "Only this run right · 0"
    assert "McNemar" in judged.figures.chance.text()
    judged.click(sides[Special.NONE])
    assert len(judged.names) == 14 - right
    assert "The other: called" in judged.view.tile(0).reason
    judged.choose(judged.page.header.rivals, "No other run")
    assert judged.figures._rival.isHidden()


def test_a_run_is_not_compared_with_itself(judged):
    judged.choose(judged.page.header.rivals, "The model that ships")
    assert "itself" in judged.page.banner.message()
    assert judged.page.header.rivals.currentText() == "No other run"


def test_a_report_is_written_from_what_is_shown_and_offered(judged, tmp_path, monkeypatch):
    output = tmp_path / "r.html"
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or True)
    monkeypatch.setattr(type(judged.page), "ask_for_report", lambda *_: output)
    judged.page.report_requested.emit(False)
    judged.settle()
    assert str(output) in judged.page.banner.message()
    assert "the validation split of “pets”" in output.read_text(encoding="utf-8")
    judged.click(judged.page.banner._action)
    assert [url.toLocalFile() for url in opened] == [str(output)]


@raises
def test_a_run_without_its_network_is_a_sentence(desk, other):
    (other / ONNX_FILE).unlink()
    desk.tabs.judging.open(OTHER)
    desk.settle()
    desk.judge()
    assert desk.page.banner.kind is BannerKind.ERROR
    assert "no model" in desk.page.banner.message()
    assert desk.page.banner.hint()
    assert desk.page.header.judge_button.isEnabled()


def test_pictures_of_one_class_are_a_sentence(desk, tmp_path, pictures, monkeypatch):
    cats = tmp_path / "cats"
    cats.mkdir()
    shutil.copy(pictures / "cat.1.jpg", cats)
    monkeypatch.setattr(type(desk.page), "ask_for_folder", lambda *_: cats)
    desk.click(desk.page.header.folder_button)
    desk.judge()
    assert "not both cats and dogs" in desk.page.banner.message()
    assert desk.page._body.currentIndex() == 0


def test_a_home_without_labelled_pictures_offers_a_folder(open_desk):
    desk = open_desk()
    assert desk.page.header.sources.currentText() == "No split with pictures"
    assert not desk.page.header.judge_button.isEnabled()
    assert desk.page.header.folder_button.isEnabled()


def test_closing_the_window_ends_its_job(desk):
    desk.page.header.judge_button.click()
    assert desk.jobs.running
    desk.page.close()
    desk.settle()
    assert desk.tabs.judging.controller._judged is None
    desk.open()
    assert desk.page.isVisible()


@raises
def test_the_lab_book_opens_it_on_its_run(desk, other):
    desk.tabs.training_page.judge_requested.emit(OTHER)
    desk.settle()
    assert desk.tabs.judging.controller._choice.run.run == OTHER


def test_it_fits_into_1024_by_700(judged):
    judged.page.resize(1024, 700)
    assert judged.page.width() == 1024
    assert judged.page._inside.minimumSizeHint().width() <= 1024
    assert judged.page._inside.minimumSizeHint().height() <= 700
