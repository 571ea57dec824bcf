"""The Kaggle panel with a real page, real jobs, and a server that answers as Kaggle does."""

import os
import stat

import pytest

from catdog_gui.widgets.banner import BannerKind
from tests.catdog_gui.dataset_tab.kaggle_tab import KAGGLE_JSON, stop_half_way, write_kaggle_json
from tests.training.dataset.kaggle_server import TOKEN
from tests.training.dataset.making import pets, zipped
from training.dataset.kaggle.store import Place


def test_a_pasted_token_is_tried_and_says_who_the_user_is(given):
    assert given.token.token.text() == "Your token for this session, …CRET"
    assert given.token.line.text() == ""
    given.click(given.token.test)
    assert (given.page.banner.kind, given.said) == (BannerKind.SUCCESS, "You are catlover.")


def test_the_download_becomes_the_chosen_dataset_and_the_panel_goes(given):
    given.click(given.get.button)
    assert given.controller.chosen == "kaggle"
    assert given.said.startswith("6 pictures imported: 3 cats and 3 dogs.")
    assert given.action == "Split…"
    assert not given.panel.isVisible()
    given.open()
    assert given.get.name.text() == "kaggle 2"


def test_another_dataset_chosen_puts_the_panel_away(given):
    given.click(given.get.button)
    given.open()
    given.page.dataset_chosen.emit("kaggle")
    assert not given.panel.isVisible()


def test_what_kaggles_own_command_uses_is_found_and_left_alone(kaggle_tab, no_token):
    file = write_kaggle_json(no_token)
    kaggle_tab.open()
    assert kaggle_tab.token.token.text() == "Your token from ~/.kaggle/kaggle.json, …cdef"
    assert kaggle_tab.token.owner.text() == (
        "It is that of catlover. CatDog reads it there and leaves it as it is."
    )
    assert not kaggle_tab.token.forget.isVisible()
    kaggle_tab.click(kaggle_tab.get.button)
    assert file.read_text(encoding="utf-8") == KAGGLE_JSON


def test_a_dropped_kaggle_json_opens_the_panel_and_is_used(open_kaggle_tab, tmp_path):
    tab = open_kaggle_tab()
    file = tmp_path / "kaggle (1).json"
    file.write_text(KAGGLE_JSON, encoding="utf-8")
    tab.drop(file)
    assert tab.panel.isVisible()
    assert tab.token.token.text() == "Your token for this session, …cdef"


def test_a_dropped_zip_is_imported_also_while_the_panel_is_open(given, tmp_path):
    source = tmp_path / "pets.zip"
    source.write_bytes(zipped(pets(2)))
    given.drop(source)
    assert given.controller.chosen == "pets"


def test_a_chosen_file_is_used(kaggle_tab, tmp_path, monkeypatch):
    file = tmp_path / "access_token"
    file.write_text(TOKEN, encoding="utf-8")
    monkeypatch.setattr(kaggle_tab.panel, "ask_for_token_file", lambda: file)
    kaggle_tab.click(kaggle_tab.token.file)
    assert kaggle_tab.token.token.text().endswith("…CRET")
    monkeypatch.setattr(kaggle_tab.panel, "ask_for_token_file", lambda: None)
    kaggle_tab.token.another.click()
    kaggle_tab.click(kaggle_tab.token.file)


def test_the_keyring_keeps_a_token_over_a_restart_until_it_is_forgotten(open_kaggle_tab, ring):
    tab = open_kaggle_tab()
    tab.open()
    assert tab.panel.place is Place.KEYRING
    tab.paste(TOKEN, Place.KEYRING)
    again = open_kaggle_tab()
    again.open()
    assert again.token.token.text() == "Your token from the keyring, …CRET"
    again.click(again.token.forget)
    assert again.said == "CatDog keeps no token for Kaggle any more."
    assert ring.held == {}
    assert again.token.line.isVisible()
    assert not again.get.button.isEnabled()


@pytest.mark.fault(98)
def test_a_keyring_that_does_not_open_costs_no_second_paste(open_kaggle_tab, ring):
    tab = open_kaggle_tab()
    tab.open()
    ring.is_locked = True
    tab.paste(TOKEN, Place.KEYRING)
    assert tab.said == "The keyring does not open."
    tab.token.places[1].click()
    tab.click(tab.token.keep)
    assert tab.token.token.text() == "Your token for this session, …CRET"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_a_file_is_kept_only_when_it_is_ticked_and_then_for_the_user_alone(given, home):
    file = home.root / "kaggle-token"
    assert not file.exists()
    given.token.another.click()
    given.paste(TOKEN, Place.FILE)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    given.click(given.token.forget)
    assert not file.exists()


