"""Which folder shows which class: said by its name, asked where it is not clear, and answered."""

import pytest

from tests.training.dataset.making import Add, Import, jpeg, pets, write_folder, write_zip, zipped
from training.cancellation import CancelToken
from training.config import ImportConfig
from training.dataset.class_folders import UnclearFoldersError, mapping_words
from training.dataset.importing import import_pictures
from training.dataset.library import open_dataset
from training.dataset.picture import State
from training.errors import ConfigError, DatasetError

FELIX_AND_REX = {"felix/1.jpg": jpeg(1), "felix/2.jpg": jpeg(2), "rex/1.jpg": jpeg(3)}


def asked(source, home, *more, **answers):
    """What is asked: the guess by the folder's name."""
    with pytest.raises(UnclearFoldersError) as caught:
        Import(source, home, *more, classes=answers)
    assert list(home.datasets.iterdir()) == []
    return {each.name: each.shown for each in caught.value.folders if not each.is_clear}


def labels(home, state=State.USED):
    with open_dataset(home, "pets") as catalog:
        return {picture.name: picture.label for picture in catalog.pictures(state=state)}


def test_words_for_a_class_are_taken_and_told(tmp_path, home):
    files = {"gatos/1.jpg": jpeg(1), "old/Cat/1.jpg": jpeg(2), "cachorro/1.jpg": jpeg(3)}
    done = Import(write_folder(tmp_path / "mine", files), home).result
    assert mapping_words(done.folders) == "cachorro → dog 1 · gatos → cat 1 · Cat → cat 1"


def test_names_that_begin_with_a_class_are_told_as_such(tmp_path, home):
    done = Import(write_zip(tmp_path / "train.zip", pets(3)), home).result
    assert mapping_words(done.folders) == "cat… → cat 3 · dog… → dog 3"


def test_folders_that_say_nothing_are_asked_about(tmp_path, home):
    source = write_folder(tmp_path / "mine", FELIX_AND_REX)
    assert asked(source, home) == {"felix": "leave-out", "rex": "leave-out"}


def test_the_question_names_the_folders_and_how_to_answer(tmp_path, home):
    source = write_folder(tmp_path / "mine", FELIX_AND_REX)
    with pytest.raises(UnclearFoldersError) as caught:
        Import(source, home)
    assert "“felix” (2), “rex” (1)" in caught.value.message
    assert "--class “felix=cat”" in caught.value.hint


@pytest.mark.parametrize(
    ("folder", "guess"),
    [
        ("my cats", "cat"),
        ("training_dogs/2019", "dog"),
        ("cats and dogs", "leave-out"),
        ("cats and dogs/2019", "leave-out"),
        ("category", "leave-out"),
        ("Other", "leave-out"),
    ],
)
def test_a_name_that_only_holds_a_word_is_guessed_and_asked(tmp_path, home, folder, guess):
    files = {f"{folder}/1.jpg": jpeg(7), "dogs/1.jpg": jpeg(8)}
    source = write_folder(tmp_path / "mine", files)
    assert asked(source, home) == {folder.rpartition("/")[2]: guess}


def test_the_name_of_the_source_is_a_guess_too(tmp_path, home):
    sources = [
        write_folder(tmp_path / "my cats", {"1.jpg": jpeg(1)}),
        write_folder(tmp_path / "rex", {"1.jpg": jpeg(2)}),
    ]
    assert asked(sources[0], home, sources[1]) == {"my cats": "cat", "rex": "leave-out"}


def test_a_source_that_is_named_as_a_class_shows_it(tmp_path, home):
    source = write_folder(tmp_path / "cats", {"1.jpg": jpeg(1), "2019/2.jpg": jpeg(2)})
    Import(source, home, write_zip(tmp_path / "Dog.zip", {"1.jpg": jpeg(3)}))
    assert labels(home) == {"1.jpg": "cat", "2019/2.jpg": "cat", "Dog.zip/1.jpg": "dog"}


def test_a_third_folder_is_asked_about(tmp_path, home):
    files = {"cats/1.jpg": jpeg(1), "dogs/1.jpg": jpeg(2), "Other/1.jpg": jpeg(3)}
    assert asked(write_folder(tmp_path / "mine", files), home) == {"Other": "leave-out"}


@pytest.mark.parametrize(
    "strays",
    [
        {"logo.png": jpeg(9)},
        {"train/logo.jpg": jpeg(9)},
        {"train/cat and dog.jpg": jpeg(9)},
        {"test1/1.jpg": jpeg(9)},
        {"test1.zip": zipped({"test1/1.jpg": jpeg(9)})},
    ],
)
def test_strays_and_test_pictures_are_left_out_without_asking(tmp_path, home, strays):
    done = Import(write_zip(tmp_path / "mine.zip", pets(2) | strays), home)
    assert done.result.info.pictures == 4
    assert done.notices == ["Left out: pictures that state no class: 1."]


