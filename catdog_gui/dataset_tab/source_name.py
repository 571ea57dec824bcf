"""The name under which a zip or a folder becomes a dataset."""

import re
from collections.abc import Collection
from pathlib import Path

from training.home import Home

_NOT_ALLOWED = re.compile(r"[^\w.-]+")
_ENDS = " .-_"
_LONGEST = 70  # leaves room for a number, within the 80 letters that a name may have
_UNNAMED = "pictures"


def name_for(source: Path, taken: Collection[str]) -> str:
    """A dataset's name that says where it comes from and that no other dataset has.

    Args:
        source: A zip, whose name counts without its suffix, or a folder.
        taken: The names that are in use; case does not tell names apart.

    Returns:
        A name that `training.config.check_name` accepts: "train", or else "train 2" and so on.
    """
    stem = source.stem if source.suffix.lower() == ".zip" else source.name
    return unique_name(_NOT_ALLOWED.sub(" ", stem)[:_LONGEST].strip(_ENDS) or _UNNAMED, taken)


def unique_name(wanted: str, taken: Collection[str]) -> str:
    """The wanted name, or the first of "name 2", "name 3" … that is free."""
    used = {name.casefold() for name in taken}
    name, number = wanted, 1
    while name.casefold() in used:
        number += 1
        name = f"{wanted} {number}"
    return name


def taken_names(home: Home) -> list[str]:
    """The names in use, also those of datasets that cannot be read."""
    return [path.name for path in home.datasets.iterdir()] if home.datasets.is_dir() else []
