"""Makes docs/faults.md: which faults are injected, by which tests, and what came of it.

python tools/faults.py            docs/faults.toml + docs/faults.json → docs/faults.md
"""

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

DOCS = Path(__file__).resolve().parent.parent / "docs"
_HEADER = """\
# Faults that CatDog survives

For every one: no traceback reaches the user, a sentence says what happened and what to do next, and
the user's files are untouched. Each is injected by tests that bear its number
(`@pytest.mark.fault(number)`). This page is made by `make faults` out of `faults.toml` and what
the tests did; nobody writes it by hand.

{total} faults: {survived} survived, {failed} not survived, {untried} not tried.
"""


@dataclass(frozen=True)
class Fault:
    """A row of docs/faults.toml.

    Attributes:
        number: Its number in the tests' marks.
        group: What it strikes.
        injected: What goes wrong.
        must: What must happen then.
        not_tried: Why no test can inject it here; empty where one does or could.
    """

    number: int
    group: str
    injected: str
    must: str
    not_tried: str = ""


def read_faults(file: Path = DOCS / "faults.toml") -> list[Fault]:
    """The table of faults."""
    return [Fault(**row) for row in tomllib.loads(file.read_text("utf-8"))["fault"]]


def page(faults: Sequence[Fault], outcomes: Mapping[str, Mapping[str, str]]) -> str:
    """The page, in Markdown.

    Args:
        faults: The table.
        outcomes: By number, then by test: "passed", "failed" or "skipped".
    """
    results = [_result(fault, outcomes.get(str(fault.number), {})) for fault in faults]
    parts = [
        _HEADER.format(
            total=len(faults),
            survived=results.count("survived"),
            failed=results.count("**not survived**"),
            untried=results.count("not tried"),
        )
    ]
    group = ""
    for fault, result in zip(faults, results, strict=True):
        if fault.group != group:
            group = fault.group
            parts.append(f"\n## {group}\n\n| # | injected | what must happen | result | how |\n"
                         "| --- | --- | --- | --- | --- |\n")  # fmt: skip
        how = _how(fault, outcomes.get(str(fault.number), {}))
        cells = (str(fault.number), fault.injected, fault.must, result, how)
        parts.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n")
    return "".join(parts)


def _result(fault: Fault, tests: Mapping[str, str]) -> str:
    ran = [outcome for outcome in tests.values() if outcome != "skipped"]
    if not ran or fault.not_tried:
        return "not tried"
    return "survived" if set(ran) == {"passed"} else "**not survived**"


def _how(fault: Fault, tests: Mapping[str, str]) -> str:
    if fault.not_tried:
        return fault.not_tried
    files: dict[str, int] = {}
    for test in tests:
        file = test.split("::")[0]
        files[file] = files.get(file, 0) + 1
    tested = [f"`{file}`" + (f" ({count})" if count > 1 else "") for file, count in files.items()]
    return ", ".join(tested) or "no test yet"


def main() -> None:
    """Write docs/faults.md."""
    outcomes = json.loads((DOCS / "faults.json").read_text("utf-8"))
    (DOCS / "faults.md").write_text(page(read_faults(), outcomes), "utf-8", newline="\n")


if __name__ == "__main__":
    main()
