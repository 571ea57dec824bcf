"""The guide says of every setting what it is and what it may be."""

import re
from pathlib import Path

import pytest

from training.config import DEVICES, RANGES, SETTINGS
from training.learning.backbones import BACKBONES
from training.method_settings import CHOICES

PAGE = Path(__file__).resolve().parent.parent / "docs" / "guide" / "settings.md"
OPTIONS = {"dataset": "--data", "weights_file": "--weights"}
NAMES = {name: names for name, (_, names) in CHOICES.items()} | {
    "device": DEVICES,
    "backbone": tuple(BACKBONES),
}


def row_of(setting: str) -> list[str]:
    """The cells of a setting's row."""
    option = OPTIONS.get(setting, f"--{setting.replace('_', '-')}")
    rows = [
        line.strip("| ").split(" | ")
        for line in PAGE.read_text(encoding="utf-8").splitlines()
        if re.match(rf"\| `{option}`[ |]", line)
    ]
    assert len(rows) == 1, f"{option} stands in {len(rows)} rows"
    return rows[0]


@pytest.mark.parametrize("setting", SETTINGS)
def test_every_setting_has_a_row_with_a_sentence(setting: str) -> None:
    assert row_of(setting)[1].rstrip(" |").endswith(".")


@pytest.mark.parametrize("setting", RANGES)
def test_a_row_says_the_range_that_the_program_checks(setting: str) -> None:
    allowed = RANGES[setting]
    low = f"above {allowed.low:,}," if allowed.low_excluded else f"{allowed.low:,}"
    assert row_of(setting)[2] == f"{low} to {allowed.high:,}"


@pytest.mark.parametrize("setting", NAMES)
def test_a_row_says_the_names_that_can_be_chosen(setting: str) -> None:
    assert set(re.findall(r"`([\w-]+)`", row_of(setting)[2])) == set(NAMES[setting])
