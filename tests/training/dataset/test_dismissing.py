"""What the user knows better leaves the list, for each picture of a content, until taken back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.training.dataset.making import Import, make_old, new_picture, write_folder
from tests.training.dataset.test_survey import encoded, look, poor_pictures, scene
from training.dataset.catalog import Catalog, Split, State
from training.dataset.dismissing import dismiss, dismissed_among, restore
from training.dataset.finding import Dismissal, Finding, FindingKind
from training.dataset.journal import Ruling
from training.dataset.library import open_dataset
from training.dataset.standing import read_standing

Kind = FindingKind


@pytest.fixture
def catalog(tmp_path):
    """Cats 1 to 4 and dogs 5 and 6; 3 and 4 have the same content."""
    contents = ("a", "b", "c", "c", "e", "f")
    with Catalog.create(tmp_path, source="", ignored=0) as catalog:
        catalog.add(
            new_picture(f"{'cat' if row < 5 else 'dog'}.{row}.jpg", sha256=content)
            for row, content in enumerate(contents, start=1)
        )
        yield catalog


def plant(catalog, *found):
    """Keep findings, each a kind, a picture, and for copies a group."""
    catalog.findings.replace(
        {kind for kind, *_ in found},
        [Finding(kind, row, 0.5, "why", "cat", *group) for kind, row, *group in found],
        of="",
    )


def listed(catalog):
    return {(f.kind, f.picture) for f in read_standing(catalog).findings}


def dismissed(catalog):
    return {(f.kind, f.picture) for f in read_standing(catalog).dismissed}


def test_what_is_dismissed_is_no_longer_listed_and_all_else_is(catalog):
    plant(catalog, (Kind.DARK, 1), (Kind.BLURRED, 1), (Kind.DARK, 2), (Kind.LABEL, 1))
    step = dismiss(catalog, [1], Kind.DARK)
    assert (step.words, step.pictures) == ("Dismissed: dark", 1)
    assert listed(catalog) == {(Kind.BLURRED, 1), (Kind.DARK, 2), (Kind.LABEL, 1)}
    assert dismissed(catalog) == {(Kind.DARK, 1)}
    assert dismiss(catalog, [1], Kind.DARK) is None


def test_without_a_kind_all_that_was_found_of_pictures_is_dismissed(catalog):
    plant(catalog, (Kind.DARK, 1), (Kind.LABEL, 1), (Kind.DARK, 2), (Kind.DARK, 5))
    assert dismiss(catalog, [1, 2]).words == "Dismissed: suspicious label, dark"
    assert listed(catalog) == {(Kind.DARK, 5)}
    assert dismissed_among(catalog, [2, 5]) == [Finding(Kind.DARK, 2, 0.5, "why", "cat")]


def test_it_holds_for_each_picture_of_that_content(catalog):
    plant(catalog, (Kind.DARK, 3), (Kind.DARK, 4))
    dismiss(catalog, [4])
    assert listed(catalog) == set()


def test_a_label_that_is_right_may_be_suspicious_as_another_one(catalog):
    plant(catalog, (Kind.LABEL, 1))
    dismiss(catalog, [1])
    catalog.journal.relabel([1], "dog")
    catalog.findings.replace((Kind.LABEL,), [Finding(Kind.LABEL, 1, 0.9, "A cat.", "dog")], of="")
    assert listed(catalog) == {(Kind.LABEL, 1)}
    catalog.journal.undo()
    catalog.findings.replace((Kind.LABEL,), [Finding(Kind.LABEL, 1, 0.8, "A dog.", "cat")], of="")
    assert listed(catalog) == set()


def test_a_file_that_cannot_be_read_is_no_matter_of_opinion(catalog):
    plant(catalog, (Kind.DAMAGED, 1), (Kind.IMBALANCE, None))
    assert dismiss(catalog, [1]) is None
    assert len(listed(catalog)) == 2


def test_who_is_left_alone_of_a_group_of_copies_leaves_with_the_others(catalog):
    plant(catalog, *((Kind.NEAR, row, "group") for row in (1, 2, 5)))
    dismiss(catalog, [5])
    assert listed(catalog) == {(Kind.NEAR, 1), (Kind.NEAR, 2)}
    assert dismiss(catalog, [1]).pictures == 2
    assert dismissed(catalog) == {(Kind.NEAR, 1), (Kind.NEAR, 2), (Kind.NEAR, 5)}
    catalog.journal.undo()
    assert dismissed(catalog) == {(Kind.NEAR, 5)}


def test_a_group_of_copies_comes_back_as_a_whole(catalog):
    plant(catalog, *((Kind.NEAR, row, "group") for row in (1, 2)))
    dismiss(catalog, [1, 2])
    assert [finding.picture for finding in dismissed_among(catalog, [1])] == [1]
    assert restore(catalog, [2]).pictures == 2
    assert listed(catalog) == {(Kind.NEAR, 1), (Kind.NEAR, 2)}


def test_restoring_uses_what_was_left_out_and_lists_what_is_used(catalog):
    plant(catalog, (Kind.DARK, 1), (Kind.DARK, 2), (Kind.TINY, 2))
    dismiss(catalog, [1, 2])
    catalog.journal.exclude([1])
    assert restore(catalog, [1, 2], Kind.DARK).words == "Restored"
    assert catalog.info().excluded == 0
    assert listed(catalog) == {(Kind.DARK, 2)}
    assert restore(catalog, [1]) is not None
    assert listed(catalog) == {(Kind.DARK, 1), (Kind.DARK, 2)}
    assert restore(catalog, [1]) is None


def test_of_copies_that_the_user_wants_none_is_spare(catalog):
    plant(catalog, (Kind.EXACT, 3, "c"), (Kind.EXACT, 4, "c"))
    assert read_standing(catalog).spare == (4,)
    assert dismiss(catalog, [3]).pictures == 2
    assert read_standing(catalog).spare == ()


def test_pictures_that_are_no_copies_are_no_kin_and_leak_nowhere(catalog):
    plant(catalog, (Kind.NEAR, 1, "group"), (Kind.NEAR, 5, "group"))
    catalog.findings.set_families({"a": "a", "e": "a"})
    catalog.assign_splits({1: Split.TRAIN, 5: Split.TEST})
    assert read_standing(catalog).spare == (5,)
    assert catalog.info().leaks == len(catalog.leaks()) == 1
    dismiss(catalog, [1])
    assert read_standing(catalog).spare == ()
    assert catalog.info().leaks == len(catalog.leaks()) == len(catalog.selection.leaking()) == 0
    assert [p.kin for p in catalog.pictures_by_id([1, 5])] == ["a", "e"]
    restore(catalog, [1])
    assert catalog.info().leaks == 1


def test_of_a_family_the_others_leak_and_so_do_copies_of_whom_is_not_in_it(catalog):
    plant(catalog, *((Kind.NEAR, row, "group") for row in (1, 2, 3, 4)))
    catalog.findings.set_families(dict.fromkeys("abc", "a"))
    catalog.assign_splits({1: Split.TRAIN, 2: Split.TEST, 3: Split.TRAIN, 4: Split.TEST})
    assert len(catalog.leaks()) == 1
    assert dismiss(catalog, [3]).pictures == 2
    leaks = [leak.pictures for leak in catalog.leaks()]
    assert sorted(leaks) == [("cat.1.jpg", "cat.2.jpg"), ("cat.3.jpg", "cat.4.jpg")]
    assert catalog.info().leaks == 2


def test_what_is_dismissed_already_or_listed_anyway_is_no_step(catalog):
    plant(catalog, (Kind.DARK, 1))
    dark = Dismissal(Kind.DARK, "a")
    assert catalog.journal.correct("Restored", {}, [Ruling(1, dark, is_dismissed=False)]) is None
    dismiss(catalog, [1])
    assert catalog.journal.correct("Again", {}, [Ruling(1, dark, is_dismissed=True)]) is None


def test_a_picture_tells_what_was_dismissed_of_it(catalog):
    plant(catalog, (Kind.DARK, 1))
    dismiss(catalog, [1])
    catalog.journal.relabel([1], "dog")
    words = ["Dismissed: dark", "Relabelled as dog"]
    assert [change.words for change in catalog.journal.changes_of(1)] == words
    assert catalog.journal.changes_of(2) == []


PLANTED = tuple((Kind.DARK, row) for row in range(1, 7)) + tuple(
    (Kind.NEAR, row, "group") for row in (1, 2, 5)
)
DECISIONS = st.tuples(
    st.sampled_from([dismiss, restore]),
    st.sets(st.integers(1, 6), min_size=1),
    st.sampled_from([None, Kind.DARK, Kind.NEAR]),
)


@settings(max_examples=40, deadline=None)
@given(steps=st.lists(DECISIONS, max_size=8))
def test_undoing_and_redoing_leads_through_the_same_lists(tmp_path_factory, steps):
    folder = tmp_path_factory.mktemp("pets")
    with Catalog.create(folder, source="", ignored=0) as catalog:
        catalog.add(new_picture(f"cat.{row}.jpg") for row in range(1, 7))
        plant(catalog, *PLANTED)
        seen = [(listed(catalog), dismissed(catalog))]
        for decide, ids, kind in steps:
            if decide(catalog, ids, kind) is not None:
                seen.append((listed(catalog), dismissed(catalog)))
    walk(folder, seen)


def walk(folder, seen):
    """Back to the first of some states, and forth to the last, with a restart at each step."""
    for state in reversed(seen[:-1]):
        with Catalog.open(folder) as catalog:
            assert catalog.journal.undo() is not None
            assert (listed(catalog), dismissed(catalog)) == state
    for state in seen[1:]:
        with Catalog.open(folder) as catalog:
            assert catalog.journal.redo() is not None
            assert (listed(catalog), dismissed(catalog)) == state
    for open_ones, laid_aside in seen:
        assert not open_ones & laid_aside


def test_a_new_decision_ends_what_could_be_redone(catalog):
    plant(catalog, (Kind.DARK, 1), (Kind.DARK, 2))
    dismiss(catalog, [1])
    catalog.journal.undo()
    dismiss(catalog, [2])
    assert catalog.journal.redo() is None
    assert dismissed(catalog) == {(Kind.DARK, 2)}


@pytest.fixture
def source(tmp_path):
    return write_folder(tmp_path / "mine", poor_pictures())


def rows(home, name="pets"):
    with open_dataset(home, name) as catalog:
        return {picture.name: picture.id for picture in catalog.pictures(state=None)}


def test_a_new_check_does_not_list_it_again(home, source):
    Import(source, home)
    look(home)
    names = ("cats/dark.jpg", "dogs/wide.jpg", "cats/0.jpg", "dogs/alike.jpg")
    with open_dataset(home, "pets") as catalog:
        assert dismiss(catalog, [rows(home)[name] for name in names]) is not None
        kept = dismissed(catalog)
        assert {kind for kind, _ in kept} >= {Kind.DARK, Kind.SHAPE, Kind.EXACT, Kind.NEAR}
        open_ones = listed(catalog)
    look(home)
    with open_dataset(home, "pets") as catalog:
        assert (listed(catalog), dismissed(catalog)) == (open_ones, kept)


def test_copies_are_listed_again_once_there_is_another_one(home, source, tmp_path):
    Import(source, home)
    look(home)
    with open_dataset(home, "pets") as catalog:
        dismiss(catalog, [rows(home)["dogs/alike.jpg"]], Kind.NEAR)
        assert Kind.NEAR not in {kind for kind, _ in listed(catalog)}
    more = write_folder(source, {"dogs/again.jpg": encoded(scene(0).resize((70, 70)))})
    Import(more, home, name="more")
    look(home, name="more")
    with open_dataset(home, "more") as catalog:
        assert Kind.NEAR in {kind for kind, _ in listed(catalog)}


def test_a_catalogue_of_the_version_before_keeps_its_findings_and_dismisses(catalog, tmp_path):
    plant(catalog, (Kind.DARK, 1), (Kind.DARK, 2))
    catalog.journal.exclude([5])
    catalog.close()
    make_old(tmp_path, version=3)
    with Catalog.open(tmp_path) as again:
        assert listed(again) == {(Kind.DARK, 1), (Kind.DARK, 2)}
        dismiss(again, [1])
        assert listed(again) == {(Kind.DARK, 2)}
        assert again.pictures_by_id([5])[0].state is State.EXCLUDED
