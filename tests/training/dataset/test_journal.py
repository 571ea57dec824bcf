"""Each correction can be undone and redone, also after a restart; no file is touched."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.training.dataset.making import new_picture
from training.dataset.catalog import CLASSES, COPY_REASON, Catalog, Split, State
from training.dataset.picture import NEITHER_REASON

PICTURES = 6

corrections = st.one_of(
    st.tuples(st.just("relabel"), st.sets(st.integers(1, PICTURES)), st.sampled_from(CLASSES)),
    st.tuples(
        st.sampled_from(["exclude", "restore", "mark_neither"]),
        st.sets(st.integers(1, PICTURES)),
    ),
)


@pytest.fixture
def folder(tmp_path):
    return filled(tmp_path / "pets")


def filled(folder):
    folder.mkdir()
    with Catalog.create(folder, source="", ignored=0) as catalog:
        catalog.add(new_picture(f"{CLASSES[i % 2]}.{i}.jpg") for i in range(PICTURES))
    return folder


def statuses(folder):
    with Catalog.open(folder) as catalog:
        return [(p.label, p.state, p.reason) for p in catalog.pictures(state=None)]


def one(folder, row=1):
    with Catalog.open(folder) as catalog:
        return catalog.pictures(state=None)[row - 1]


@settings(max_examples=40, deadline=None)
@given(steps=st.lists(corrections, max_size=8), back=st.integers(0, 8))
def test_undoing_and_redoing_leads_through_the_same_states(tmp_path_factory, steps, back):
    folder = filled(tmp_path_factory.mktemp("journal") / "pets")
    seen = [statuses(folder)]
    for name, *arguments in steps:
        with Catalog.open(folder) as catalog:  # a restart between any two steps
            if getattr(catalog.journal, name)(*arguments) is not None:
                seen.append(statuses(folder))
    for state in reversed(seen[:-1][-back:] if back else []):
        with Catalog.open(folder) as catalog:
            assert catalog.journal.undo() is not None
        assert statuses(folder) == state
    for state in seen[len(seen) - min(back, len(seen) - 1) :]:
        with Catalog.open(folder) as catalog:
            assert catalog.journal.redo() is not None
        assert statuses(folder) == state
    with Catalog.open(folder) as catalog:
        assert catalog.journal.redo() is None
        while catalog.journal.undo() is not None:
            pass
    assert statuses(folder) == seen[0]


def test_a_step_says_what_it_was_and_how_many_pictures_it_changed(folder):
    with Catalog.open(folder) as catalog:
        step = catalog.journal.relabel([1, 2, 3], "dog")
        assert (step.words, step.pictures) == ("Relabelled as dog", 2)
        assert catalog.journal.undoable() == step
        assert catalog.journal.redoable() is None
        assert catalog.journal.undo() == step
        assert catalog.journal.redoable() == step


def test_what_changes_nothing_is_no_step_and_keeps_what_can_be_redone(folder):
    with Catalog.open(folder) as catalog:
        catalog.journal.exclude([1])
        catalog.journal.undo()
        assert catalog.journal.relabel([1], "cat") is None
        assert catalog.journal.redo().words == "Excluded"
        assert catalog.journal.exclude([1]) is None


def test_a_new_correction_ends_what_could_be_redone(folder):
    with Catalog.open(folder) as catalog:
        catalog.journal.exclude([1])
        catalog.journal.undo()
        catalog.journal.mark_neither([2])
        assert catalog.journal.redo() is None
        assert catalog.journal.undo().words == "Marked as neither"
        assert catalog.journal.undo() is None


def test_a_picture_of_neither_takes_no_part_until_it_is_given_a_class(folder):
    with Catalog.open(folder) as catalog:
        catalog.journal.mark_neither([1])
    assert one(folder).is_neither
    assert one(folder).reason == NEITHER_REASON
    with Catalog.open(folder) as catalog:
        catalog.journal.relabel([1], "dog")
    assert (one(folder).state, one(folder).label) == (State.USED, "dog")


def test_relabelling_an_excluded_picture_leaves_it_out(folder):
    with Catalog.open(folder) as catalog:
        catalog.journal.exclude([1])
        catalog.journal.relabel([1], "dog")
    assert (one(folder).state, one(folder).label) == (State.EXCLUDED, "dog")


def test_what_is_quarantined_cannot_be_corrected(folder):
    with Catalog.open(folder) as catalog:
        catalog.add([new_picture("cat.99.jpg", state=State.QUARANTINED)])
        assert catalog.journal.restore([PICTURES + 1]) is None
        assert catalog.journal.relabel([PICTURES + 1], "dog") is None


def test_undoing_a_label_leaves_what_a_split_did_meanwhile(folder):
    with Catalog.open(folder) as catalog:
        catalog.assign_splits({1: Split.TRAIN}, copies=[1])
        assert one(folder).reason == COPY_REASON
        catalog.journal.relabel([1], "dog")
        catalog.assign_splits({1: Split.TEST}, copies=[])
        catalog.journal.undo()
    found = one(folder)
    assert (found.label, found.state, found.split) == ("cat", State.USED, Split.TEST)


def test_a_step_names_its_pictures(folder):
    with Catalog.open(folder) as catalog:
        step = catalog.journal.exclude([5, 2])
        assert catalog.journal.pictures_of(step) == [2, 5]
        assert [p.id for p in catalog.pictures_by_id([5, 2, 99])] == [2, 5]


def test_the_first_label_is_known_until_its_correction_is_undone(folder):
    with Catalog.open(folder) as catalog:
        journal = catalog.journal
        journal.relabel([1], "dog")
        journal.exclude([3])
        journal.relabel([1], "cat")
        journal.relabel([1], "dog")
        assert journal.first_labels() == {1: "cat"}
        for _ in range(4):
            journal.undo()
        assert journal.first_labels() == {}
