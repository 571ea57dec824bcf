"""The grid of pictures, with drawn ones."""

import dataclasses
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from catdog_gui.widgets import tile_painting
from catdog_gui.widgets.thumbnail_model import GroupPlace, Remark, Tile, bytes_words
from catdog_gui.widgets.thumbnail_view import ThumbnailView
from training.cancellation import CancelToken
from training.dataset import decode
from training.dataset.pages import PAGE_PICTURES, PicturePages
from training.dataset.picture import NEITHER_REASON, Picture, Split, State
from training.dataset.sample import draw_sample

_MANY = 24_000


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    folder = tmp_path_factory.mktemp("view")
    draw_sample(folder, count=8, seed=1, emit=lambda _: None, token=CancelToken())
    return sorted(folder.glob("*.jpg"))


def _picture(number, path, **changes):
    facts = {
        "id": number,
        "path": path,
        "name": f"train/cat.{number}.jpg",
        "sha256": "",
        "size_bytes": 12_595,
        "width": 200,
        "height": 180,
        "label": "cat",
        "number": number,
        "split": Split.TRAIN,
        "state": State.USED,
        "reason": "",
    }
    return Picture(**facts | changes)


def _pages(pictures):
    by_id = {picture.id: picture for picture in pictures}
    return PicturePages([*by_id], lambda ids: [by_id[each] for each in ids])


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    folder = tmp_path_factory.mktemp("many")
    return [_picture(number, folder / f"cat.{number}.jpg") for number in range(_MANY)]


@pytest.fixture
def view(qtbot):
    view = ThumbnailView()
    qtbot.addWidget(view)
    view.resize(640, 420)
    view.show()
    return view


def _seen(view, row):
    """The pixels of a card's picture area."""
    rect = view.visualRect(view.model().index(row, 0))
    area = tile_painting.areas_of(rect, view.fontMetrics().height()).picture
    return view.viewport().grab(area).toImage()


def _differs(image, other):
    return image.convertToFormat(image.Format.Format_RGB32) != other.convertToFormat(
        image.Format.Format_RGB32
    )


def test_drawn_pictures_appear_in_their_cards(view, drawn, qtbot):
    view.set_pictures(_pages([_picture(number, path) for number, path in enumerate(drawn)]))
    before = _seen(view, 0)
    qtbot.waitUntil(lambda: view.thumbnail(0) is not None)
    qtbot.waitUntil(lambda: _differs(_seen(view, 0), before))


@pytest.mark.parametrize("width", [300, 463, 640, 641, 799, 1000])
@pytest.mark.parametrize("is_detailed", [False, True])
def test_the_cards_of_a_line_share_out_the_width(view, many, width, is_detailed):
    view.set_detailed(is_detailed)
    view.resize(width, 420)
    view.set_pictures(_pages(many[:50]))
    room = view.viewport().width()
    tops = [view.visualRect(view.model().index(row, 0)).top() for row in range(50)]
    columns = tops.count(tops[0])
    last = view.visualRect(view.model().index(columns - 1, 0))
    assert 0 <= room - last.right() - 1 <= columns + 1
    assert view.visible_rows().start == 0
    assert tops[columns] > tops[0]


def test_visible_rows_are_those_in_sight(view, many):
    view.set_pictures(_pages(many))
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 2)
    area = view.viewport().rect()
    rows = view.visible_rows()
    rects = {row: view.visualRect(view.model().index(row, 0)) for row in range(_MANY)}
    assert [row for row, rect in rects.items() if rect.intersects(area)] == list(rows)


def test_of_many_pictures_only_those_in_sight_are_decoded(view, many, qtbot, monkeypatch):
    asked = set()

    def note(path, _box_px):
        asked.add(path)
        raise OSError

    monkeypatch.setattr(decode, "thumbnail", note)
    view.set_pictures(_pages(many))
    view.scrollToBottom()
    in_sight = {view.tile(row).picture.path for row in view.visible_rows()}
    qtbot.waitUntil(lambda: in_sight <= asked)
    first_page = {picture.path for picture in many[:100]}
    assert asked <= in_sight | first_page


def test_of_many_pictures_only_the_pages_in_sight_are_read(view, many):
    read = []
    pages = PicturePages(range(_MANY), lambda ids: read.extend(ids) or [many[i] for i in ids])
    view.set_pictures(pages)
    view.scrollToBottom()
    view.grab()
    assert len(read) <= 3 * PAGE_PICTURES
    assert _MANY - 1 in read


def test_before_it_is_laid_out_a_view_reads_one_page(qtbot, many):
    read = []
    pages = PicturePages(range(_MANY), lambda ids: read.extend(ids) or [many[i] for i in ids])
    view = ThumbnailView()
    qtbot.addWidget(view)
    view.set_pictures(pages)
    assert len(read) == PAGE_PICTURES


