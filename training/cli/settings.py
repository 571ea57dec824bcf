"""The options of `catdog train`: a run's settings, each with a sentence."""

from typing import Annotated

import typer

from training.config import DEVICES
from training.learning.backbones import BACKBONES
from training.learning.presets import PRESETS

DataOption = Annotated[str | None, typer.Option("--data", help="The dataset's name.")]
PresetOption = Annotated[
    str | None,
    typer.Option(help=f"One of: {', '.join(PRESETS)}. What is not given is the preset's."),
]
EpochsOption = Annotated[
    int | None, typer.Option(help="How many epochs in all, those of a resumed run counted.")
]
StepsOption = Annotated[
    int | None, typer.Option(help="Batches in an epoch; beyond the data they go round again.")
]
ValidationStepsOption = Annotated[
    int | None, typer.Option(help="Batches of validation after each epoch.")
]
BatchSizeOption = Annotated[int | None, typer.Option(help="Pictures in a batch.")]
ImageSizeOption = Annotated[
    int | None, typer.Option(help="Side of the square that pictures are scaled to, in pixels.")
]
LearningRateOption = Annotated[
    float | None, typer.Option(help="How far each step changes the weights, such as 0.0001.")
]
SeedOption = Annotated[
    int | None, typer.Option(help="Decides the first weights and the order of the pictures.")
]
DeterministicOption = Annotated[
    bool, typer.Option("--deterministic", help="Bit for bit the same each time, and slower.")
]
DeviceOption = Annotated[
    str | None, typer.Option(help=f"Where to compute; one of: {', '.join(DEVICES)}.")
]
BackboneOption = Annotated[
    str | None,
    typer.Option(
        help=f"The network trained on ImageNet that express and fine-tune stand on; one of: "
        f"{', '.join(BACKBONES)}."
    ),
]
WeightsOption = Annotated[
    str | None,
    typer.Option(
        "--weights",
        help="A file with that network's weights, without its top, instead of a download.",
        metavar="FILE",
    ),
]
StartFromOption = Annotated[
    str | None,
    typer.Option(
        help="The finished run that continue goes on from; the model that ships unless given.",
        metavar="RUN",
    ),
]
ResumeOption = Annotated[
    str | None,
    typer.Option(
        "--resume",
        help="Go on with this run from its last checkpoint; only --epochs may be given.",
        metavar="RUN",
    ),
]
