"""One picture of the list with its verdict."""

from dataclasses import dataclass
from pathlib import Path

from catdog_gui.prediction_tab.words import name_words, share_words, verdict_words
from training.events import Verdict


@dataclass(frozen=True)
class Result:
    """One row of the list.

    Attributes:
        path: The picture.
        verdict: What the model says of it; None until it is read.
        is_reading: Whether it is being read, or will be in this job.
    """

    path: Path
    verdict: Verdict | None = None
    is_reading: bool = False

    @property
    def name(self) -> str:
        """The file's name."""
        return name_words(self.path)

    @property
    def words(self) -> str:
        """The row in a sentence, for a screen reader: "a.jpg: Cat, confidence 0.97"."""
        sentence = f"{self.name}: {verdict_words(self.verdict, is_reading=self.is_reading)}"
        if self.verdict is None:
            return sentence
        if self.verdict.confidence is None:
            return f"{sentence}. {self.verdict.error}"
        return f"{sentence}, confidence {share_words(self.verdict.confidence)}"
