"""Pictures that change one by one are the same as ones that are read anew."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from catdog_gui.dataset_tab.picture_filter import find_leaks
from catdog_gui.dataset_tab.picture_set import PictureSet
from tests.training.dataset.making import picture
from training.dataset.picture import Split, State

_COUNT = 8
_states = st.tuples(
    st.integers(1, _COUNT), st.sampled_from([State.USED, State.EXCLUDED]), st.sampled_from(Split)
)


def _pictures():
    return [
        picture(row, "cat", sha256=f"{row % 4}", split=list(Split)[row % 3])
        for row in range(1, _COUNT + 1)
    ]


@given(changes=st.lists(_states, max_size=6))
def test_the_leaks_follow_each_change(changes):
    pictures = _pictures()
    kept = PictureSet(pictures, find_leaks(pictures))
    for row, state, split in changes:
        pictures[row - 1] = replace(pictures[row - 1], state=state, split=split)
        kept.replace([pictures[row - 1]])
    assert kept.pictures == pictures
    assert kept.leaks == find_leaks(pictures)


def test_pictures_of_another_dataset_change_nothing():
    kept = PictureSet(_pictures())
    kept.replace([picture(99, "cat", sha256="0")])
    assert kept.pictures == _pictures()