def test_where_asking_cannot_bring_a_second_class_nothing_is_asked(tmp_path, home):
    source = write_folder(tmp_path / "mine", {"felix/1.jpg": jpeg(1)})
    with pytest.raises(DatasetError, match="none states whether it is a cat or a dog"):
        Import(source, home)
    Import(write_folder(tmp_path / "others", pets(1)), home)
    with pytest.raises(UnclearFoldersError):
        Add(source, home)


def test_a_whole_collection_of_folders_is_not_asked_about(tmp_path, home):
    many = {f"{number}/1.jpg": jpeg(number) for number in range(151)}
    source = write_folder(
        tmp_path / "mine", many | {"cats/1.jpg": jpeg(200), "dogs/1.jpg": jpeg(201)}
    )
    assert Import(source, home).result.info.pictures == 2


ANSWERS = [
    {"felix": "cat", "rex": "dog"},
    {"pets/felix": "cat", "pets/REX/": "dog"},
]


@pytest.mark.parametrize("answers", ANSWERS)
def test_answers_are_taken_by_name_or_place_in_any_case(tmp_path, home, answers):
    files = {f"pets/{name}": content for name, content in FELIX_AND_REX.items()}
    done = Import(write_folder(tmp_path / "mine", files), home, classes=answers).result
    assert labels(home) == {
        "pets/felix/1.jpg": "cat", "pets/felix/2.jpg": "cat", "pets/rex/1.jpg": "dog",
    }  # fmt: skip
    assert mapping_words(done.folders) == "felix → cat 2 · rex → dog 1"


def test_an_answer_by_the_key_means_one_folder_of_one_source(tmp_path, home):
    sources = [write_folder(tmp_path / name, FELIX_AND_REX) for name in ("a", "b")]
    with pytest.raises(UnclearFoldersError) as caught:
        Import(sources[0], home, sources[1])
    answers = dict(
        zip([f.key for f in caught.value.folders], ["cat", "dog", "leave-out"] * 2, strict=False)
    )
    assert len(answers) == 4
    Import(sources[0], home, sources[1], classes=answers)
    assert set(labels(home).values()) == {"cat", "dog"}


def test_an_answer_outweighs_a_word(tmp_path, home):
    source = write_folder(tmp_path / "mine", pets(1) | {"cats/9.jpg": jpeg(9)})
    done = Import(source, home, classes={"cats": "leave-out", "cat*": "dog", "dog*": "cat"})
    assert labels(home) == {"train/cat.0.jpg": "dog", "train/dog.0.jpg": "cat"}
    assert done.notices == ["Left out: pictures in folders that are to be left out: 1."]


def test_what_shows_neither_comes_excluded_and_can_be_used_after_all(tmp_path, home):
    source = write_folder(tmp_path / "mine", pets(1) | {"birds/1.jpg": jpeg(9)})
    info = Import(source, home, classes={"birds": "neither"}).result.info
    assert (info.pictures, info.excluded) == (2, 1)
    with open_dataset(home, "pets") as catalog:
        (bird,) = catalog.pictures(state=State.EXCLUDED)
        assert bird.is_neither
        catalog.journal.relabel([bird.id], "dog")
        assert catalog.info().dogs == 2


def test_a_folder_of_neither_alone_can_be_added(tmp_path, home):
    Import(write_folder(tmp_path / "mine", pets(1)), home)
    birds = write_folder(tmp_path / "birds", {"1.jpg": jpeg(9)})
    assert Add(birds, home, classes={"birds": "neither"}).result.info.excluded == 1


@pytest.mark.parametrize(
    ("answers", "words"),
    [({"felx": "cat"}, "No folder of the pictures is named “felx”"), ({"rex": "bird"}, "“bird”")],
)
def test_an_answer_that_means_nothing_is_refused(tmp_path, home, answers, words):
    with pytest.raises(ConfigError, match=words):
        Import(write_folder(tmp_path / "mine", FELIX_AND_REX), home, classes=answers)


def test_answers_of_which_no_dataset_can_come_are_refused(tmp_path, home):
    source = write_folder(tmp_path / "mine", FELIX_AND_REX)
    for answer, words in (("cat", "Only cats"), ("neither", "No picture in “mine” is said")):
        with pytest.raises(DatasetError, match=words):
            Import(source, home, classes={"felix": answer, "rex": answer})


@pytest.mark.parametrize("nested", [False, True])
def test_a_question_carries_some_pictures_of_each_folder(tmp_path, home, nested):
    files = {f"{folder}/{n}.jpg": jpeg(n, size=(600, 300)) for folder in "ab" for n in range(5)}
    files["a/0.jpg"] = b"damaged"
    content = {"inner.zip": zipped(files)} if nested else files
    source = write_zip(tmp_path / "mine.zip", content)
    with pytest.raises(UnclearFoldersError) as caught:
        import_pictures(
            ImportConfig(source, "pets"), home, emit=print, token=CancelToken(), examples=3
        )
    shapes = [[each.shape for each in folder.examples] for folder in caught.value.folders]
    assert shapes == [[(64, 128, 3)] * 2, [(64, 128, 3)] * 3]
