"""The guide and the drawings are found wherever the program lies."""

import sys
import tomllib
from pathlib import Path

import pytest

from training import resources

REPOSITORY = Path(__file__).resolve().parent.parent.parent


def test_in_the_source_tree_the_guide_is_that_of_the_documentation():
    assert resources.guide_folder() == REPOSITORY / "docs" / "guide"


def test_a_frozen_program_has_it_beside_its_other_resources(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    (tmp_path / "resources" / "guide").mkdir(parents=True)
    assert resources.guide_folder() == tmp_path / "resources" / "guide"


@pytest.mark.parametrize("source", ["resources", "docs/guide"])
def test_the_wheel_brings_it_to_where_an_installed_program_looks(source, tmp_path, monkeypatch):
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    brought = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    for place in brought.values():
        (tmp_path / place).mkdir(parents=True)
    monkeypatch.setattr(resources, "__file__", str(tmp_path / "training" / "resources.py"))
    asked = {"resources": resources.resources_folder(), "docs/guide": resources.guide_folder()}
    assert asked[source] == tmp_path / brought[source]
