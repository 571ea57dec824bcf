"""The page of faults is made, says what the tests did, and hides nothing."""

import json
import re
from pathlib import Path

import faults

DOCS = faults.DOCS
TESTS = DOCS.parent / "tests"
FAULTS = faults.read_faults()


def outcomes() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads((DOCS / "faults.json").read_text("utf-8"))
    return found


def test_the_page_is_the_one_that_is_made() -> None:
    assert (DOCS / "faults.md").read_text("utf-8") == faults.page(FAULTS, outcomes())


def test_numbers_run_on_and_every_mark_is_one_of_them() -> None:
    numbers = [fault.number for fault in FAULTS]
    assert numbers == list(range(1, len(numbers) + 1))
    marked = set()
    for path in TESTS.rglob("test_*.py"):
        for mark in re.findall(r"mark\.fault\(([\d, ]+)\)", path.read_text("utf-8")):
            marked |= {int(number) for number in mark.split(",")}
    assert marked <= set(numbers)
    claimed = {int(number) for number in outcomes()}
    assert claimed <= marked


def test_a_fault_counts_as_survived_only_if_every_test_that_ran_passed() -> None:
    row = faults.Fault(1, "Models", "a|b", "refused")
    made = {
        outcome: faults.page([row], {"1": tests})
        for outcome, tests in {
            "survived": {"tests/a.py::one": "passed", "tests/a.py::two": "skipped"},
            "**not survived**": {"tests/a.py::one": "passed", "tests/a.py::two": "failed"},
            "not tried": {"tests/a.py::one": "skipped"},
        }.items()
    }
    for outcome, text in made.items():
        assert f"| refused | {outcome} |" in text
    assert "a\\|b" in made["survived"]
    assert "no test yet" in faults.page([row], {})
    on_windows = faults.Fault(1, "Models", "a", "b", not_tried="Needs Windows.")
    assert "not tried | Needs Windows." in faults.page([on_windows], {"1": {"t.py::t": "passed"}})


def test_no_page_names_a_file_that_is_gone() -> None:
    files = {test.split("::")[0] for tests in outcomes().values() for test in tests}
    assert [file for file in sorted(files) if not (DOCS.parent / Path(file)).is_file()] == []
