"""Prints what the environment that bundles are built in needs, a requirement a line.

It is what the project requires, with TensorFlow from the wheel without CUDA code where there is
one (half the size), and the extra "bundle". The standard library alone is used here.
"""

import re
import tomllib
from collections.abc import Sequence

from bundling import REPOSITORY, tensorflow_wheel


def main() -> None:
    """Print them."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    rows = [*project["dependencies"], *project["optional-dependencies"]["bundle"]]
    print("\n".join(bundle_requirements(rows, tensorflow_wheel())))


def bundle_requirements(rows: Sequence[str], tensorflow: str) -> list[str]:
    """The same requirements with another wheel of TensorFlow.

    Args:
        rows: Requirements as pyproject.toml has them.
        tensorflow: The wheel's name.
    """
    return [re.sub(r"^tensorflow(?=\W|$)", tensorflow, row) for row in rows]


if __name__ == "__main__":
    main()
