"""What is no model, or is refused, is the domain's sentence in the tab's banner."""

import pytest

from catdog_gui.widgets.banner import BannerKind
from catdog_gui.wiring import TabName
from tests.catdog_gui.model_adding.dropping import PATIENCE_MS, at_rest, drop, page_of
from tests.training.learning.foreign.crafting import (
    before_answer,
    lambda_layer,
    members,
    write_keras,
)
from training.runs.lab_book import list_runs


@pytest.mark.fault(1)
def test_a_refusal_is_the_sentence_of_the_domain_and_no_code_of_the_model_ran(
    qtbot, window, home, tmp_path
):
    canary = tmp_path / "canary"
    file = write_keras(tmp_path / "m.keras", members(before_answer(lambda_layer(canary))))
    page = page_of(window, TabName.TRAINING)
    drop(page, file)
    qtbot.waitUntil(lambda: "Lambda" in page.banner.message(), timeout=PATIENCE_MS)
    assert page.banner.kind is BannerKind.ERROR
    assert page.banner.hint()
    assert not page.adding.is_asking
    assert not canary.exists()
    assert list_runs(home) == []


def test_a_picture_where_a_model_is_meant_is_a_sentence(qtbot, window, picture):
    page = page_of(window, TabName.TRAINING)
    drop(page, picture)
    at_rest(qtbot, window)
    assert page.banner.message() == "cat.png is a picture, where a model is needed."
    assert "Prediction tab" in page.banner.hint()
    assert not page.banner.details()


@pytest.mark.parametrize("members_of", [1, 200])
def test_a_datasets_archive_where_pictures_are_meant_is_a_sentence(
    qtbot, window, tmp_path, members_of
):
    rows = [(f"train/cat.{number}.jpg", b"x") for number in range(members_of)]
    page = page_of(window, TabName.PREDICTION)
    drop(page, write_keras(tmp_path / "train.zip", rows))
    at_rest(qtbot, window)
    assert page.banner.message() == "train.zip is an archive of folders or pictures, not a model."
    assert "Dataset tab" in page.banner.hint()
    assert not page.banner.details()


def test_a_folder_without_a_model_and_a_saved_model_are_sentences(qtbot, window, tmp_path):
    page = page_of(window, TabName.TRAINING)
    drop(page, tmp_path)
    at_rest(qtbot, window)
    assert page.banner.message().startswith("There is no model in the folder")
    (tmp_path / "saved_model.pb").touch()
    drop(page, tmp_path)
    at_rest(qtbot, window)
    assert "is a SavedModel" in page.banner.message()


def test_the_viewer_takes_what_catdog_saved_and_says_so_of_the_rest(
    qtbot, viewer, home, shared, tmp_path
):
    viewer.open_files([write_keras(tmp_path / "m.keras")])
    at_rest(qtbot, viewer)
    assert viewer.page.banner.message() == "m.keras is no model that CatDog saved."
    assert ".catdog" in viewer.page.banner.hint()
    viewer.open_files([shared])
    at_rest(qtbot, viewer)
    assert [info.title for info in list_runs(home)] == ["From a friend"]
    assert viewer.page._header._runs.currentText().startswith("From a friend")
