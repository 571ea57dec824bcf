"""The competition and its pages."""

COMPETITION = "dogs-vs-cats"
TRAIN_FILE = "train.zip"

DATA_PAGE = f"https://www.kaggle.com/competitions/{COMPETITION}/data"
RULES_PAGE = f"https://www.kaggle.com/competitions/{COMPETITION}/rules"
TOKEN_PAGE = "https://www.kaggle.com/settings/api"  # noqa: S105 - a page, no password

IMPORT_INSTEAD = f"Or download {TRAIN_FILE} in a browser from {DATA_PAGE}, and import it."

FREE_COPY = (
    "Without an account at Kaggle: Microsoft gives the same pictures as a zip, “Kaggle Cats and "
    "Dogs Dataset”, at https://www.microsoft.com/download/details.aspx?id=54765; download it in a "
    "browser, and import it as it is."
)
"""Where a user without an account finds the pictures; the zip has folders named Cat and Dog."""
