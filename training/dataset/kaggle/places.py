"""The competitions and their pages."""

from collections.abc import Sequence
from dataclasses import dataclass

COMPETITION = "dogs-vs-cats"
TRAIN_FILE = "train.zip"


@dataclass(frozen=True)
class Competition:
    """A competition that a submission can be sent to.

    Attributes:
        key: Its name in Kaggle's addresses.
        title: Its name for people.
        test_file: Its file of numbered pictures.
        test_pictures: How many there are; they are numbered from 1.
        judged: How Kaggle judges it, as a sentence.
    """

    key: str
    title: str
    test_file: str
    test_pictures: int
    judged: str

    @property
    def page(self) -> str:
        """What its pages begin with."""
        return f"https://www.kaggle.com/competitions/{self.key}"

    @property
    def rules_page(self) -> str:
        """Where its rules are accepted."""
        return f"{self.page}/rules"

    @property
    def submissions_page(self) -> str:
        """Where a user finds what was sent, and can send a file in a browser."""
        return f"{self.page}/submissions"


COMPETITIONS: Sequence[Competition] = (
    Competition(
        COMPETITION,
        "Dogs vs. Cats (2013)",
        "test1.zip",
        12_500,
        "Its ranking is closed. Its page asks for 1 for a dog and 0 for a cat; how it counts what "
        "lies between, Kaggle decides.",
    ),
    Competition(
        "dogs-vs-cats-redux-kernels-edition",
        "Dogs vs. Cats Redux (2016)",
        "test.zip",
        12_500,
        "Its ranking is closed. It is scored by the log loss of the probability of a dog: the "
        "lower, the better.",
    ),
)
"""Said of them: the pages Data (2013) and Overview, Evaluation (2016) of each at Kaggle."""

DATA_PAGE = f"{COMPETITIONS[0].page}/data"
RULES_PAGE = COMPETITIONS[0].rules_page
TOKEN_PAGE = "https://www.kaggle.com/settings/api"  # noqa: S105 - a page, no password

ABOUT_TRAIN_BYTES, ABOUT_WHOLE_BYTES = 570_000_000, 855_000_000
"""What the data page says of the files; what comes says its own size."""

IMPORT_INSTEAD = f"Or download {TRAIN_FILE} in a browser from {DATA_PAGE}, and import it."

FREE_COPY_PAGE = "https://www.microsoft.com/download/details.aspx?id=54765"
FREE_COPY = (
    "Without an account at Kaggle: Microsoft gives the same pictures as a zip, “Kaggle Cats and "
    f"Dogs Dataset”, at {FREE_COPY_PAGE}; download it in a browser, and import it as it is."
)
"""Where a user without an account finds the pictures; the zip has folders named Cat and Dog."""
