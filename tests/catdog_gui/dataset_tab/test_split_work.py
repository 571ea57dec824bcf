"""Splits in files, and by the pictures' folders, from the form to the catalogue."""

import csv
import shutil

import pytest

from catdog_gui.widgets.banner import BannerKind
from training.config import FOLDERS_SCHEME, SplitConfig
from training.dataset.library import open_dataset
from training.dataset.picture import Split


@pytest.fixture
def split_tab(tab, pictures):
    tab.drop(pictures)
    tab.split(SplitConfig(train=0.6, validation=0.2))
    return tab


def _splits(tab):
    with open_dataset(tab.home, tab.controller.chosen) as catalog:
        return {picture.name: picture.split for picture in catalog.pictures()}


def test_a_split_goes_into_a_table_and_comes_back(split_tab, tmp_path):
    table, before = tmp_path / "split.csv", _splits(split_tab)
    split_tab.page.ask_where_to_export.return_value = table
    split_tab.controller.splits.export(as_table=True)
    split_tab.settle()
    assert split_tab.told[:2] == (
        BannerKind.SUCCESS,
        f"The split of 20 pictures is written to {table}.",
    )
    with table.open(encoding="utf-8") as file:
        assert len(list(csv.DictReader(file))) == 20
    split_tab.split(SplitConfig(train=0.6, validation=0.2, seed=9))
    assert _splits(split_tab) != before
    split_tab.page.ask_for_table.return_value = table
    split_tab.controller.splits.import_table()
    split_tab.settle()
    assert _splits(split_tab) == before
    assert "for training" in split_tab.told[1]


def test_a_split_is_laid_out_in_folders_of_links(split_tab, tmp_path):
    folder = tmp_path / "for others"
    split_tab.page.ask_where_to_export.return_value = folder
    split_tab.controller.splits.export(as_table=False)
    split_tab.settle()
    assert {each.name for each in folder.iterdir()} == {"train", "validation", "test"}
    assert len(list((folder / "train" / "cat").iterdir())) == 6


def test_whoever_thinks_better_of_it_starts_nothing(split_tab):
    split_tab.page.ask_where_to_export.return_value = None
    split_tab.page.ask_for_table.return_value = None
    split_tab.controller.splits.export(as_table=True)
    split_tab.controller.splits.import_table()
    assert not split_tab.jobs.running


def test_a_table_of_something_else_is_refused_in_the_banner(split_tab, tmp_path):
    table, before = tmp_path / "other.csv", _splits(split_tab)
    table.write_text("a,b\n1,2\n", encoding="utf-8")
    split_tab.page.ask_for_table.return_value = table
    split_tab.controller.splits.import_table()
    split_tab.settle()
    assert "has no columns named" in split_tab.told[1]
    assert _splits(split_tab) == before


def test_the_folders_own_split_has_no_leaks(tab, drawn_once, tmp_path):
    for number, folder in enumerate(("Train", "val", "test")):
        for label in ("cat", "dog"):
            place = tmp_path / "sorted" / folder / label
            place.mkdir(parents=True)
            drawn = 0 if label == "cat" and folder == "test" else number
            shutil.copy(drawn_once / f"{label}.{drawn}.jpg", place / f"{number}.jpg")
    tab.drop(tmp_path / "sorted")
    tab.split(SplitConfig(scheme=FOLDERS_SCHEME))
    assert (tab.info.train, tab.info.validation, tab.info.test) == (2, 2, 1)
    assert (tab.info.leaks, tab.info.excluded) == (0, 1)
    splits = _splits(tab)
    assert {name.split("/")[0]: split for name, split in splits.items()} == {
        "Train": Split.TRAIN,
        "val": Split.VALIDATION,
        "test": Split.TEST,
    }


def test_pictures_in_no_such_folders_are_refused(split_tab):
    split_tab.split(SplitConfig(scheme=FOLDERS_SCHEME))
    assert split_tab.told[1] == "The pictures lie in no folders named train, validation and test."
