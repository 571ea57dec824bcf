"""The values that a numeric setting may have."""

from dataclasses import dataclass

from training.errors import ConfigError


@dataclass(frozen=True)
class Range:
    """The values that one numeric setting may have.

    Attributes:
        low: The least value.
        high: The greatest value.
        low_excluded: Whether the value must lie above `low`.
        what: The setting's name in a sentence, such as "The batch size".
    """

    low: float
    high: float
    what: str
    low_excluded: bool = False

    def check(self, field: str, value: float) -> None:
        """Refuse a value outside the range.

        Raises:
            ConfigError: The value is outside, or not a number.
        """
        above = value > self.low if self.low_excluded else value >= self.low
        if above and value <= self.high:
            return
        bound = "above" if self.low_excluded else "at least"
        raise ConfigError(
            field,
            f"{self.what} is {value:g}, which cannot be used.",
            f"Choose a value {bound} {self.low:g} and at most {self.high:g}.",
        )
