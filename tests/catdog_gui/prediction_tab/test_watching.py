"""A watched folder, with the system's own news of it."""

import pytest

from catdog_gui.prediction_tab import watching
from catdog_gui.settings import PICTURES_FOLDER
from catdog_gui.widgets.banner import BannerKind


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "camera"
    folder.mkdir()
    (folder / "dog.old.jpg").write_bytes(b"x")
    return folder


@pytest.fixture
def watched(bench, folder, monkeypatch):
    monkeypatch.setattr(watching, "_LOOK_AFTER_MS", 20)
    bench.start()
    bench.page.ask_for_folder.return_value = folder
    bench.fire("watch_requested")
    bench.wait()
    return bench


def _wait_for(bench, *names):
    bench.qtbot.waitUntil(lambda: tuple(bench.results) == names)
    bench.wait()


def test_new_pictures_are_classified_as_they_come_and_old_ones_are_not(watched, folder):
    (folder / "cat.1.jpg").write_bytes(b"x")
    _wait_for(watched, "cat.1.jpg")
    (folder / "dog.2.jpg").write_bytes(b"x")
    _wait_for(watched, "cat.1.jpg", "dog.2.jpg")
    assert watched.results == {"cat.1.jpg": "cat", "dog.2.jpg": "dog"}


def test_a_picture_that_is_still_empty_is_waited_for(watched, folder):
    (folder / "cat.1.jpg").touch()
    (folder / "dog.2.jpg").write_bytes(b"x")
    _wait_for(watched, "dog.2.jpg")
    (folder / "cat.1.jpg").write_bytes(b"x")
    _wait_for(watched, "dog.2.jpg", "cat.1.jpg")


def test_which_folder_is_watched_is_shown_and_remembered(watched, folder):
    watched.page.set_watched.assert_called_with(folder)
    assert watched.settings.get(PICTURES_FOLDER) == str(folder)


def test_a_folder_is_watched_no_longer_when_the_user_says_so(watched, folder):
    watched.fire("unwatch_requested")
    watched.page.set_watched.assert_called_with(None)
    assert watched.controller.watching._watcher.directories() == []
    (folder / "cat.1.jpg").write_bytes(b"x")
    watched.controller.watching._look()
    assert watched.jobs.running == ()


def test_what_is_found_after_the_end_is_not_wanted(watched, folder, qtbot):
    (folder / "cat.1.jpg").write_bytes(b"x")
    with qtbot.assertNotEmitted(watched.controller.watching.came):
        watched.controller.watching._look()
        watched.controller.watching.stop()
        watched.wait()
    assert not watched.controller.watching._timer.isActive()


def test_another_folder_takes_the_place_of_the_first(watched, folder, tmp_path):
    watched.controller.watching.watch(tmp_path)
    watched.wait()
    assert watched.controller.watching._watcher.directories() == [str(tmp_path)]


def test_a_folder_that_goes_away_is_said_and_watched_no_longer(watched, folder):
    (folder / "dog.old.jpg").unlink()
    folder.rmdir()
    watched.qtbot.waitUntil(lambda: watched.page.banner.show_message.called)
    assert watched.message[0] is BannerKind.ERROR
    assert "is not there" in watched.message[1]
    watched.page.set_watched.assert_called_with(None)


def test_thinking_better_of_it_watches_nothing(bench):
    bench.page.ask_for_folder.return_value = None
    bench.fire("watch_requested")
    assert bench.controller.watching._watcher.directories() == []
