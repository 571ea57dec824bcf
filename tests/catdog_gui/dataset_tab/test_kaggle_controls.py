"""What the Kaggle panel offers in which state."""

import pytest

from catdog_gui.dataset_tab.kaggle_controls import Found, controls_for
from training.dataset.kaggle.begun import Begun
from training.dataset.kaggle.credential import Credential, Kind, Secret, Source
from training.dataset.partial import Part


def credential(source):
    return Credential(Kind.TOKEN, Secret("KGAT_nobodys0123456789"), source)


def test_before_anything_is_known_nothing_is_live():
    controls = controls_for(None, is_working=False)
    assert not any((controls.can_give, controls.can_test, controls.can_download))


def test_without_a_token_one_can_be_given_and_nothing_downloaded():
    controls = controls_for(Found(), is_working=False)
    assert controls.can_give
    assert not controls.can_download


@pytest.mark.parametrize(
    ("source", "offered"),
    [
        (Source.SESSION, True),
        (Source.FILE, True),
        (Source.KEYRING, True),
        (Source.TOKEN_VARIABLE, False),
        (Source.KEY_FILE, False),
        (Source.SIGN_IN_FILE, False),
    ],
)
def test_only_what_this_program_keeps_can_be_forgotten(source, offered):
    controls = controls_for(Found(credential(source)), is_working=False)
    assert controls.offers_forget is controls.can_forget is offered
    assert controls.can_download


def test_while_a_job_runs_nothing_is_live():
    found = Found(credential(Source.FILE), begun=Begun(whole=False, part=Part(3, 10)))
    controls = controls_for(found, is_working=True)
    live = (
        controls.can_test,
        controls.can_forget,
        controls.can_give,
        controls.can_download,
        controls.can_throw_away,
    )
    assert not any(live)
    assert controls.offers_forget


def test_what_has_come_in_full_needs_no_token():
    part = Found(begun=Begun(whole=False, part=Part(3, 10)))
    assert not controls_for(part, is_working=False).can_download
    all_there = Found(begun=Begun(whole=False, part=Part(10, 10)))
    assert controls_for(all_there, is_working=False).can_download
