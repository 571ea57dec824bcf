"""Pictures are read a page at a time, and what cannot be read says so."""

import pytest

from tests.training.dataset.making import Import, pets, write_folder
from training.dataset.library import open_dataset
from training.dataset.pages import PAGE_PICTURES, PicturePages
from training.dataset.picture import State
from training.errors import DatasetError


@pytest.fixture
def pictures(home, tmp_path):
    Import(write_folder(tmp_path / "pets", pets(3)), home)
    with open_dataset(home, "pets") as catalog:
        return {picture.id: picture for picture in catalog.pictures()}


def test_a_page_is_read_once_whatever_is_asked_of_it(pictures):
    read = []

    def note(ids):
        read.append(list(ids))
        return [pictures[each] for each in reversed(ids)]

    pages = PicturePages([4, 2, 6], note)
    assert len(pages) == 3
    assert [pages[row].id for row in (2, 0, 1, 0)] == [6, 4, 2, 4]
    assert read == [[4, 2, 6]]


def test_only_the_page_that_is_looked_at_is_read(pictures):
    read = []
    pages = PicturePages(range(10 * PAGE_PICTURES), lambda ids: read.extend(ids) or ())
    assert pages[5 * PAGE_PICTURES].id == 5 * PAGE_PICTURES
    assert read == list(range(5 * PAGE_PICTURES, 6 * PAGE_PICTURES))


def test_a_row_is_found_by_its_id(pictures):
    pages = PicturePages([4, 2, 6], lambda _: ())
    assert (pages.row_of(6), pages.row_of(5)) == (2, None)


def test_what_cannot_be_read_is_a_quarantined_picture_and_is_tried_again(pictures):
    answers = iter([DatasetError("The catalogue is gone.", "Import it again."), [pictures[1]]])

    def read(_):
        answer = next(answers)
        if isinstance(answer, DatasetError):
            raise answer
        return answer

    pages = PicturePages([1, 99], read)
    lost = pages[0]
    assert (lost.state, lost.reason) == (State.QUARANTINED, "The catalogue is gone.")
    assert pages[0] == pictures[1]
    assert pages[1].reason == "It is not in the catalogue any more."
