"""The colours and letters of a drawing."""

from dataclasses import dataclass

TEXT_POINTS = 10
"""Size of the words."""


@dataclass(frozen=True)
class PlotStyle:
    """The colours of a drawing, as "#rrggbb", and its letters.

    Attributes:
        foreground: Words.
        background: What they stand on.
        quiet: The axes' own numbers and lines.
        grid: The lines behind the curves.
        training: The dots of the training pictures.
        validation: The line of the validation pictures.
        cat: What is about cats.
        dog: What is about dogs.
        right: Right answers.
        wrong: Wrong ones.
        fonts: Families, the first one preferred; each must be there.
    """

    foreground: str
    background: str
    quiet: str
    grid: str
    training: str
    validation: str
    cat: str = "#0072B2"
    dog: str = "#E69F00"
    right: str = "#009E73"
    wrong: str = "#D55E00"
    fonts: tuple[str, ...] = ("DejaVu Sans",)  # Matplotlib brings this one


# Hues of Okabe and Ito, safe for the colour-blind; their blue and orange mean cat and dog
LIGHT = PlotStyle(
    foreground="#1D1F23",
    background="#FFFFFF",
    quiet="#61666E",
    grid="#E4E6EA",
    training="#C4689A",
    validation="#009E73",
    cat="#0072B2",
    dog="#E69F00",
)
DARK = PlotStyle(
    foreground="#E9EAED",
    background="#1C1E21",
    quiet="#A9AEB7",
    grid="#33363B",
    training="#DE93BC",
    validation="#16AD84",
    cat="#2B93D1",
    dog="#E69F00",
    right="#16AD84",
    wrong="#E5722B",
)
