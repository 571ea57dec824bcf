"""Tokens that are planted, to be looked for where they must not be."""

from tests.training.dataset.kaggle_server import KEY, TOKEN, USER

WRONG = "KGAT_wrong0123456789abcdefSECRET"
FORMS = {
    "token": (TOKEN, TOKEN),
    "key": (f'{{"username": "{USER}", "key": "{KEY}"}}', KEY),
    "wrong": (WRONG, WRONG),
}
"""What a user pastes, and what of it is secret."""
