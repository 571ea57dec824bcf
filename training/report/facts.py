"""What a report says, before it is a page."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from training.inference.agreement import Agreement
from training.inference.answers import Answers
from training.inference.evaluation import Metrics


@dataclass(frozen=True)
class Rival:
    """A second run on the same pictures.

    Attributes:
        run: Its name.
        metrics: Its figures.
        agreement: What one of the runs gets right and the other does not; the first is the
            report's own.
    """

    run: str
    metrics: Metrics
    agreement: Agreement


@dataclass(frozen=True)
class ReportFacts:
    """A run on labelled pictures.

    Attributes:
        run: Its name.
        source: Where the pictures are from, such as “the folder X”.
        cautions: Sentences on how far the figures can be trusted.
        answers: What the run says of each picture.
        metrics: The figures of that.
        card: The run's model card, in Markdown.
        written: The day, as 2026-01-31.
        rival: The run that it is compared with.
        thumbnails: Small JPEGs of pictures, by their place in the answers; empty for a report
            without pictures.
    """

    run: str
    source: str
    cautions: tuple[str, ...]
    answers: Answers
    metrics: Metrics
    card: str
    written: str
    rival: Rival | None = None
    thumbnails: Mapping[int, bytes] = field(default_factory=dict)
