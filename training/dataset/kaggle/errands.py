"""What Kaggle is asked for, in the words that its refusals need."""

from dataclasses import dataclass

from training.dataset.kaggle.places import (
    DATA_PAGE,
    IMPORT_INSTEAD,
    RULES_PAGE,
    Competition,
)


@dataclass(frozen=True)
class Errand:
    """Words about one thing that Kaggle is asked for.

    Attributes:
        awaited: What should come.
        store: The store that Kaggle leads to.
        again: What the user does once the trouble is over.
        instead: A way without this program, as a sentence.
        rules: Said where the rules are not accepted.
        rules_page: Where that is done.
        missing: Said where Kaggle knows no such thing.
        missing_hint: What to do then.
        missing_page: Where to look.
    """

    awaited: str
    store: str
    again: str
    instead: str
    rules: str
    rules_page: str
    missing: str
    missing_hint: str
    missing_page: str


PICTURES = Errand(
    awaited="the archive",
    store="The store that holds Kaggle's files",
    again="download again",
    instead=IMPORT_INSTEAD,
    rules="Kaggle gives these pictures only to who accepted the rules of the competition.",
    rules_page=RULES_PAGE,
    missing="Kaggle has no such file.",
    missing_hint=f"Look at {DATA_PAGE} whether it has moved. Meanwhile: import a zip or a folder "
    "that you have.",
    missing_page=DATA_PAGE,
)


def submitting_to(competition: Competition) -> Errand:
    """The errand of sending a submission."""
    page = competition.submissions_page
    return Errand(
        awaited="an answer",
        store="The store that takes files for Kaggle",
        again="send it again",
        instead=f"Or send the file in a browser at {page}",
        rules="Kaggle takes a submission only from who accepted the rules of the competition.",
        rules_page=competition.rules_page,
        missing=f"Kaggle knows no competition “{competition.key}”, or it takes no submissions "
        "any more.",
        missing_hint=f"Look at {page} whether a late submission is possible there.",
        missing_page=page,
    )
