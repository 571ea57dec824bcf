"""Errors that a person can act on: a sentence that says what happened, and a next step."""

import errno
from collections.abc import Mapping
from dataclasses import dataclass


class UserError(Exception):
    """Something went wrong that the user can understand and mend.

    Args:
        message: One sentence, present tense: what happened.
        hint: One sentence: what to do next.
        page: The web page on which that is done; empty where it is done elsewhere.
    """

    def __init__(self, message: str, hint: str, *, page: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.page = page

    def __str__(self) -> str:
        return f"{self.message} {self.hint}"


class ArchiveError(UserError):
    """An archive that cannot be read, or that is not safe to unpack."""


class DatasetError(UserError):
    """A dataset that does not exist, or whose pictures cannot be used as asked."""


class CredentialError(UserError):
    """A token that is not there, cannot be read or kept, or that Kaggle refuses."""


class DownloadError(UserError):
    """A download that cannot begin or go on."""


class SubmissionError(UserError):
    """A submission that cannot be scored: Kaggle took it and says so, or its file shows it."""


class FolderGoneError(DatasetError):
    """A folder of pictures that is not there any more: moved, deleted, or on a drive unplugged."""


class PictureError(UserError):
    """One picture that cannot be turned into pixels."""


class ConfigError(UserError):
    """A setting outside its range. `field` names the setting, so that a form can point at it."""

    def __init__(self, field: str, message: str, hint: str) -> None:
        super().__init__(message, hint)
        self.field = field


class RunError(UserError):
    """A run that does not exist, is not finished, or is damaged."""


class ModelFileError(UserError):
    """A model file of somebody else that is refused, or cannot be used."""


class TrainingError(UserError):
    """A training that cannot go on."""


class NotANumberError(TrainingError):
    """A training whose loss is no longer a number: going on would end there again."""


class OutOfMemoryError(TrainingError):
    """A training that needs more memory than the device has."""


@dataclass(frozen=True)
class ErrorText:
    """What any error says to a person."""

    message: str
    hint: str


_OS_ERRORS: Mapping[int, ErrorText] = {
    errno.ENOSPC: ErrorText(
        "The disk is full.",
        "Free some space and try again; everything that was complete before is unchanged.",
    ),
    errno.EDQUOT: ErrorText(
        "Your disk quota is used up.",
        "Free some space and try again; everything that was complete before is unchanged.",
    ),
    errno.EFBIG: ErrorText(
        "The file grew past the limit of this system.",
        "Free some space or raise the limit, then try again.",
    ),
    errno.EACCES: ErrorText(
        "Access was denied.", "Check the permissions, or choose another place."
    ),
    errno.EPERM: ErrorText(
        "The system does not permit this.", "Check the permissions, or choose another place."
    ),
    errno.EROFS: ErrorText("This place is read-only.", "Choose another place to write to."),
    errno.ENOENT: ErrorText(
        "The file or folder is not there.", "Check the name; it may have been moved or unplugged."
    ),
    errno.ENOTDIR: ErrorText(
        "This is no folder, or a part of its path is a file.", "Choose a folder."
    ),
    errno.EISDIR: ErrorText("This is a folder, where a file is needed.", "Choose a file's name."),
    errno.ENAMETOOLONG: ErrorText(
        "The name is too long for this system.", "Choose a shorter one, or a folder less deep."
    ),
    errno.EIO: ErrorText(
        "The disk reported a fault while reading or writing.",
        "Check the disk or the cable, then try again.",
    ),
}


def explain(error: BaseException) -> ErrorText:
    """Say any error in a sentence with a next step.

    Args:
        error: What was raised, ours or anybody's.

    Returns:
        The error's own words for a `UserError`; a row of the table for an `OSError` that it
        knows, with the file's name; else a sentence that points at the log.
    """
    if isinstance(error, UserError):
        return ErrorText(error.message, error.hint)
    if isinstance(error, MemoryError):
        return ErrorText(
            "There is not enough memory.",
            "Close other programs, or choose a smaller batch or image size.",
        )
    row = _OS_ERRORS.get(error.errno or 0) if isinstance(error, OSError) else None
    if isinstance(error, OSError) and row is not None:
        place = f" ({error.filename})" if error.filename else ""
        return ErrorText(row.message.removesuffix(".") + place + ".", row.hint)
    return ErrorText(
        f"Something unexpected happened ({type(error).__name__}).",
        "Your files are unchanged; the log has the details.",
    )
