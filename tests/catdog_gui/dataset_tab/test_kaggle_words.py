"""The panel's sentences."""

from pathlib import Path

import pytest

from catdog_gui.dataset_tab import kaggle_words as words
from training.dataset.kaggle.begun import Begun
from training.dataset.kaggle.credential import Credential, Kind, Secret, Source
from training.dataset.partial import Part

TOKEN = "KGAT_nobodys0123456789"


def credential(source, **facts):
    return Credential(Kind.TOKEN, Secret(TOKEN), source, **facts)


@pytest.mark.parametrize("source", Source)
def test_of_every_token_the_place_and_four_characters_are_said(source, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    name = {Source.KEY_FILE: "kaggle.json", Source.TOKEN_FILE: "access_token"}.get(source)
    name = "credentials.json" if source is Source.SIGN_IN_FILE else name
    file = tmp_path / ".kaggle" / name if name else None
    said = words.token_words(credential(source, file=file))
    assert said.endswith("…6789")
    assert TOKEN not in said
    assert (f"~/.kaggle/{name}" in said) is bool(name)


def test_a_file_elsewhere_is_named_in_full(tmp_path, monkeypatch):
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "user")
    file = tmp_path / "kaggle.json"
    assert str(file) in words.open_words(file)


def test_whose_it_is_and_who_looks_after_it():
    mine = credential(Source.KEYRING, username="catlover")
    assert words.owner_words(mine, is_ours=True) == "It is that of catlover."
    assert "leaves it as it is" in words.owner_words(mine, is_ours=False)
    assert words.owner_words(credential(Source.SESSION), is_ours=True) == ""


def test_how_much_has_come():
    assert words.part_words(Part(271_200_000, 569_500_000)) == "271.2 of 569.5 MB have come."
    assert words.part_words(Part(271_200_000, 0)) == "271.2 MB have come."
    assert words.part_words(Part(5_000_000, 5_000_000)).startswith("All 5.0 MB have come")


def test_what_has_come_is_not_needed_again():
    begun = Begun(whole=False, part=Part(500_000_000, 570_000_000))
    fresh = words.space_words(10**12, whole=False, begun=None)
    assert "about 1.1 GB; 1,000.0 GB are free" in fresh
    assert "about 0.6 GB" in words.space_words(10**12, whole=False, begun=begun)
    assert words.space_words(10**12, whole=True, begun=begun).startswith(
        "Until the pictures are unpacked it needs about 1.7 GB"
    )


def test_too_little_space_is_said():
    assert "only 0.3 GB are free" in words.space_words(300_000_000, whole=False, begun=None)
