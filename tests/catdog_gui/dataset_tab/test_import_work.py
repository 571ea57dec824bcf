"""Several sources of one dataset, and what folders show, from the page to the catalogue."""

import shutil

import pytest

from catdog_gui.background import Jobs
from catdog_gui.dataset_tab.controller import DatasetController
from catdog_gui.settings import Settings
from catdog_gui.widgets.image_drop import Dropped
from training.cancellation import CancelToken
from training.config import ImportConfig, SplitConfig
from training.dataset.importing import import_pictures
from training.dataset.library import open_dataset


class RealTab:
    """The controller with a real page, and the user's hands."""

    def __init__(self, qtbot, page, home):
        self.qtbot, self.page, self.home, self.jobs = qtbot, page, home, Jobs()
        settings = Settings(home.settings_file)
        self.controller = DatasetController(page, home=home, jobs=self.jobs, settings=settings)
        self.settle()

    def settle(self):
        self.qtbot.waitUntil(lambda: not self.jobs.running, timeout=20_000)

    def drop(self, *paths):
        self.page.dropped.emit(Dropped(paths))
        self.settle()

    def press(self, button):
        button.click()
        self.settle()

    def info(self, name):
        with open_dataset(self.home, name) as catalog:
            return catalog.info()

    @property
    def said(self):
        return self.page.banner.message()


@pytest.fixture
def real(qtbot, page, home):
    tab = RealTab(qtbot, page, home)
    yield tab
    assert tab.jobs.cancel_all_and_wait(limit_ms=10_000)


@pytest.fixture
def named(drawn_once, tmp_path):
    """A folder of two drawn cats in “felix” and two drawn dogs in “rex”."""
    for label, name in (("cat", "felix"), ("dog", "rex")):
        (tmp_path / "named" / name).mkdir(parents=True)
        for number in range(2):
            target = tmp_path / "named" / name / f"{number}.jpg"
            shutil.copy(drawn_once / f"{label}.{number}.jpg", target)
    return tmp_path / "named"


def test_what_was_mapped_is_said_after_an_import(real, pictures):
    real.drop(pictures)
    assert "cat… → cat 10 · dog… → dog 10." in real.page.banner.hint()


def test_folders_that_say_no_class_are_asked_about_and_imported_as_answered(real, named):
    real.drop(named)
    form = real.page.folders
    assert form.isVisible()
    assert [box.currentText() for box in form.choices.values()] == ["Leave out", "Leave out"]
    assert not form.button.isEnabled()
    felix, rex = form.choices.values()
    felix.setCurrentText("Cat")
    assert "which folders show dogs" in form._missing.text()
    rex.setCurrentText("Dog")
    real.press(form.button)
    assert (real.info("named").cats, real.info("named").dogs) == (2, 2)
    assert "felix → cat 2 · rex → dog 2." in real.page.banner.hint()
    assert not form.isVisible()


def test_whoever_thinks_better_of_it_imports_nothing(real, named):
    real.drop(named)
    real.press(real.page.folders.cancel)
    assert not real.page.folders.isVisible()
    assert list(real.home.datasets.iterdir()) == []


def test_what_is_added_needs_one_class_alone(real, named, pictures):
    real.drop(pictures)
    shutil.rmtree(named / "rex")
    real.page.ask_for_folder = lambda _: named
    real.page.add_folder_requested.emit()
    real.settle()
    form = real.page.folders
    assert not form.button.isEnabled()
    (felix,) = form.choices.values()
    felix.setCurrentText("Cat")
    real.press(form.button)
    assert real.said == (
        "0 pictures added to “my pictures”: 0 cats and 0 dogs. 2 are copies of pictures that it "
        "has."
    )


def test_several_things_that_are_dropped_go_where_the_user_says(real, pictures, leaking, named):
    real.drop(pictures)
    real.controller.splits.make(SplitConfig())
    real.settle()
    before = real.info("my pictures")
    bar = real.page._destination
    real.drop(leaking, pictures)
    assert bar.isVisible()
    assert bar.addition.text() == "Add to “my pictures”"
    (leaking / "cat.77.jpg").write_bytes((leaking / "cat.0.jpg").read_bytes() + b"more")
    real.press(bar.addition)
    assert not bar.isVisible()
    after = real.info("my pictures")
    assert after.pictures == before.pictures + 2  # cat.77, and a copy that “leaking” has itself
    assert (after.train, after.validation, after.test) == (16, 2, 2)
    assert "The split is as it was" in real.page.banner.hint()
    real.drop(leaking, pictures)
    real.press(bar.new_dataset)
    assert real.controller.chosen == "leaking"
    real.drop(leaking, pictures)
    real.press(bar.cancel)
    assert sorted(each.name for each in real.home.datasets.iterdir()) == ["leaking", "my pictures"]


