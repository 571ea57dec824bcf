"""Where the details of a failure go, so that the terminal gets a sentence and no traceback."""

import contextlib
import traceback
from datetime import datetime

from training.errors import UserError
from training.home import Home

LOG_FILE = "command-line.log"


def keep_details(error: Exception, home: Home) -> None:
    """Append the traceback to the log of the home, where there is more than the sentence says.

    A folder that cannot be written costs the log only.

    Args:
        error: What ended a job.
        home: Where the logs live.
    """
    if isinstance(error, UserError) and error.__cause__ is None:
        return
    with contextlib.suppress(OSError):
        home.logs.mkdir(parents=True, exist_ok=True)
        with (home.logs / LOG_FILE).open("a", encoding="utf-8", errors="backslashreplace") as log:
            log.write(f"{datetime.now().astimezone().isoformat(timespec='seconds')}\n")
            log.write("".join(traceback.format_exception(error)) + "\n")