@pytest.mark.fault(96)
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_a_kaggle_json_that_others_can_read_is_made_private_at_a_press(kaggle_tab, no_token):
    file = write_kaggle_json(no_token, mode=0o644)
    kaggle_tab.open()
    assert (kaggle_tab.page.banner.kind, kaggle_tab.action) == (
        BannerKind.WARNING,
        "Make it private",
    )
    assert "~/.kaggle/kaggle.json" in kaggle_tab.said
    assert stat.S_IMODE(file.stat().st_mode) == 0o644
    kaggle_tab.press_banner_action()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert kaggle_tab.said == "Only you can read ~/.kaggle/kaggle.json now."


@pytest.mark.fault(96)
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"username": "catlover"', "“kaggle.json” is broken"),
        ('{"username": "catlover"}', "“kaggle.json” has no field “key”"),
        ("", "“kaggle.json” is empty"),
    ],
)
def test_a_broken_kaggle_json_is_said_and_another_token_can_be_given(
    kaggle_tab, no_token, text, said
):
    write_kaggle_json(no_token, text=text)
    kaggle_tab.open()
    assert said in kaggle_tab.said
    kaggle_tab.paste(TOKEN)
    assert kaggle_tab.get.button.isEnabled()
    assert kaggle_tab.said == ""


@pytest.mark.fault(96)
def test_a_kaggle_json_with_a_byte_order_mark_is_read(kaggle_tab, no_token):
    write_kaggle_json(no_token, text="\ufeff" + KAGGLE_JSON)
    kaggle_tab.open()
    kaggle_tab.click(kaggle_tab.token.test)
    assert kaggle_tab.said == "You are catlover."


def test_a_cancelled_download_is_kept_and_gone_on_with(given, kaggle):
    stop_half_way(given, kaggle)
    assert given.said == "The download is stopped. What has come is kept."
    assert given.get.button.text() == "Go on"
    assert given.get.part.text() == "0.1 of 0.3 MB have come."
    given.click(given.get.button)
    assert given.controller.chosen == "kaggle"
    assert kaggle.asked[-1]["range"] == f"bytes={1 << 17}-"


def test_the_next_start_offers_to_go_on(given, kaggle, open_kaggle_tab, monkeypatch):
    stop_half_way(given, kaggle)
    monkeypatch.setenv("KAGGLE_API_TOKEN", TOKEN)
    again = open_kaggle_tab()
    assert again.said == "The download from Kaggle is not finished. 0.1 of 0.3 MB have come."
    assert again.action == "Go on"
    again.press_banner_action()
    assert again.controller.chosen == "kaggle"
    assert open_kaggle_tab().said == ""


def test_going_on_without_a_token_shows_where_to_give_one(given, kaggle, open_kaggle_tab):
    stop_half_way(given, kaggle)
    again = open_kaggle_tab()
    again.press_banner_action()
    assert again.said == "There is no token for Kaggle on this computer."
    assert again.action == "Open Kaggle's settings"
    assert again.token.line.isVisible()
    assert again.token.line.isEnabled()


def test_what_has_come_can_be_thrown_away(given, kaggle, open_kaggle_tab):
    stop_half_way(given, kaggle)
    given.click(given.get.throw_away)
    assert given.said == "What had come of the download is deleted."
    assert given.get.button.text() == "Download"
    assert open_kaggle_tab().said == ""


def test_a_running_download_lets_the_panel_be_closed_and_nothing_else_begin(given, kaggle):
    kaggle.stall_at = 0
    given.get.button.click()
    given.qtbot.waitUntil(lambda: kaggle.asked != [])
    assert not given.token.test.isEnabled()
    given.panel.back.click()
    assert not given.panel.isVisible()
    assert given.jobs.running
    given.page.sample_requested.emit()
    assert given.said == "Getting Kaggle's pictures is not finished."
    given.page.cancel_requested.emit()
    given.settle()


def test_a_bad_name_is_said_before_kaggle_is_asked(given, kaggle):
    given.get.name.setText("a/b")
    kaggle.calls.clear()
    given.click(given.get.button)
    assert "cannot be the name of a dataset" in given.said
    assert kaggle.calls == []
