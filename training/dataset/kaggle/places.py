"""The competition and its pages."""

COMPETITION = "dogs-vs-cats"
TRAIN_FILE = "train.zip"

DATA_PAGE = f"https://www.kaggle.com/competitions/{COMPETITION}/data"
RULES_PAGE = f"https://www.kaggle.com/competitions/{COMPETITION}/rules"
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
