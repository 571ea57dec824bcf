"""What is looked for comes out of the catalogue, in a window over real pictures."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from catdog_gui.dataset_tab.detail_words import detail_lines, time_words
from catdog_gui.dataset_tab.look_jobs import Details
from training.dataset.exif import Exif
from training.dataset.journal import Change
from training.dataset.picture import Origin, Picture, State


def test_a_search_and_an_order_are_answered(check_tab):
    bar = check_tab.gallery.bar
    bar.search.setText("DOG")
    check_tab.qtbot.waitUntil(lambda: check_tab.names == ["dog.0.jpg", "dog.1.jpg", "dog.2.jpg"])
    bar.search.clear()
    check_tab.qtbot.waitUntil(lambda: len(check_tab.names) == 6)
    bar.order.setCurrentText("By number")
    bar.order.activated.emit(0)
    check_tab.settle()
    assert check_tab.names[:2] == ["cat.0.jpg", "dog.0.jpg"]


def test_the_charts_show_what_is_looked_at(check_tab):
    check_tab.gallery.bar.charts.click()
    check_tab.settle()
    assert "3 cats" in check_tab.gallery.charts.accessibleDescription()
    check_tab.gallery.bar.label.button(2).click()
    check_tab.settle()
    assert check_tab.gallery.charts.accessibleDescription() == "3 dogs, in no split"


def test_a_large_picture_comes_with_its_history(check_tab):
    check_tab.select(0)
    check_tab.press(Qt.Key.Key_D)
    check_tab.select(0)
    check_tab.press(Qt.Key.Key_Space)
    lines = check_tab.gallery.preview.details()
    assert lines[0].startswith("SHA-256 ")
    assert "Imported from" in lines[1]
    assert lines[2].endswith("Relabelled as dog")


def test_a_dataset_that_is_gone_is_told_and_not_raised(check_tab):
    (check_tab.home.datasets / "pets" / "catalog.sqlite").unlink()
    check_tab.gallery.bar.label.button(1).click()
    check_tab.settle()
    assert "has no catalogue" in check_tab.page.banner.message()


@pytest.fixture
def picture():
    return Picture(
        1, Path("/far/cat.1.jpg"), "cat.1.jpg", "ab" * 32, 9, 2, 2, "cat", 1, None, State.USED, ""
    )


def test_details_name_the_camera_but_never_the_place(picture):
    exif = Exif("Canon EOS 80D", "2021:05:03 10:11:12", "turned by 90°", has_place=True)
    origin = Origin("/far/train.zip", "2026-03-01T12:00:00+00:00", 0)
    camera, file, imported = detail_lines(Details(picture, exif, origin, ()))
    assert camera == (
        "Canon EOS 80D · taken 2021-05-03 10:11:12 · shown turned by 90° · "
        "the file holds where it was taken (GPS)"
    )
    assert file == "SHA-256 abababababab… · /far/cat.1.jpg"
    assert imported.endswith("Imported from /far/train.zip")


def test_of_many_corrections_the_last_are_told(picture):
    began = datetime(2026, 3, 1, 12, tzinfo=UTC)
    changes = [Change((began + timedelta(minutes=n)).isoformat(), f"Change {n}") for n in range(5)]
    origin = Origin("drawn", began.isoformat(), 0)
    lines = detail_lines(Details(picture, Exif(), origin, changes))
    assert lines[2] == "… 2 earlier corrections"
    assert [line.split("  ")[1] for line in lines[3:]] == ["Change 2", "Change 3", "Change 4"]
    assert lines[3].startswith(time_words(changes[2].made))
