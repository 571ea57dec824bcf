"""What a run knows of its own answers: facts that its record keeps."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

BINS = 100
"""Equal bins of p_dog in which validation answers are counted."""


@dataclass(frozen=True)
class NeitherRule:
    """When a picture is neither cat nor dog, in numbers.

    Attributes:
        limit: The strangeness from which on the verdict is "neither".
        doubt_weight: How much a p_dog of 1/2 adds to the distance.
        sharpness: How fast the confidence in "neither" rises beyond the limit.
        centres: How many clusters of training pictures there are.
        lost: Share of the validation cats and dogs that the rule calls neither, in [0, 1].
        tuned_on: What chose the limit, in words.
    """

    limit: float
    doubt_weight: float
    sharpness: float
    centres: int
    lost: float
    tuned_on: str


@dataclass(frozen=True)
class Judgement:
    """How far a run's answers can be believed, as validation pictures told.

    Attributes:
        temperature: What the network's logits were divided by; its files have that in them.
        neither: When a picture is neither; None for a run that cannot say so.
        cats: How many validation cats have a p_dog in each of `BINS` equal bins.
        dogs: Likewise, of dogs.
    """

    temperature: float
    neither: NeitherRule | None = None
    cats: tuple[int, ...] = field(default=())
    dogs: tuple[int, ...] = field(default=())

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> Self:
        """Read what `dataclasses.asdict` made of one.

        Raises:
            TypeError: Fields are missing, or there are others.
        """
        rule = facts["neither"]
        return cls(
            temperature=float(facts["temperature"]),
            neither=None if rule is None else NeitherRule(**rule),
            cats=tuple(facts["cats"]),
            dogs=tuple(facts["dogs"]),
        )

    def cost(self, threshold: float) -> "ThresholdCost | None":
        """What a threshold costs on the validation pictures.

        Args:
            threshold: From this p_dog on the verdict is dog, in [0, 1]; rounded to whole bins.

        Returns:
            None where the run has no counts.
        """
        if not sum(self.cats) or not sum(self.dogs):
            return None
        place = round(threshold * BINS)
        return ThresholdCost(
            cats=sum(self.cats),
            dogs=sum(self.dogs),
            cats_wrong=sum(self.cats[place:]),
            dogs_wrong=sum(self.dogs[:place]),
        )


@dataclass(frozen=True)
class ThresholdCost:
    """What a threshold costs on the validation pictures, the third verdict left out.

    Attributes:
        cats: How many cats there are.
        dogs: How many dogs.
        cats_wrong: Cats that are called dogs.
        dogs_wrong: Dogs that are called cats.
    """

    cats: int
    dogs: int
    cats_wrong: int
    dogs_wrong: int
