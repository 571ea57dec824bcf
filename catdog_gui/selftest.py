"""`catdog --selftest`: the main job from end to end on a drawn sample set, a line a step."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtGui import QImage

from catdog_gui.selftest_steps import ignore, is_blank, own_home, perform, require_drawn
from training.cancellation import CancelToken
from training.config import SplitConfig, TrainingConfig
from training.errors import TrainingError
from training.home import Home

MOST_APART = 1e-5
"""How far p_dog of a picture may lie apart when it is asked about alone and among others."""

_DATASET = "selftest"
_SPLIT = SplitConfig(train=0.8, validation=0.1, seed=1)
_TRAINING = TrainingConfig(
    dataset=_DATASET,
    preset="notebook",
    epochs=2,
    steps_per_epoch=4,
    validation_steps=2,
    batch_size=8,
    image_size=64,
    learning_rate=1e-3,
    seed=1,
    device="cpu",
)
_PICTURES = 8
_PLOT_SIZE_PX = (720, 320)


@dataclass
class Work:
    """What one step leaves for the next.

    Attributes:
        home: The self-test's own.
        token: Never cancelled.
        run: The folder of the trained run.
    """

    home: Home
    token: CancelToken = field(default_factory=CancelToken)
    run: Path = Path()


def run_selftest() -> int:
    """Do each step in a home of its own and say how it went.

    Returns:
        0, or 1 where a step failed.
    """
    with own_home() as home:
        return perform(STEPS, Work(home))


def _import(work: Work) -> str:
    from training.dataset.importing import make_sample
    from training.dataset.split import split_dataset

    info = make_sample(_DATASET, work.home, emit=ignore, token=work.token).info
    split_dataset(_DATASET, _SPLIT, work.home, emit=ignore, token=work.token)
    return f"{info.pictures} pictures drawn, checked and split"


def _check(work: Work) -> str:
    """Without the features of a network, which might be downloaded: what learns on them, alone."""
    import numpy as np

    from training.learning.check import check_dataset
    from training.learning.label_issues import find_suspicions

    result = check_dataset(_DATASET, work.home, emit=ignore, token=work.token, labels=False)
    targets = np.repeat(np.array([0, 1], np.int8), 100)
    features = np.random.default_rng(1).normal(size=(200, 32)).astype(np.float32)
    features[:, 0] += np.where(targets == 1, 30, -30)
    found = find_suspicions(features, targets, seed=1, token=work.token)
    if not ((found.p_dog > 1 / 2) == (targets == 1)).all():
        raise TrainingError("Two plain classes are not told apart.", "scikit-learn fails here.")
    return f"{len(result.findings)} findings among the drawn pictures"


def _train(work: Work) -> str:
    from training.inference.classifier import Classifier
    from training.learning.trainer import train

    work.run = train(_TRAINING, work.home, emit=ignore, token=work.token).folder
    Classifier.load(work.run)
    return "two short epochs, saved and loaded again"


def _export(work: Work) -> str:
    from training.learning.export import export_run
    from training.learning.export_formats import FORMATS

    for name, row in FORMATS.items():
        output = work.home.root / f"exported-{name}{row.suffix}"
        export_run(work.run, name, output, work.home, emit=ignore, token=work.token)
    return f"{', '.join(FORMATS)}: loaded again, with the same answers"


def _classify(work: Work) -> str:
    from training.runs.lab_book import default_run

    pictures = _test_pictures(work.home)
    for folder in (work.run, default_run().folder):
        require_same_alone(folder, pictures)
    return f"{len(pictures)} pictures, alone and together, by the new model and the one that ships"


def require_same_alone(folder: Path, pictures: list[Path]) -> None:
    """Ask a run about pictures one by one and all at once.

    Raises:
        TrainingError: A picture cannot be read, or the answers differ.
    """
    from training.inference.classifier import Classifier

    classifier = Classifier.load(folder)
    together = classifier.classify(pictures)
    alone = [verdict for picture in pictures for verdict in classifier.classify([picture])]
    for one, same in zip(together, alone, strict=True):
        if one.p_dog is None or same.p_dog is None:
            raise TrainingError(one.error or "", "The drawn pictures cannot be read here.")
        if abs(one.p_dog - same.p_dog) > MOST_APART or one.verdict != same.verdict:
            raise TrainingError(
                f"The model {folder.name} answers otherwise when it is asked about many pictures.",
                "ONNX Runtime does not compute here as it should.",
            )


def _plot(work: Work) -> str:
    from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg

    from catdog_gui.app import build_application
    from catdog_gui.widgets.history_files import write_history_file
    from catdog_gui.widgets.history_plot import HistoryPlot, load_plots
    from training.runs.history import read_history

    app, epochs = build_application(), read_history(work.run)
    load_plots(ignore, work.token)
    plot = HistoryPlot()
    plot.resize(*_PLOT_SIZE_PX)
    plot.build()
    plot.set_epochs(epochs)
    plot.show()
    app.processEvents()
    canvas = plot.findChild(FigureCanvasQTAgg)
    assert canvas is not None, "the plot is built"
    require_drawn(canvas, "The plot of the history")
    for suffix in ("png", "svg"):
        write_history_file(work.home.root / f"curves.{suffix}", epochs)
    if is_blank(QImage(str(work.home.root / "curves.png"))):
        raise TrainingError("The saved plot is blank.", "matplotlib cannot draw here.")
    plot.close()
    return "the history, drawn and saved as PNG and SVG"


def _open_tabs(work: Work) -> str:
    from catdog_gui.app import build_application
    from catdog_gui.main_window import MainWindow
    from catdog_gui.wiring import TabName

    app = build_application()
    window = MainWindow(work.home)
    window.show()
    for name in TabName:
        window.tabs.show(name)
        app.processEvents()
        require_drawn(window.tabs.page(name), f"The {name.capitalize()} tab")
    window.open_guide()
    require_drawn(window.guide, "The guide")
    window.leave()
    return f"{', '.join(TabName)}, guide: opened and drawn"


def _test_pictures(home: Home) -> list[Path]:
    from training.dataset.catalog import Split
    from training.dataset.library import open_dataset

    with open_dataset(home, _DATASET) as catalog:
        return [row.path for row in catalog.pictures(split=Split.TEST)[:_PICTURES]]


STEPS: Mapping[str, Callable[[Work], str]] = {
    "import": _import,
    "check": _check,
    "train": _train,
    "export": _export,
    "classify": _classify,
    "plot": _plot,
    "tabs": _open_tabs,
}
