"""The ways to look at a picture."""

from enum import Enum


class Look(Enum):
    """What is shown of the picture that is looked at; the value is the word on its button."""

    PICTURE = "Picture"
    """The picture as it is."""
    WHY = "Why"
    """Its heat-map over it."""
    INSIDE = "Inside"
    """Its way through the network."""
    ALIKE = "Alike"
    """The training pictures that are most like it."""