def test_a_quarantined_picture_is_never_decoded_and_shows_a_sign(view, drawn, monkeypatch):
    def refuse(*_):
        raise AssertionError

    monkeypatch.setattr(view._loader, "pixmap", refuse)
    lost = _picture(1, drawn[0], state=State.QUARANTINED, reason="The file is empty.")
    view.set_pictures(_pages([lost]))
    assert view.thumbnail(0) is None
    shades = {QColor(_seen(view, 0).pixel(x, 58)).name() for x in range(_seen(view, 0).width())}
    assert len(shades) > 2


def test_space_return_and_a_double_click_ask_for_the_large_picture(view, many, qtbot):
    view.set_pictures(_pages(many[:10]))
    view.look_at(3)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return):
        with qtbot.waitSignal(view.preview_requested) as asked:
            qtbot.keyClick(view, key)
        assert asked.args == [3]


def test_arrow_keys_go_along_the_line_and_down_the_column(view, many, qtbot):
    view.set_pictures(_pages(many[:40]))
    view.look_at(0)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.currentIndex().row() == 1
    qtbot.keyClick(view, Qt.Key.Key_Down)
    columns = view.viewport().width() // view.gridSize().width()
    assert view.currentIndex().row() == 1 + columns


def test_a_tile_says_class_split_size_and_name():
    tile = Tile(_picture(7, Path("/x/cat.7.jpg")))
    assert (tile.name, tile.mark, tile.split) == ("cat.7.jpg", "Cat", "Training")
    assert tile.measures == "200 x 180 pixels · 12.3 KB"
    assert tile.words == "cat.7.jpg: Cat, Training"


def test_a_picture_that_takes_no_part_says_why_and_shows_no_split():
    tile = Tile(_picture(7, Path("/x"), state=State.EXCLUDED, reason="It is a copy."))
    assert (tile.mark, tile.split, tile.meaning) == ("Excluded", "", "warning")
    assert tile.words == "cat.7.jpg: Excluded. It is a copy."


def test_a_tooltip_shows_a_name_that_looks_like_html_as_it_is(view):
    view.set_pictures(_pages([_picture(1, Path("/x"), name="<img src=x>.jpg")]))
    view.set_notes({1: "A leak."}, {})
    tip = view.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;img src=x&gt;.jpg" in tip
    assert "A leak." in tip


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 bytes"), (1023, "1023 bytes"), (1024, "1.0 KB"), (2**22, "4.0 MB")]
)
def test_sizes_read_as_a_person_says_them(count, words):
    assert bytes_words(count) == words


def test_a_changed_picture_stays_where_it_is_and_keeps_the_selection(view, many):
    view.set_pictures(_pages(many))
    view.look_at(9_000)
    before = view.verticalOffset()
    excluded = dataclasses.replace(many[9_000], state=State.EXCLUDED, reason="By hand.")
    stranger = dataclasses.replace(excluded, id=_MANY + 1)
    view.replace([excluded, stranger])
    assert view.tile(9_000).mark == "Excluded"
    assert (view.verticalOffset(), view.selected_rows()) == (before, [9_000])


def test_all_of_many_are_selected_at_once(view, many):
    view.set_pictures(_pages(many))
    view.selectAll()
    assert view.selected_rows() == list(range(_MANY))


def test_a_tile_says_what_was_corrected_and_found(drawn):
    picture = _picture(1, drawn[0])
    relabelled = dataclasses.replace(picture, label="dog")
    neither = dataclasses.replace(picture, state=State.EXCLUDED, reason=NEITHER_REASON)
    assert Tile(relabelled, remark=Remark(first_label="cat")).mark == "Dog, was cat"
    assert Tile(picture, remark=Remark(first_label="cat")).mark == "Cat"
    assert Tile(picture, remark=Remark(is_kept=True)).mark == "Cat, kept"
    assert (Tile(neither).mark, Tile(neither).meaning) == ("Neither", "neither")
    assert Tile(picture, "A leak.", Remark("It is dark.")).reason == "It is dark."


def test_groups_are_told_apart_by_a_line_and_a_ground(view, drawn):
    pictures = [_picture(number, drawn[0]) for number in range(2)]
    plain, grouped = [
        {0: Remark(group=GroupPlace(number, place, 2)), 1: Remark(group=GroupPlace(1, 1, 2))}
        for number, place in ((1, 2), (0, 1))
    ]
    grounds = []
    for remarks in (plain, grouped):
        view.set_notes({}, remarks)
        view.set_pictures(_pages(pictures))
        cell = view.visualRect(view.model().index(0, 0))
        shot = view.viewport().grab().toImage()
        grounds.append([shot.pixelColor(cell.left() + x, cell.center().y()).name() for x in (0, 3)])
    (no_line, no_ground), (line, ground) = grounds
    assert no_line == no_ground
    assert len({line, ground, no_ground}) == 3
