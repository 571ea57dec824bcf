"""Every picture is in one split, copies are on one side, and the shares are kept."""

import random
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.training.dataset.making import Import, jpeg, new_picture, pets, picture, write_folder
from training.cancellation import Cancelled, CancelToken
from training.config import SplitConfig
from training.dataset.catalog import CLASSES, Catalog, Split, State
from training.dataset.leaks import SplitResult
from training.dataset.library import open_dataset
from training.dataset.split import (
    split_by_number,
    split_by_shares,
    split_catalog,
    split_dataset,
)
from training.errors import ConfigError, DatasetError
from training.events import Noticed

TRAIN, VALIDATION, TEST = Split
NOTEBOOK = SplitConfig(scheme="notebook")


def split(home, config, **options) -> SplitResult:
    silent = {"emit": lambda _: None, "token": CancelToken()}
    return split_dataset("pets", config, home, **(silent | options))


@st.composite
def datasets(draw):
    """Pictures of both classes, some of them copies of others of their class."""
    pictures = []
    for label in CLASSES:
        sizes = draw(st.lists(st.integers(1, 3), min_size=30, max_size=60))
        for group, size in enumerate(sizes):
            pictures += [
                picture(len(pictures) + copy, label, sha256=f"{label}{group}")
                for copy in range(size)
            ]
    return pictures


shares = st.sampled_from([(0.8, 0.1), (0.6, 0.2), (0.5, 0.25), (0.7, 0.3), (0.34, 0.33)])
seeds = st.integers(0, 2**31 - 1)


@settings(max_examples=60, deadline=None)
@given(pictures=datasets(), share=shares, seed=seeds)
def test_shares_keep_copies_together_and_each_class_within_a_group_of_its_share(
    pictures, share, seed
):
    config = SplitConfig(train=share[0], validation=share[1], seed=seed)
    splits = split_by_shares(pictures, config)
    assert splits.keys() == {p.id for p in pictures}
    sides = {(p.sha256, splits[p.id]) for p in pictures}
    assert len(sides) == len({p.sha256 for p in pictures})
    totals = Counter(p.label for p in pictures)
    counts = Counter((splits[p.id], p.label) for p in pictures)
    largest = max(Counter(p.sha256 for p in pictures).values())
    for label in CLASSES:
        for side, part in zip(Split, (*share, config.test), strict=True):
            assert abs(counts[side, label] - part * totals[label]) <= largest
            assert (counts[side, label] > 0) == (part > 0)


@settings(max_examples=30, deadline=None)
@given(pictures=datasets(), seed=seeds, shuffling=st.randoms())
def test_shares_depend_on_the_seed_and_the_content_alone(pictures, seed, shuffling):
    config = SplitConfig(seed=seed)
    splits = split_by_shares(pictures, config)
    shuffled = list(pictures)
    shuffling.shuffle(shuffled)
    assert split_by_shares(shuffled, config) == splits
    assert split_by_shares(pictures, SplitConfig(seed=seed ^ 1)) != splits


@settings(max_examples=40, deadline=None)
@given(seed=seeds, count=st.integers(20, 40))
def test_copies_under_both_labels_are_on_one_side_too(seed, count):
    dice = random.Random(seed)
    pictures = [
        picture(i, dice.choice(CLASSES), sha256=str(dice.randrange(count)))
        for i in range(4 * count)
    ]
    splits = split_by_shares(pictures, SplitConfig(train=0.5, validation=0.25, seed=seed))
    sides = {(p.sha256, splits[p.id]) for p in pictures}
    assert len(sides) == len({p.sha256 for p in pictures})


@pytest.mark.parametrize("seed", range(10))
def test_large_groups_are_dealt_first_so_that_the_shares_come_out(seed):
    sizes = [6, 6, 5, 5, *[1] * 78]
    pictures = [
        picture(100 * group + copy, label, sha256=f"{label if size != 5 else ''}{group}")
        for label in CLASSES
        for group, size in enumerate(sizes)
        for copy in range(size)
    ]
    pictures = [replace(p, id=row) for row, p in enumerate(pictures)]
    splits = split_by_shares(pictures, SplitConfig(seed=seed))
    counts = Counter((splits[p.id], p.label) for p in pictures)
    for label in CLASSES:
        assert [counts[side, label] for side in Split] == [80, 10, 10]


def test_ten_of_each_class_are_enough_for_the_usual_shares():
    pictures = [picture(i, CLASSES[i % 2], sha256=str(i)) for i in range(20)]
    splits = split_by_shares(pictures, SplitConfig())
    assert Counter(splits.values()) == {TRAIN: 16, VALIDATION: 2, TEST: 2}


@pytest.mark.fault(92)
@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_too_few_pictures_are_explained(count):
    pictures = [picture(i, CLASSES[i % 2], sha256=str(i)) for i in range(2 * count)]
    with pytest.raises(DatasetError, match="too few pictures"):
        split_by_shares(pictures, SplitConfig())


def test_shares_that_do_not_add_up_are_refused(home):
    with pytest.raises(ConfigError):
        split(home, SplitConfig(train=0.8, validation=0.3))


