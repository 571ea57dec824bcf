"""A model in a zip with all that somebody else needs to use it: card, script, requirements."""

import dataclasses
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from training import atomic
from training.cancellation import CancelToken
from training.errors import ConfigError
from training.events import EventSink
from training.home import Home
from training.learning.export import ExportResult, export_run, find_format
from training.learning.export_formats import ExportFormat
from training.runs.model_card import read_model_card
from training.runs.run_folder import read_record
from training.version import library_version

SUFFIX = ".zip"
CARD_FILE, SCRIPT_FILE, REQUIREMENTS_FILE = "MODEL_CARD.md", "classify.py", "requirements.txt"

_MODEL = "model"
_SCRIPT = '''\
"""Says of pictures whether they show a cat or a dog: python {script} cat.jpg dog.jpg"""

import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps
{imports}

MODEL = str(Path(__file__).with_name("{model}"))
{load}

for name in sys.argv[1:]:
    picture = ImageOps.exif_transpose(Image.open(name)).convert("RGB")
    picture = picture.resize(({side}, {side}), Image.Resampling.BILINEAR)
    pixels = np.asarray(picture, dtype=np.uint8)[np.newaxis]
    {ask}
    verdict, confidence = ("dog", p_dog) if p_dog >= 0.5 else ("cat", 1 - p_dog)
    print(f"{{name}}: {{verdict}} {{confidence:.6f}}")
'''
"""What a network wants of a picture is in its file, but for the decode: the plain part of
`training.dataset.decode` is enough for photographs."""


@dataclass(frozen=True)
class Runtime:
    """How a program in Python uses a model.

    Attributes:
        packages: What it needs besides Pillow and numpy, as pip names it.
        imports: Lines of the script.
        load: Lines that load `MODEL`.
        ask: A line that makes `p_dog` of `pixels`.
    """

    packages: tuple[str, ...]
    imports: str
    load: str
    ask: str


_KERAS = Runtime(
    packages=("keras", "tensorflow"),
    imports="import keras",
    load="network = keras.models.load_model(MODEL, compile=False)",
    ask="p_dog = float(network.predict_on_batch(pixels)[0, 0])",
)
_SAVEDMODEL = Runtime(
    packages=("tensorflow",),
    imports="import tensorflow as tf",
    load="network = tf.saved_model.load(MODEL)",
    ask="p_dog = float(network.serve(pixels)[0, 0])",
)
_LITERT = Runtime(
    packages=("ai-edge-litert",),
    imports="from ai_edge_litert.interpreter import Interpreter",
    load="network = Interpreter(model_path=MODEL)\nask = network.get_signature_runner()\n"
    "first = next(iter(ask.get_input_details()))",
    ask="p_dog = float(next(iter(ask(**{first: pixels}).values()))[0, 0])",
)
_ONNX = Runtime(
    packages=("onnxruntime",),
    imports="import onnxruntime",
    load="network = onnxruntime.InferenceSession(MODEL)\nfirst = network.get_inputs()[0].name",
    ask="p_dog = float(network.run(None, {first: pixels})[0][0, 0])",
)
RUNTIMES: Mapping[str, Runtime] = {
    "keras": _KERAS,
    "h5": _KERAS,
    "savedmodel": _SAVEDMODEL,
    "tflite": _LITERT,
    "tflite-int8": _LITERT,
    "onnx": _ONNX,
}
"""By the name of the format."""


def export_package(
    folder: Path,
    format: str,  # noqa: A002 - the command line's word
    output: Path,
    home: Home,
    *,
    dataset: str = "",
    emit: EventSink,
    token: CancelToken,
) -> ExportResult:
    """Write a finished run's model into a zip, with its card and a script that uses it.

    Args:
        folder: See `export_run`, as the rest.
        format: The model's.
        output: The zip.
        home: Where the pictures are that it is checked on.
        dataset: Their dataset.
        emit: Told the stages.
        token: Checked between them.

    Raises:
        ConfigError: The output does not end in .zip.
        UserError: See `export_run`.
        Cancelled: The user cancelled; the output is as it was before.
    """
    row = find_format(format)
    if output.is_dir() or output.suffix.lower() != SUFFIX:
        raise ConfigError(
            "output",
            f"“{output.name}” does not end in {SUFFIX}.",
            f"Choose a name such as {output.stem}{SUFFIX}.",
        )
    output.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{output.name}-", dir=output.parent) as staging:
        model = Path(staging) / f"{_MODEL}{row.suffix}"
        result = export_run(folder, format, model, home, dataset=dataset, emit=emit, token=token)
        _add_words(Path(staging), folder, format, row)
        with (
            atomic.replacing(output) as temporary,
            zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive,
        ):
            for file in sorted(Path(staging).rglob("*")):
                token.raise_if_cancelled()
                archive.write(file, file.relative_to(staging))
    return dataclasses.replace(result, path=output, bytes=output.stat().st_size)


def script(format: str, image_size: int, model: str) -> str:  # noqa: A002 - as above
    """A short program that uses a model.

    Args:
        format: A row of `RUNTIMES`.
        image_size: Side of the network's input, in pixels.
        model: The file's name.
    """
    runtime = RUNTIMES[format]
    return _SCRIPT.format(
        script=SCRIPT_FILE,
        imports=runtime.imports,
        load=runtime.load,
        ask=runtime.ask,
        side=image_size,
        model=model,
    )


def _add_words(staging: Path, folder: Path, format: str, row: ExportFormat) -> None:  # noqa: A002
    side = read_record(folder).config.image_size
    needs = sorted({"numpy", "pillow", *RUNTIMES[format].packages})
    words = {
        CARD_FILE: read_model_card(folder),
        SCRIPT_FILE: script(format, side, f"{_MODEL}{row.suffix}"),
        REQUIREMENTS_FILE: "".join(f"{_requirement(name)}\n" for name in needs),
    }
    for name, text in words.items():
        (staging / name).write_text(text, encoding="utf-8", newline="\n")


def _requirement(package: str) -> str:
    """The version that is at work here, or any where it is not."""
    version = library_version(package)
    return f"{package}>={version}" if version[:1].isdigit() else package
