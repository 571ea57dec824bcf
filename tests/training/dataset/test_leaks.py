"""Copies and near copies never straddle a split by shares; other leaks can be mended."""

from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.training.dataset.making import new_picture, picture
from training.cancellation import CancelToken
from training.config import SplitConfig
from training.dataset.catalog import CLASSES, Catalog, Split
from training.dataset.leaks import leave_copies_out
from training.dataset.library import open_dataset
from training.dataset.split import split_by_shares, split_dataset

SILENT = {"emit": lambda _: None, "token": CancelToken()}
shares = st.sampled_from([(0.8, 0.1), (0.6, 0.2), (0.5, 0.25), (0.7, 0.3), (0.34, 0.33)])
seeds = st.integers(0, 2**31 - 1)


@st.composite
def families(draw):
    """Pictures of both classes: copies, near copies of any label, and enough that are alone."""
    pictures = []
    for family, size in enumerate(draw(st.lists(st.integers(2, 4), max_size=12))):
        name = f"family {family}" if draw(st.booleans()) else ""
        for _ in range(size):
            content = draw(st.sampled_from("ab")) if name else "a"
            row = picture(
                len(pictures), draw(st.sampled_from(CLASSES)), sha256=f"{family}{content}"
            )
            pictures.append(replace(row, family=name))
    for label in CLASSES:
        for _ in range(draw(st.integers(60, 90))):
            pictures.append(picture(len(pictures), label, sha256=f"alone {len(pictures)}"))
    return pictures


@settings(max_examples=60, deadline=None)
@given(pictures=families(), share=shares, seed=seeds)
def test_no_split_by_shares_separates_a_family_or_misses_a_share_by_more_than_a_picture(
    pictures, share, seed
):
    config = SplitConfig(train=share[0], validation=share[1], seed=seed)
    splits = split_by_shares(pictures, config)
    assert splits.keys() == {p.id for p in pictures}
    assert set(splits.values()) <= set(Split)
    sides = {(p.kin, splits[p.id]) for p in pictures}
    assert len(sides) == len({p.kin for p in pictures})
    totals = Counter(p.label for p in pictures)
    counts = Counter((splits[p.id], p.label) for p in pictures)
    for label in CLASSES:
        for side, part in zip(Split, (*share, config.test), strict=True):
            assert abs(counts[side, label] - part * totals[label]) <= 1


@settings(max_examples=30, deadline=None)
@given(pictures=families(), seed=seeds, shuffling=st.randoms())
def test_a_split_by_shares_is_the_same_after_another_import_in_another_order(
    pictures, seed, shuffling
):
    config = SplitConfig(seed=seed)
    before = split_by_shares(pictures, config)
    shuffled = list(pictures)
    shuffling.shuffle(shuffled)
    again = [replace(p, id=row) for row, p in enumerate(shuffled)]
    after = split_by_shares(again, config)
    sides = {p.sha256: before[p.id] for p in pictures}
    assert {p.sha256: after[p.id] for p in again} == sides


def test_copies_of_any_split_can_be_left_out_without_splitting_anew(home):
    folder = home.datasets / "pets"
    folder.mkdir(parents=True)
    with Catalog.create(folder, source="", ignored=0) as catalog:
        catalog.add(new_picture(f"{label}.{n}.jpg") for label in CLASSES for n in range(10))
    split_dataset("pets", SplitConfig(), home, **SILENT)
    with open_dataset(home, "pets") as catalog:
        before = {p.id: p.split for p in catalog.pictures()}
        (train, *_), (test, *_) = (catalog.pictures(split=s) for s in (Split.TRAIN, Split.TEST))
        catalog.findings.set_families({train.sha256: "near", test.sha256: "near"})
        assert catalog.info().leaks == 1
    assert leave_copies_out("pets", home, **SILENT).leaks == ()
    with open_dataset(home, "pets") as catalog:
        assert {p.id: p.split for p in catalog.pictures()} == {
            row: split for row, split in before.items() if row != test.id
        }
