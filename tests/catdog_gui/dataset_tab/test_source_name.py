"""How a zip or a folder is named as a dataset."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catdog_gui.dataset_tab.source_name import name_for, unique_name
from training.config import check_name


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("train.zip", "train"),
        ("Train.ZIP", "Train"),
        ("my pets", "my pets"),
        ("pets v1.2", "pets v1.2"),
        ("_(1).zip", "1"),
        ("***.zip", "pictures"),
        ("gatos & cães", "gatos cães"),
    ],
)
def test_the_name_says_where_the_pictures_come_from(source, name):
    assert name_for(Path(source), []) == name


def test_a_taken_name_gets_the_next_number_whatever_its_case():
    assert unique_name("train", ["Train", "train 2"]) == "train 3"


@given(st.text(min_size=1, max_size=200), st.lists(st.text(max_size=5), max_size=5))
def test_every_source_gets_a_name_that_is_allowed_and_free(stem, taken):
    name = name_for(Path(stem.replace("/", "x").replace("\0", "x")), taken)
    assert check_name(name) == name
    assert name.casefold() not in {each.casefold() for each in taken}
