"""What is said while a model is added."""

from pathlib import Path

TRAINED_ELSEWHERE = (
    "It is not calibrated and cannot say “neither”: nobody knows what it learned from."
)


def added_words(*, was_there: bool, is_imported: bool) -> tuple[str, str]:
    """What became of a model, and what there is to know of it.

    Args:
        was_there: Whether the same one was there already.
        is_imported: Whether it was not trained by this program.
    """
    if was_there:
        return "This model is there already. It is chosen now.", ""
    if is_imported:
        return "The model is added and chosen.", TRAINED_ELSEWHERE
    return "The model is added and chosen.", "What it came from is no longer needed."


def trying_words(source: Path) -> tuple[str, str]:
    """What is said while somebody else's model is tried."""
    return (
        f"{source.name} is being tried.",
        "That takes some seconds, in a process of its own with limits of time and memory.",
    )


def not_one_words(count: int) -> tuple[str, str]:
    """What is said of a drop that is not one model.

    Args:
        count: Of the files and folders.
    """
    if not count:
        return "What was dropped is not a file.", "Drop a model's file, or the folder of a run."
    return f"{count:,} files come at once.", "Drop one model; there may be questions about it."
