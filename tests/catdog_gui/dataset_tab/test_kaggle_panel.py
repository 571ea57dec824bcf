"""What the panel shows, and what it says the user wants."""

import pytest
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QLabel

from catdog_gui.dataset_tab.kaggle_controls import Found, controls_for
from catdog_gui.dataset_tab.kaggle_panel import KagglePanel
from catdog_gui.web_pages import PAGES
from tests.training.dataset.kaggle_server import TOKEN
from training.config import DownloadConfig
from training.dataset.kaggle.begun import Begun
from training.dataset.kaggle.credential import (
    Credential,
    Kind,
    Secret,
    Source,
    read_credential,
)
from training.dataset.kaggle.store import Place
from training.dataset.partial import Part

MINE = Credential(Kind.TOKEN, Secret(TOKEN), Source.KEYRING)


@pytest.fixture
def panel(qtbot):
    panel = KagglePanel()
    qtbot.addWidget(panel)
    panel.resize(1000, 600)
    panel.show()
    return panel


def show(panel, found, *, is_working=False):
    panel.show_found(found)
    panel.set_controls(controls_for(found, is_working=is_working))


def test_a_pasted_token_is_dots_and_leaves_as_a_secret(panel, qtbot):
    show(panel, Found())
    form = panel.token_form
    QGuiApplication.clipboard().setText(TOKEN)
    form.line.paste()
    assert TOKEN not in form.line.displayText()
    spoken = QAccessible.queryAccessibleInterface(form.line)
    assert TOKEN not in spoken.text(QAccessible.Text.Value)
    with qtbot.waitSignal(panel.keep_requested) as asked:
        form.keep.click()
    assert asked.args == [Secret(TOKEN), Place.SESSION]


def test_the_text_of_a_kaggle_json_can_be_pasted_with_its_lines(panel, qtbot):
    show(panel, Found())
    QGuiApplication.clipboard().setText('{"username": "catlover",\n "key": "0123456789ab"}\n')
    panel.token_form.line.paste()
    with qtbot.waitSignal(panel.keep_requested) as asked:
        panel.token_form.line.returnPressed.emit()
    given = read_credential(asked.args[0].reveal(), Source.SESSION)
    assert (given.username, given.secret.reveal()) == ("catlover", "0123456789ab")


def test_nothing_is_kept_of_an_empty_line(panel, qtbot):
    show(panel, Found())
    assert not panel.token_form.keep.isEnabled()
    with qtbot.assertNotEmitted(panel.keep_requested):
        panel.token_form.line.returnPressed.emit()


@pytest.mark.fault(98)
def test_without_a_keyring_its_button_says_why_it_is_dead(panel):
    show(panel, Found(has_keyring=False))
    keyring, session, _ = panel.token_form.places
    assert not keyring.isEnabled()
    assert keyring.text() == "In the keyring (this computer has none)"
    assert session.isChecked()


def test_the_keyring_is_proposed_until_the_user_chooses(panel):
    panel.set_controls(controls_for(None, is_working=False))
    show(panel, Found(has_keyring=True))
    assert panel.place is Place.KEYRING
    panel.token_form.places[2].click()
    show(panel, Found(has_keyring=True))
    assert panel.place is Place.FILE


def test_a_token_that_is_there_takes_the_lines_place_until_another_is_wanted(panel):
    show(panel, Found(MINE))
    form = panel.token_form
    assert form.token.text() == "Your token from the keyring, …CRET"
    assert not form.line.isVisible()
    form.another.click()
    assert form.line.isVisible()
    show(panel, Found(MINE))
    assert not form.line.isVisible()


def test_what_the_form_says_is_what_is_downloaded(panel, qtbot):
    show(panel, Found(MINE))
    panel.set_name("pets")
    panel.download_form.whole.click()
    with qtbot.waitSignal(panel.download_requested) as asked:
        panel.download_form.button.click()
    assert asked.args == [DownloadConfig("pets", whole=True)]


def test_a_stopped_download_is_gone_on_with_as_it_was_begun(panel):
    show(panel, Found(MINE, begun=Begun(whole=True, part=Part(3_000_000, 10_000_000))))
    form = panel.download_form
    assert form.button.text() == "Go on"
    assert form.part.text() == "3.0 of 10.0 MB have come."
    assert form.config().whole
    assert form.throw_away.isVisible()
    show(panel, Found(MINE))
    assert form.button.text() == "Download"
    assert not form.throw_away.isVisible()


def test_another_choice_of_files_survives_a_second_look(panel):
    found = Found(MINE, begun=Begun(whole=True, part=Part(3, 10)))
    show(panel, found)
    panel.download_form.train.click()
    show(panel, found)
    assert not panel.download_form.config().whole


def test_every_link_is_one_of_the_pages(panel, qtbot):
    show(panel, Found())
    links = [
        (label, label.text().split('href="')[1].split('"')[0])
        for label in panel.findChildren(QLabel)
        if "href" in label.text()
    ]
    assert len(links) == 3
    for label, page in links:
        assert page in PAGES
        with qtbot.waitSignal(panel.page_requested) as asked:
            label.linkActivated.emit(page)
        assert asked.args == [page]


def test_the_panel_fits_a_small_window(panel):
    show(panel, Found(MINE))
    panel.token_form.another.click()
    assert panel.widget().minimumSizeHint().width() <= 960
