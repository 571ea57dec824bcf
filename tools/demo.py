"""The main job in a terminal, for a machine without a screen, and a screenshot of each tab.

    python tools/demo.py

Everything is written to `demo/`; what an earlier demo left there is replaced.
"""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
OUTPUT = REPOSITORY / "demo"
HOME = OUTPUT / "home"
DATASET = "sample"
CLASSIFIED_OF_EACH_CLASS = 3

UP_TO_TRAINING: Sequence[tuple[str, str]] = (
    ("Draw and import the sample set", f"data sample --name {DATASET}"),
    ("Split it", f"data split {DATASET} --train .8 --validation .1 --seed 1"),
    ("Look at it", f"data info {DATASET}"),
    (
        "Train the notebook's network on it",
        f"train --data {DATASET} --preset notebook --epochs 8 --steps-per-epoch 32"
        " --validation-steps 2 --image-size 96 --learning-rate .001",
    ),
)

Runner = Callable[[Sequence[str]], int]
"""Runs a command before the user's eyes and gives back its exit status."""


def main() -> int:
    """Do the main job.

    Returns:
        0, or 1 where a step failed.
    """
    shutil.rmtree(HOME, ignore_errors=True)
    OUTPUT.mkdir(exist_ok=True)
    status = perform(run=_run, trained=_trained_run, pictures=_test_pictures)
    if status:
        print(f"\nThe demo ends here: the last step failed with status {status}.", file=sys.stderr)
    return 1 if status else 0


def perform(
    *, run: Runner, trained: Callable[[], str], pictures: Callable[[], Sequence[Path]]
) -> int:
    """Do the steps one after another, until one fails.

    Args:
        run: Runs one command.
        trained: Gives the name of the run, once it is trained.
        pictures: Gives the pictures to classify, once they are drawn and split.

    Returns:
        0, or the exit status of the step that failed.
    """
    for title, words in UP_TO_TRAINING:
        if status := _step(title, shlex.split(words), run=run):
            return status
    name, shown = trained(), [str(path) for path in pictures()]
    for title, arguments in (
        ("Measure it on the test split", ["evaluate", "--data", DATASET, "--run", name]),
        ("Classify pictures that it has never seen", ["classify", "--run", name, *shown]),
    ):
        if status := _step(title, arguments, run=run):
            return status
    print(f"\n== Screenshots of the tabs, in {OUTPUT.name}/", flush=True)
    return run(_screenshots_command())


def _step(title: str, arguments: Sequence[str], *, run: Runner) -> int:
    print(f"\n== {title}\n$ catdog {shlex.join(arguments)}", flush=True)
    return run([sys.executable, "-m", "catdog_gui", *arguments])


def _screenshots_command() -> list[str]:
    script = str(REPOSITORY / "tools" / "render_tabs.py")
    return [sys.executable, script, "--home", str(HOME), "--output", str(OUTPUT)]


def _trained_run() -> str:
    from training.home import Home
    from training.runs.lab_book import list_runs

    return list_runs(Home(HOME))[0].run


def _test_pictures() -> list[Path]:
    from training.dataset.catalog import CLASSES, Split
    from training.dataset.library import open_dataset
    from training.home import Home

    with open_dataset(Home(HOME), DATASET) as catalog:
        by_class = [catalog.pictures(split=Split.TEST, label=label) for label in CLASSES]
    chosen = [row for rows in by_class for row in rows[:CLASSIFIED_OF_EACH_CLASS]]
    return [row.path.relative_to(REPOSITORY) for row in chosen]


def _run(command: Sequence[str]) -> int:
    return subprocess.run(command, cwd=REPOSITORY, env=_environment(), check=False).returncode


def _environment() -> Mapping[str, str]:
    return {**os.environ, "CATDOG_HOME": str(HOME), "QT_QPA_PLATFORM": "offscreen"}


if __name__ == "__main__":
    sys.exit(main())