def test_the_notebook_goes_by_number_exactly():
    numbers = [0, 9_999, 10_000, 10_999, 11_000, 11_999, 12_000, 99_999, None]
    pictures = [
        picture(row, label, sha256=f"{row}", number=number)
        for row, (label, number) in enumerate((c, n) for c in CLASSES for n in numbers)
    ]
    expected = [TRAIN] * 2 + [VALIDATION] * 2 + [TEST] * 2 + [None] * 3
    assert list(split_by_number(pictures).values()) == expected * 2


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ({"cat": [None], "dog": [None]}, "have none"),
        ({"cat": [1, 10_500], "dog": [1]}, "leaves validation without dogs"),
        ({"cat": [10_500], "dog": [1, 10_500]}, "leaves train without cats"),
        ({"cat": [12_000], "dog": [12_000]}, "leaves train without cats"),
    ],
)
def test_the_notebook_needs_its_numbers(numbers, words):
    pairs = [(label, number) for label, found in numbers.items() for number in found]
    pictures = [
        picture(row, label, sha256=str(row), number=number)
        for row, (label, number) in enumerate(pairs)
    ]
    with pytest.raises(DatasetError, match=words) as caught:
        split_by_number(pictures)
    assert "shares" in caught.value.hint


@pytest.fixture
def leaky(home):
    """Kaggle's numbers in small, with the copies that it has."""
    folder = home.datasets / "pets"
    folder.mkdir(parents=True)
    numbers = [0, 1, 9_999, 10_000, 10_001, 11_000, 12_000]
    with Catalog.create(folder, source="", ignored=0) as catalog:
        catalog.add(new_picture(f"{label}.{n}.jpg") for label in CLASSES for n in numbers)
        catalog.add(
            [new_picture("cat.3345.jpg", sha256="a"), new_picture("cat.10360.jpg", sha256="a")]
        )
        catalog.add(new_picture(f"dog.{n}.jpg", sha256="b") for n in (10401, 2877, 10797))
        catalog.add(new_picture(f"dog.{n}.jpg", sha256="c") for n in (5, 6))
        catalog.add(new_picture(f"cat.{n}.jpg", sha256="d") for n in (11_500, 10_500))
        catalog.add([new_picture("cat.7.jpg", state=State.QUARANTINED)])
    return home


@pytest.mark.fault(66)
def test_the_notebooks_leaks_are_reported_and_named(leaky):
    events = []
    result = split(leaky, NOTEBOOK, emit=events.append)
    assert (result.train, result.validation, result.test) == (10, 8, 3)
    assert [leak.pictures for leak in result.leaks] == [
        ("cat.3345.jpg", "cat.10360.jpg"),
        ("dog.2877.jpg", "dog.10401.jpg", "dog.10797.jpg"),
        ("cat.10500.jpg", "cat.11500.jpg"),
    ]
    told = [event.message for event in events if isinstance(event, Noticed)]
    assert "cat.3345.jpg (train), cat.10360.jpg (validation)" in told[0]
    assert len(told) == 3


@pytest.mark.fault(66)
def test_excluding_copies_keeps_the_one_in_training_else_in_validation(leaky):
    events = []
    result = split(leaky, NOTEBOOK, emit=events.append, exclude_copies=True)
    assert (result.train, result.validation, result.test, result.leaks) == (10, 5, 2, ())
    with open_dataset(leaky, "pets") as catalog:
        excluded = catalog.pictures(state=State.EXCLUDED)
    assert {p.name for p in excluded} == {
        "cat.10360.jpg",
        "dog.10401.jpg",
        "dog.10797.jpg",
        "cat.11500.jpg",
    }
    assert all(p.reason for p in excluded)
    assert sum(isinstance(event, Noticed) for event in events) == 4


def test_splitting_again_replaces_the_split_and_uses_excluded_copies_again(leaky):
    split(leaky, NOTEBOOK, exclude_copies=True)
    with open_dataset(leaky, "pets") as catalog:
        catalog.journal.exclude([1])
    again = split(leaky, SplitConfig(train=0.5, validation=0.25))
    assert again.leaks == ()
    with open_dataset(leaky, "pets") as catalog:
        info = catalog.info()
        assert (info.excluded, info.pictures) == (1, 22)
        assert info.train + info.validation + info.test == 22
        left_out = [p.split for p in catalog.pictures(state=None) if p.state is not State.USED]
    assert left_out == [None, None]
    assert split(leaky, NOTEBOOK).train == 9


def test_many_leaks_are_named_in_part_and_counted_in_full(tmp_path):
    with Catalog.create(tmp_path, source="", ignored=0) as catalog:
        catalog.add(new_picture(f"dog.{n}.jpg") for n in (0, 10_000))
        numbers = [n for i in range(25) for n in (i, 10_000 + i)]
        catalog.add(new_picture(f"cat.{n}.jpg", sha256=str(n % 1000)) for n in numbers)
        events = []
        result = split_catalog(catalog, NOTEBOOK, emit=events.append, token=CancelToken())
    assert len(result.leaks) == 25
    told = [event.message for event in events if isinstance(event, Noticed)]
    assert len(told) == 21
    assert told[-1] == "The same holds for 5 more."


def test_a_cancelled_split_keeps_the_old_one(leaky):
    split(leaky, NOTEBOOK)
    token = CancelToken()
    token.cancel()
    with open_dataset(leaky, "pets") as catalog:
        before = catalog.fingerprint()
    with pytest.raises(Cancelled):
        split(leaky, SplitConfig(train=0.5, validation=0.25), token=token)
    with open_dataset(leaky, "pets") as catalog:
        assert catalog.fingerprint() == before


def test_a_split_that_cannot_be_keeps_the_old_one(tmp_path, home):
    files = pets(12, folder="") | {"cat.50.jpg": jpeg(0)}
    Import(write_folder(tmp_path / "mine", files), home)
    first = split(home, SplitConfig())
    with pytest.raises(DatasetError):
        split(home, NOTEBOOK)
    with open_dataset(home, "pets") as catalog:
        assert catalog.info().train == first.train > 0


def test_a_dataset_that_is_not_there_cannot_be_split(home):
    with pytest.raises(DatasetError, match="no dataset"):
        split(home, SplitConfig())