def test_without_a_dataset_several_things_become_one_at_once(real, pictures, leaking):
    real.drop(pictures, leaking)
    assert real.info("my pictures").pictures == 21
    assert not real.page._destination.isVisible()


def test_one_of_several_that_is_no_source_is_named(real, pictures, tmp_path):
    text = tmp_path / "notes.txt"
    text.write_text("hello")
    real.drop(pictures, text)
    assert real.said == "“notes.txt” is neither a zip nor a folder."
    assert not real.home.datasets.exists()


def test_nothing_is_added_to_what_a_training_reads(real, pictures, leaking):
    real.drop(pictures)
    real.controller.set_in_use("my pictures")
    real.drop(leaking, pictures)
    real.press(real.page._destination.addition)
    assert real.said == "A training is learning from “my pictures”."
    assert real.info("my pictures").pictures == 20


@pytest.fixture
def answered(real, named):
    """The tab after “felix” was said to show cats, and “rex” dogs."""
    real.drop(named)
    for box, words in zip(real.page.folders.choices.values(), ("Cat", "Dog"), strict=True):
        box.setCurrentText(words)
    real.press(real.page.folders.button)
    return real


def labels(tab, name="named"):
    with open_dataset(tab.home, name) as catalog:
        return {each.name: each.label for each in catalog.pictures()}


def test_what_a_folder_was_taken_for_is_changed_from_the_banner_and_undone_in_one_step(answered):
    before = labels(answered)
    answered.press(answered.page.banner._other)
    form = answered.page.folders
    assert form.isVisible()
    assert [box.currentText() for box in form.choices.values()] == ["Cat", "Dog"]
    assert form.button.text() == "Change"
    assert "corrected in the dataset" in form._what.text()
    felix, rex = form.choices.values()
    felix.setCurrentText("Dog")
    assert not form.button.isEnabled(), "a dataset needs both"
    rex.setCurrentText("Cat")
    answered.press(form.button)
    assert not form.isVisible()
    assert labels(answered) == {
        name: "dog" if name.startswith("felix") else "cat" for name in before
    }
    assert answered.said == "2 folders taken for something else, 4 pictures."
    answered.page.banner._action.click()
    answered.settle()
    assert labels(answered) == before
    with open_dataset(answered.home, "named") as catalog:
        assert catalog.journal.undoable() is None, "it was one step"


def test_whoever_leaves_the_answers_as_they_are_changes_nothing(answered):
    before = labels(answered)
    answered.press(answered.page.banner._other)
    answered.press(answered.page.folders.button)
    assert labels(answered) == before
    with open_dataset(answered.home, "named") as catalog:
        assert catalog.journal.undoable() is None


def test_names_that_begin_with_the_class_offer_no_change_and_others_that_were_known_do(
    real, pictures, named
):
    real.drop(pictures)
    assert not real.page.banner._other.isVisible()
    (named / "felix").rename(named / "gato")
    (named / "rex").rename(named / "cachorro")
    real.drop(named)
    assert real.page.banner._other.text() == "Change…"
    assert real.page.banner._other.isVisible()


def test_the_banner_leads_back_to_the_dataset_that_it_speaks_of(answered, pictures, home):
    import_pictures(ImportConfig(pictures, "pets"), home, emit=lambda _: None, token=CancelToken())
    answered.controller.refresh()
    answered.settle()
    answered.controller.choose("pets")
    answered.settle()
    answered.press(answered.page.banner._other)
    assert answered.controller.chosen == "named"
    assert answered.page.folders.isVisible()
    answered.controller.choose("pets")
    assert not answered.page.folders.isVisible()


def test_a_training_on_the_dataset_leaves_it_as_it_is(answered):
    answered.controller.set_in_use("named")
    answered.press(answered.page.banner._other)
    assert answered.said == "A training is learning from “named”."
    assert not answered.page.folders.isVisible()


def test_an_import_takes_the_form_over_and_its_answers_change_nothing_else(answered, named):
    before = labels(answered)
    answered.press(answered.page.banner._other)
    answered.drop(named)
    form = answered.page.folders
    assert (form.button.text(), form.isVisible()) == ("Import", True)
    assert "does not import them" in form._what.text()
    assert not answered.controller.mapping.is_asking
    for box, words in zip(form.choices.values(), ("Dog", "Cat"), strict=True):
        box.setCurrentText(words)
    answered.press(form.button)
    assert set(labels(answered, "named 2").values()) == {"cat", "dog"}
    assert not form.isVisible()
    assert labels(answered) == before
