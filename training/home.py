"""Where things live for the user: datasets, cache, runs and logs under one home folder."""

import os
from dataclasses import dataclass
from pathlib import Path

HOME_VARIABLE = "CATDOG_HOME"


@dataclass(frozen=True)
class Home:
    """The folder that the program may write to. Nothing outside it is ever changed.

    Attributes:
        root: `CATDOG_HOME`, or the user's data folder on this system.
    """

    root: Path

    @property
    def datasets(self) -> Path:
        """One folder a dataset."""
        return self.root / "datasets"

    @property
    def cache(self) -> Path:
        """Decoded pixels; can be deleted and is then made again."""
        return self.root / "cache"

    @property
    def runs(self) -> Path:
        """One folder a run."""
        return self.root / "runs"

    @property
    def logs(self) -> Path:
        """The rotating log and the crash report."""
        return self.root / "logs"

    @property
    def corrections_file(self) -> Path:
        """What was corrected in datasets that are deleted, by content."""
        return self.root / "corrections.json"

    @property
    def dismissals_file(self) -> Path:
        """What was dismissed in datasets that are deleted, by content."""
        return self.root / "dismissals.json"

    @property
    def settings_file(self) -> Path:
        """The window's settings."""
        return self.root / "settings.ini"


def find_home(chosen: Path | None = None) -> Home:
    """The home folder: the one chosen, else `CATDOG_HOME`, else the user's data folder."""
    import platformdirs

    root = (
        chosen
        or os.environ.get(HOME_VARIABLE)
        or platformdirs.user_data_dir("catdog", appauthor=False)
    )
    return Home(Path(root).expanduser().absolute())
