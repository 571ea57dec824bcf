"""How a person comes to a first model, in words: one way in each program."""

from dataclasses import dataclass


@dataclass(frozen=True)
class FirstModel:
    """What is said where there is no model yet.

    Attributes:
        title: In the empty tab.
        sentence: Below it.
        button: Leads there, in the empty tab and in the banner.
        icon: Of the empty tab.
        hint: In the banner, after pictures were dropped in vain.
    """

    title: str
    sentence: str
    button: str
    icon: str
    hint: str


TRAIN_ONE = FirstModel(
    title="Train a model first",
    sentence="A model learns on the Training tab to tell cats from dogs. "
    "Then drop a picture here and see what it says.",
    button="Go to Training",
    icon="training",
    hint="Train one first, then drop the pictures again.",
)

ADD_ONE = FirstModel(
    title="Add a model first",
    sentence="Choose one that CatDog has trained: a .catdog file, or run.json in its folder. "
    "Then drop a picture here and see what it says.",
    button="Add a model…",
    icon="add",
    hint="Add one first, then drop the pictures again.",
)
