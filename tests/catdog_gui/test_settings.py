import pytest
from hypothesis import given
from hypothesis import strategies as st

from catdog_gui.settings import CURRENT_TAB, FORMAT, PRESET, Setting, Settings

FLAG = Setting("test/flag", False)
SHARE = Setting("test/share", 0.5)
NUMBER = Setting("test/number", 1)
WORDS = Setting("test/words", "")
RAW = Setting("test/raw", b"")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "settings.ini"


def test_a_setting_that_was_never_set_has_its_default(path):
    assert Settings(path).get(PRESET) == "notebook"


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        (FLAG, True),
        (FLAG, False),
        (SHARE, 0.1),
        (NUMBER, 2**40),
        (WORDS, 'a, "b"; [c] = %d é\n\\ @x'),
        (WORDS, ""),
        (RAW, bytes(range(256))),
    ],
)
def test_a_value_survives_a_restart_with_its_type(path, setting, value):
    settings = Settings(path)
    settings.set(setting, value)
    settings.save()
    assert Settings(path).get(setting) == value
    assert type(Settings(path).get(setting)) is type(value)


@pytest.mark.fault(94)
def test_a_file_that_is_no_text_is_set_aside_whole(path):
    rubbish = bytes(range(256)) * 4
    path.write_bytes(rubbish)
    settings = Settings(path)
    assert settings.get(CURRENT_TAB) == 0
    assert path.with_name("settings.ini.damaged").read_bytes() == rubbish
    settings.set(CURRENT_TAB, 2)
    settings.save()
    assert Settings(path).get(CURRENT_TAB) == 2


@pytest.mark.fault(94)
def test_a_text_that_is_no_table_is_set_aside(path):
    path.write_text("this is\nno table of settings\n")
    assert Settings(path).get(CURRENT_TAB) == 0
    assert path.with_name("settings.ini.damaged").is_file()


@pytest.mark.fault(94)
@pytest.mark.parametrize("text", ["window", "", "1, 2", "1.5"])
def test_a_value_of_another_type_counts_as_the_default(path, text):
    path.write_text(f"[window]\ntab={text}\n")
    assert Settings(path).get(CURRENT_TAB) == 0


@pytest.mark.fault(94)
def test_the_settings_of_a_newer_program_are_set_aside_whole(path):
    newer = f"[file]\nformat={FORMAT.default + 1}\n\n[window]\ntab=1\n"
    path.write_text(newer)
    settings = Settings(path)
    assert settings.get(CURRENT_TAB) == 0
    assert path.with_name("settings.ini.newer").read_text() == newer
    settings.set(CURRENT_TAB, 2)
    settings.save()
    assert Settings(path).get(CURRENT_TAB) == 2
    assert path.with_name("settings.ini.newer").read_text() == newer


@pytest.mark.parametrize("text", ["", "[file]\nformat=1\n\n", "[file]\nformat=two\n\n"])
def test_the_settings_of_this_program_and_of_older_ones_hold(path, text):
    path.write_text(f"{text}[window]\ntab=1\n")
    assert Settings(path).get(CURRENT_TAB) == 1


def test_what_is_written_says_its_format(path):
    settings = Settings(path)
    settings.set(CURRENT_TAB, 2)
    settings.save()
    assert Settings(path).get(FORMAT) == FORMAT.default
    assert "format=1" in path.read_text()


@pytest.mark.fault(94)
@given(rubbish=st.binary(max_size=300))
def test_no_file_keeps_the_window_from_its_settings(tmp_path_factory, rubbish):
    path = tmp_path_factory.mktemp("settings") / "settings.ini"
    path.write_bytes(rubbish)
    assert isinstance(Settings(path).get(CURRENT_TAB), int)


def test_a_place_that_cannot_be_written_costs_the_memory_only(tmp_path, caplog):
    blocked = tmp_path / "file"
    blocked.write_text("a file where a folder is needed")
    settings = Settings(blocked / "settings.ini")
    settings.set(CURRENT_TAB, 2)
    settings.save()
    assert settings.get(CURRENT_TAB) == 2
    assert "cannot be written" in caplog.text
