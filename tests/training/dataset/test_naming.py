"""A picture's place says its class and number, and nothing else does."""

import pytest

from training.dataset.naming import is_hidden, is_picture_name, label_of, number_of


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("cat.0.jpg", "cat"),
        ("cat_1.png", "cat"),
        ("dog-3.jpg", "dog"),
        ("cat (3).jpg", "cat"),
        ("cat12.jpg", "cat"),
        ("DOG.7.JPG", "dog"),
        ("cachorro.1.jpg", "dog"),
        ("category.jpg", None),
        ("dogma.jpg", None),
        ("catástrofe.jpg", None),
        ("my cat.jpg", None),
        ("1.jpg", None),
        ("PetImages/Cat/12.jpg", "cat"),
        ("photos/DOGS/a/b.jpg", "dog"),
        ("gatos/x.jpg", "cat"),
        ("cats/old/dogs/x.jpg", "dog"),
        ("dog/cat.1.jpg", "dog"),
        ("cats.zip/1.jpg", None),
        ("test1/1.jpg", None),
    ],
)
def test_the_class_comes_from_the_nearest_folder_else_the_beginning_of_the_name(path, label):
    assert label_of(path.split("/")) == label


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("cat.0.jpg", 0),
        ("12.jpg", 12),
        ("dog-3.jpg", 3),
        ("cat (45).jpeg", 45),
        ("cat.007.jpg", 7),
        ("tom.jpg", None),
        ("IMG_2020_1234.jpg", None),
        ("20200131123456.jpg", None),
        ("cat.٣.jpg", None),
    ],
)
def test_the_number_is_the_only_one_in_the_name(name, number):
    assert number_of(name) == number


def test_the_suffix_says_whether_a_file_is_a_candidate():
    names = ["a.JPG", "a.webp", "a.txt", "jpg", ".jpg", "Thumbs.db", "a.jpg.part"]
    assert [is_picture_name(name) for name in names] == [True, True] + [False] * 5


def test_hidden_names_and_a_macs_side_folder_are_hidden_at_any_depth():
    assert is_hidden(["__MACOSX", "cat", "1.jpg"])
    assert is_hidden(["cat", "._1.jpg"])
    assert is_hidden([".trash", "1.jpg"])
    assert not is_hidden(["cat", "1.jpg"])
