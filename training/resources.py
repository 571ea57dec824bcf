"""The only finder of `resources/` and the guide: as source, in an installed wheel, and frozen."""

import sys
from pathlib import Path


def resources_folder() -> Path:
    """The folder that holds icons, translations and the default run.

    Returns:
        `resources/` of the frozen bundle, of the installed wheel, or of the source tree.
    """
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle is not None:
        return Path(bundle) / "resources"
    package = Path(__file__).resolve().parent
    installed = package / "_resources"
    return installed if installed.is_dir() else package.parent / "resources"


def resource(*parts: str) -> Path:
    """The path of one resource, such as `resource("icons", "cat.svg")`."""
    return resources_folder().joinpath(*parts)


def guide_folder() -> Path:
    """The folder that holds the user's guide, one Markdown file a page.

    Returns:
        `resources/guide/` where the program is installed or frozen, `docs/guide/` of the source
        tree.
    """
    shipped = resource("guide")
    if shipped.is_dir():
        return shipped
    return Path(__file__).resolve().parent.parent / "docs" / "guide"
