"""Which injected faults were survived: `pytest --fault-report FILE` writes it down as JSON."""

import json
from collections import defaultdict
from pathlib import Path

import pytest

OPTION = "--fault-report"
_PROPERTY = "fault"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(OPTION, metavar="FILE", help="write down which faults were survived")


def pytest_configure(config: pytest.Config) -> None:
    target = config.getoption(OPTION)
    if target and not hasattr(config, "workerinput"):  # the process that the others report to
        config.pluginmanager.register(FaultReport(Path(target)), "fault-report")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for mark in item.iter_markers("fault"):
            item.user_properties += [(_PROPERTY, number) for number in mark.args]


class FaultReport:
    """Gathers the outcomes of marked tests by fault.

    Args:
        target: The JSON file: {number: {test: "passed", "failed" or "skipped"}}.
    """

    def __init__(self, target: Path) -> None:
        self._target = target
        self._outcomes: dict[int, dict[str, str]] = defaultdict(dict)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when != "call" and report.passed:
            return
        test = report.nodeid.split("[")[0]
        for name, number in report.user_properties:
            if name == _PROPERTY:
                known = self._outcomes[number].get(test, "passed")
                self._outcomes[number][test] = known if report.passed else report.outcome

    def pytest_sessionfinish(self) -> None:
        rows = {str(number): self._outcomes[number] for number in sorted(self._outcomes)}
        self._target.parent.mkdir(parents=True, exist_ok=True)
        self._target.write_text(json.dumps(rows, indent=1, sort_keys=False) + "\n", "utf-8")
