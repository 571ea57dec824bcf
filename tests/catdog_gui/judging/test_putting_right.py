"""Labels are put right where a run is judged, in one line with the Dataset tab's."""

from PySide6.QtCore import Qt

from catdog_gui.widgets.banner import BannerKind
from tests.catdog_gui.judging.conftest import WRONG, shown
from training.cancellation import CancelToken
from training.dataset.library import delete_dataset
from training.inference.groups import MISTAKES

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


def test_a_label_put_right_by_key_is_counted_and_seen_on_the_dataset_tab(judged):
    before = shown(judged).count(MISTAKES, 0.5)
    judged.view.look_at(judged.names.index(WRONG))
    judged.press(Key.Key_C)
    assert judged.label_of(WRONG) == "cat"
    assert judged.marks[judged.names.index(WRONG)] == "Cat, was dog"
    assert shown(judged).count(MISTAKES, 0.5) == before - 1
    assert judged.group == f"Mistakes · {before - 1}"
    view = judged.tabs.dataset_page.gallery.view
    tiles = {view.tile(row).name: view.tile(row).mark for row in range(view.count())}
    assert tiles[WRONG] == "Cat, was dog"
    assert judged.tabs.dataset_page._summary.cats.text() == "8 cats"


def test_what_is_undone_by_key_is_undone_everywhere(judged):
    before = judged.figures.accuracy.text()
    judged.view.look_at(judged.names.index(WRONG))
    judged.press(Key.Key_X)
    assert "of 13 pictures" in judged.figures.interval.text()
    judged.press(Key.Key_Z, CONTROL)
    assert judged.label_of(WRONG) == "dog"
    assert judged.figures.accuracy.text() == before
    judged.press(Key.Key_Y, CONTROL)
    assert "of 13 pictures" in judged.figures.interval.text()


def test_labels_of_one_class_alone_are_said_to_count_for_nothing(judged):
    judged.click(judged.figures.recall[1])
    before = judged.figures.accuracy.text()
    judged.view.selectAll()
    judged.press(Key.Key_C)
    assert set(judged.marks) == {"Cat, was dog"}
    assert "not both cats and dogs" in judged.figures.cautions.text()
    assert judged.figures.accuracy.text() == before
    judged.page.threshold._slider.setValue(70)
    judged.choose(judged.page.pictures.groups, "Mistakes")
    judged.press(Key.Key_Z, CONTROL)
    assert shown(judged).is_countable
    assert judged.figures.cautions.isHidden()
    assert judged.figures.accuracy.text() == before


def test_a_correction_on_the_dataset_tab_is_counted_here(judged):
    gallery = judged.tabs.dataset_page.gallery
    row = next(r for r in range(gallery.view.count()) if gallery.view.tile(r).name == WRONG)
    judged.tabs.dataset.corrections.correct("cat", [gallery.view.id_of(row)])
    judged.settle()
    assert "cat" in judged.marks[judged.names.index(WRONG)].lower()
    assert judged.page.pictures.desk.put_right.undo.isEnabled()


def test_a_dataset_that_a_training_reads_is_left_alone(judged):
    judged.tabs.dataset.set_in_use("pets")
    judged.view.look_at(0)
    judged.press(Key.Key_N)
    assert judged.page.banner.kind is BannerKind.INFO
    assert "pets" in judged.page.banner.message()
    assert "Neither" not in judged.marks


def test_rows_of_another_dataset_of_that_name_are_never_changed(judged, pictures, home):
    delete_dataset(home, "pets", emit=lambda _: None, token=CancelToken())
    judged.tabs.dataset.refresh()
    judged.tabs.dataset.datasets_changed.emit()
    judged.settle()
    assert "gone" in judged.page.banner.message()
    assert not any(a.isEnabled() for a in judged.page.pictures.desk.put_right.decisions)
    assert judged.figures.accuracy.text() != ""
