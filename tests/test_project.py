"""Guards of the project's own rules: what is pinned, what is said, and how large it may grow."""

import ast
import importlib.metadata
import os
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from catdog_gui.actions import MENUS, ActionRow

REPOSITORY = Path(__file__).resolve().parent.parent
GENERATED = {"build", "demo", "dist", "__pycache__"}
KEPT_THOUGH_HIDDEN = {".ci", ".github", ".gitignore", ".pre-commit-config.yaml"}
TEXT = {"", ".cfg", ".md", ".py", ".svg", ".toml", ".txt", ".yaml", ".yml"}

MOST_LINES_OF_A_FILE = 300
MOST_LINES_OF_A_FUNCTION = 60

LIGHT = (
    "atomic",
    "cancellation",
    "config",
    "errors",
    "events",
    "method_settings",
    "progress",
    "ranges",
    "rate",
    "resources",
    "settings_text",
    "time_left",
)

# Written with a class of one letter, so that the pattern does not find itself.
FORBIDDEN_WORDS = re.compile(
    r"/wor[k]/|/roo[t]/|/opt/pyp[i]|file[s]\.pythonhosted|inde[x]-url|pyp[i]\.org|AI agen[t]"
    r"|language mode[l]",
    re.IGNORECASE,
)


def read(*parts: str) -> str:
    return REPOSITORY.joinpath(*parts).read_text(encoding="utf-8")


def project_files() -> Iterator[Path]:
    for folder, folders, files in os.walk(REPOSITORY):
        folders[:] = [name for name in folders if belongs(name) and name not in GENERATED]
        yield from (Path(folder, name) for name in files if belongs(name))


def belongs(name: str) -> bool:
    return not name.startswith(".") or name in KEPT_THOUGH_HIDDEN


FILES = sorted(project_files())
CODE = [path for path in FILES if path.suffix == ".py"]


def named(path: Path, line: int | None = None) -> str:
    place = path.relative_to(REPOSITORY).as_posix()
    return place if line is None else f"{place}:{line}"


def requirements() -> list[Requirement]:
    project = tomllib.loads(read("pyproject.toml"))
    rows = list(project["build-system"]["requires"])
    rows += project["project"]["dependencies"]
    rows += [row for extra in project["project"]["optional-dependencies"].values() for row in extra]
    return [Requirement(row) for row in rows]


def pinned() -> dict[str, str]:
    rows = [row for row in read("constraints.txt").splitlines() if not row.startswith("#")]
    return dict(row.split("==") for row in rows)


def test_every_row_of_the_constraints_is_one_exact_version_in_order():
    rows = [row for row in read("constraints.txt").splitlines() if not row.startswith("#")]
    assert [row for row in rows if not re.fullmatch(r"[a-z0-9-]+==[0-9][\w.]*", row)] == []
    names = [row.split("==")[0] for row in rows]
    assert names == sorted(set(names))


def test_every_requirement_is_pinned_to_a_version_that_it_allows():
    versions = pinned()
    refused = [
        str(each)
        for each in requirements()
        if not each.specifier.contains(versions.get(canonicalize_name(each.name), "0"))
    ]
    assert refused == []


def test_what_the_requirements_bring_with_them_is_pinned_too():
    found: set[str] = set()
    waiting = requirements()
    while waiting:
        each = waiting.pop()
        name = canonicalize_name(each.name)
        if name in found or (each.marker and not each.marker.evaluate({"extra": ""})):
            continue
        found.add(name)
        waiting += [Requirement(row) for row in brought_by(name)]
    assert found - pinned().keys() == set()


def brought_by(name: str) -> list[str]:
    try:
        return importlib.metadata.requires(name) or []
    except importlib.metadata.PackageNotFoundError:
        return []  # an extra that this environment does not have


def test_the_program_imports_only_what_it_requires():
    """What another package happens to bring along may be gone with its next version."""
    project = tomllib.loads(read("pyproject.toml"))["project"]
    required = {canonicalize_name(Requirement(row).name) for row in project["dependencies"]}
    providers = importlib.metadata.packages_distributions()
    own = {"training", "catdog_gui"}
    for path in CODE:
        if path.relative_to(REPOSITORY).parts[0] in own:
            modules = {each.split(".")[0] for each in imported_by(path)}
            foreign = modules - own - sys.stdlib_module_names
            brought = {name for name in foreign if not required & provided(name, providers)}
            assert (named(path), brought) == (named(path), set())


def provided(module: str, providers: Mapping[str, list[str]]) -> set[str]:
    return {canonicalize_name(name) for name in providers.get(module, [module])}


def test_the_readme_names_targets_that_make_knows():
    named_targets = set(re.findall(r"\bmake ([a-z]+)(?= +#|`| DEVICE)", read("README.md")))
    known = set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))
    assert {"run", "test"} <= named_targets <= known


@pytest.mark.parametrize("page", [path for path in FILES if path.suffix == ".md"], ids=named)
def test_links_of_a_page_lead_somewhere(page):
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_picture_of_the_house_shows_only_what_is_there():
    shown = set(re.findall(r"\b\w+\.py\b", read("docs", "house.md")))
    assert shown - {path.name for path in CODE} == set()


def test_no_file_grows_past_what_can_be_read_in_one_go():
    sizes = {named(path): len(path.read_text("utf-8").splitlines()) for path in CODE}
    assert {name: lines for name, lines in sizes.items() if lines > MOST_LINES_OF_A_FILE} == {}


def test_no_function_grows_past_a_screen():
    functions = (
        (named(path, node.lineno), (node.end_lineno or node.lineno) - node.lineno + 1)
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    assert [each for each in functions if each[1] > MOST_LINES_OF_A_FUNCTION] == []


@pytest.mark.parametrize("name", LIGHT)
def test_a_light_module_imports_the_standard_library_alone(name):
    allowed = {f"training.{light}" for light in LIGHT} | {"training"}
    imported = imported_by(REPOSITORY / "training" / f"{name}.py")
    foreign = {each for each in imported if each.split(".")[0] not in sys.stdlib_module_names}
    assert foreign - allowed == set()


def imported_by(path: Path) -> set[str]:
    modules: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            modules |= {node.module or "."}
            modules |= {f"{node.module}.{alias.name}" for alias in node.names} & PYPLOT
    return modules


PYPLOT = {"matplotlib.pyplot"}


def test_nobody_imports_pyplot():
    assert [named(path) for path in CODE if imported_by(path) & PYPLOT] == []


def test_the_project_speaks_of_no_one_machine():
    hits = [
        named(path, number)
        for path in FILES
        if path.suffix in TEXT
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if FORBIDDEN_WORDS.search(line)
    ]
    assert hits == []


def test_every_icon_that_the_window_asks_for_exists():
    asked = {
        name
        for path in (REPOSITORY / "catdog_gui").rglob("*.py")
        for name in re.findall(r"\bicon(?:\(|=)\"([\w-]+)\"", path.read_text("utf-8"))
    }
    asked |= {row.icon for rows in MENUS.values() for row in rows if isinstance(row, ActionRow)}
    drawn = {path.stem for path in (REPOSITORY / "resources" / "icons").glob("*.svg")}
    assert asked - drawn == {""}


def test_no_photograph_is_part_of_the_project():
    photographs = {".jpg", ".jpeg", ".zip", ".webp"}
    assert [named(path) for path in FILES if path.suffix.lower() in photographs] == []
