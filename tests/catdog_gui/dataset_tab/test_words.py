"""The tab's sentences."""

from pathlib import Path

from catdog_gui.dataset_tab import words
from training.dataset.picture import DatasetInfo


def _info(**changes):
    facts = {
        "name": "kaggle",
        "pictures": 24_000,
        "cats": 12_000,
        "dogs": 12_000,
        "quarantined": 0,
        "excluded": 0,
        "duplicates": 3,
        "train": 0,
        "validation": 0,
        "test": 0,
        "leaks": 0,
    }
    return DatasetInfo(**facts | changes)


def test_an_import_is_told_in_numbers():
    assert words.imported_words(_info()) == (
        "24,000 pictures imported: 12,000 cats and 12,000 dogs. 3 are copies. 0 could not be read."
    )


def test_one_of_a_kind_is_told_in_the_singular():
    said = words.imported_words(_info(pictures=2, cats=1, dogs=1, duplicates=1))
    assert said == "2 pictures imported: 1 cat and 1 dog. 1 is a copy. 0 could not be read."


def test_what_could_not_be_read_is_said_to_be_unharmed():
    assert words.set_aside_words(_info()) == ""
    assert words.set_aside_words(_info(quarantined=1)).startswith("It is set aside")
    assert words.set_aside_words(_info(quarantined=2)).startswith("They are set aside")


def test_a_split_accounts_for_every_picture():
    said = words.split_words(_info(train=20_000, validation=2_000, test=1_000, excluded=3))
    assert said == (
        "20,000 pictures for training, 2,000 for validation and 1,000 for the test. "
        "1,000 in none of them. 3 excluded."
    )


def test_leaks_are_explained_and_their_absence_is_not():
    assert words.leak_words(_info()) == ""
    assert words.leak_words(_info(leaks=1)).startswith("1 picture has a copy")
    assert words.leak_words(_info(leaks=2)).startswith("2 pictures have copies")


def test_a_drop_that_cannot_be_imported_is_named():
    assert words.drop_words([]) == "What was dropped is not a file."
    assert words.drop_words([Path("/a/b.txt")]) == "“b.txt” is neither a zip nor a folder."


def test_before_a_deletion_the_users_own_pictures_are_said_to_stay():
    question, meaning = words.delete_question(_info())
    assert "“kaggle”" in question
    assert "Your own pictures and zips are untouched" in meaning
