"""What is taken out of the list: copied, sorted into folders, shown in the file manager."""

from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage

from catdog_gui.prediction_tab import taking
from catdog_gui.prediction_tab.result import Result
from catdog_gui.settings import SORTED_FOLDER
from catdog_gui.widgets.banner import BannerKind
from catdog_gui.widgets.image_drop import Dropped
from tests.catdog_gui.prediction_tab.played import played_verdict


@pytest.fixture
def pictures(bench, tmp_path):
    """A list of a cat, a dog and a text, each a file."""
    folder = tmp_path / "mine"
    folder.mkdir()
    paths = [folder / name for name in ("cat.jpg", "dog.jpg", "notes.txt")]
    for path in paths:
        path.write_text(path.name, encoding="utf-8")
    bench.controller.classify(paths)
    bench.wait()
    return paths


def _sort(bench, folder, *, link=False):
    bench.page.ask_for_sorted_folder.return_value = folder
    bench.fire("sort_requested", link)
    bench.wait()


def test_rows_are_copied_as_a_spreadsheet_takes_them(bench):
    paths = [Path("/p/cat.jpg"), Path("/p/=1+1.txt")]
    bench.fire("copy_requested", [Result(path, played_verdict(path)) for path in paths])
    (text,) = bench.page.set_clipboard.call_args.args
    assert text.splitlines() == [
        f"cat.jpg\tCat\t0.97\t0.03\t{Path('/p')}",
        "'=1+1.txt\tUnreadable\t\t\tThe file is not a picture.",
    ]


def test_nothing_selected_leaves_the_clipboard_as_it_is(bench):
    bench.fire("copy_requested", ())
    bench.page.set_clipboard.assert_not_called()


def test_pictures_are_copied_into_folders_and_it_is_said(bench, pictures, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    _sort(bench, out)
    assert (out / "cat/cat.jpg").read_text(encoding="utf-8") == "cat.jpg"
    assert not (out / "dog/dog.jpg").is_symlink()
    assert bench.message[:2] == (
        BannerKind.SUCCESS,
        f"2 pictures are in {out}: 1 cat, 1 dog. 1 without a verdict left out.",
    )
    assert all(path.exists() for path in pictures)
    assert bench.settings.get(SORTED_FOLDER) == str(out)


def test_links_are_made_where_they_are_wanted_but_not_to_pasted_pictures(bench, pictures, tmp_path):
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    bench.fire("pictures_dropped", Dropped((), image))
    bench.wait()
    _sort(bench, tmp_path / "out", link=True)
    assert (tmp_path / "out/dog/dog.jpg").is_symlink()
    assert not (tmp_path / "out/dog/Pasted picture 1.png").is_symlink()


def test_their_own_folder_is_refused_in_the_banner(bench, pictures):
    _sort(bench, pictures[0].parent)
    assert bench.message[:2] == (
        BannerKind.ERROR,
        "“mine” holds pictures that are to be sorted.",
    )


def test_a_picture_that_is_gone_is_a_warning(bench, pictures, tmp_path):
    pictures[0].unlink()
    _sort(bench, tmp_path / "out")
    assert bench.message[0] is BannerKind.WARNING
    assert "1 could not be found any more." in bench.message[1]


def test_thinking_better_of_it_sorts_nothing(bench, pictures):
    _sort(bench, None)
    bench.page.banner.show_message.assert_not_called()


def test_a_stopped_job_says_where_its_copies_are_and_the_next_may_begin(bench, pictures, tmp_path):
    out = tmp_path / "out"
    bench.jobs.started.connect(lambda job: job.cancel())
    _sort(bench, out)
    assert bench.message[:2] == (
        BannerKind.INFO,
        f"Stopped. What was written until then is in {out}.",
    )
    bench.page.ask_for_sorted_folder.reset_mock()
    _sort(bench, out)
    bench.page.ask_for_sorted_folder.assert_called_once()


def test_one_list_is_sorted_at_a_time(bench, pictures, tmp_path):
    bench.page.ask_for_sorted_folder.return_value = tmp_path / "out"
    bench.fire("sort_requested", False)
    bench.fire("sort_requested", False)
    bench.page.ask_for_sorted_folder.assert_called_once()
    assert bench.message[1] == "Pictures are being sorted already."
    bench.wait()


@pytest.mark.parametrize("is_shown", [True, False])
def test_a_folder_that_cannot_be_shown_is_said(bench, monkeypatch, is_shown):
    shown = []
    monkeypatch.setattr(taking, "reveal", lambda path: shown.append(path) or is_shown)
    bench.fire("reveal_requested", Path("/gone/cat.jpg"))
    assert shown == [Path("/gone/cat.jpg")]
    assert bench.page.banner.show_message.called is not is_shown
