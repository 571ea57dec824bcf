"""Makes a finished run the model in the box: `resources/default/` and its model card.

    python tools/ship.py RUN --dataset kaggle --strange neither.zip

The run's weights stay as they are. What is tuned here is the third verdict: on the validation
pictures of the dataset, and on the tuning half of pictures that show neither cat nor dog (the
things at odd places of the alphabetical list; the other half is for measuring, and not looked at).
"""

import argparse
import dataclasses
import shutil
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from training import atomic
from training.cancellation import CancelToken
from training.dataset.catalog import Picture, Split
from training.dataset.decode import load_pixels
from training.dataset.library import open_dataset
from training.home import Home, find_home
from training.inference.evaluation import evaluate
from training.inference.familiarity import CENTRES_FILE, read_centres
from training.inference.session import OnnxSession, open_session
from training.learning.judging import Seen, rule_from_strange_pictures
from training.resources import resource
from training.runs.history import HISTORY_FILE
from training.runs.judgement import NeitherRule
from training.runs.lab_book import open_run, require_finished
from training.runs.model_card import read_model_card
from training.runs.run_folder import DEFAULT_RUN, KERAS_FILE, ONNX_FILE, read_record, write_record

CARD = Path("docs/model-card.md")
_BATCH = 8


def main() -> None:
    """Tune the third verdict, write the run and its card; look at the test pictures if asked."""
    options = _options()
    home = find_home(None)
    source = require_finished(open_run(home, options.run)).folder
    target = resource(DEFAULT_RUN)
    rule = _tuned_rule(source, _pictures(home, options.dataset, Split.VALIDATION), options.strange)
    print(rule)
    _copy(source, target, rule)
    if options.test:
        _look_at_test(target, _pictures(home, options.dataset, Split.TEST))
    CARD.write_text(read_model_card(target), encoding="utf-8")


def _pictures(home: Home, dataset: str, split: Split) -> list[Picture]:
    with open_dataset(home, dataset) as catalog:
        return list(catalog.pictures(split=split))


def _tuned_rule(source: Path, pictures: Sequence[Picture], archive: Path) -> NeitherRule:
    session = open_session(source / ONNX_FILE)
    strange = tuning_half(archive)
    return rule_from_strange_pictures(
        read_centres(source / CENTRES_FILE),
        _seen(session, [picture.path.read_bytes() for picture in pictures]),
        _seen(session, strange),
        tuned_on=f"{len(pictures):,} validation pictures and {len(strange)} photographs of things "
        "that are neither",
    )


def _copy(source: Path, target: Path, rule: NeitherRule) -> None:
    """Write the run with its tuned rule; figures of the test split are not taken along."""
    record = read_record(source)
    if record.judgement is None:
        raise SystemExit("The run has no judgement; resume it with this version first.")
    target.mkdir(parents=True, exist_ok=True)
    for name in (KERAS_FILE, ONNX_FILE, CENTRES_FILE, HISTORY_FILE):
        with atomic.replacing(target / name) as temporary:
            shutil.copyfile(source / name, temporary)
    validation = {**record.metrics["validation"], "neither_rate": rule.lost}
    judgement = dataclasses.replace(record.judgement, neither=rule)
    metrics = {"validation": validation}
    write_record(target, dataclasses.replace(record, judgement=judgement, metrics=metrics))


def _look_at_test(target: Path, pictures: Sequence[Picture]) -> None:
    labelled = [(picture.path, picture.label) for picture in pictures]
    figures = evaluate(target, labelled, emit=lambda _: None, token=CancelToken()).figures()
    record = read_record(target)
    metrics = {**record.metrics, str(Split.TEST): figures}
    write_record(target, dataclasses.replace(record, metrics=metrics))
    print(figures)


def tuning_half(archive: Path) -> list[bytes]:
    """Pictures of the things at odd places of the alphabetical list of things."""
    with zipfile.ZipFile(archive) as opened:
        names = sorted(name for name in opened.namelist() if name.endswith(".jpg"))
        things = sorted({thing_of(name) for name in names})
        chosen = set(things[::2])
        return [opened.read(name) for name in names if thing_of(name) in chosen]


def thing_of(name: str) -> str:
    """`neither/grand_piano_image_0001.jpg` shows a `grand_piano`."""
    return Path(name).name.rpartition("_image_")[0]


def _seen(session: OnnxSession, contents: Sequence[bytes]) -> Seen:
    answers = [
        session.with_features(
            np.stack([load_pixels(one, session.image_size) for one in contents[at : at + _BATCH]])
        )
        for at in range(0, len(contents), _BATCH)
    ]
    p_dog, features = (np.concatenate(parts) for parts in zip(*answers, strict=True))
    return Seen(features=features, p_dog=p_dog)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", help="a finished run: its name or its folder")
    parser.add_argument("--dataset", required=True, help="the dataset that it learned from")
    parser.add_argument("--strange", type=Path, required=True, help="a zip of other things")
    parser.add_argument("--test", action="store_true", help="measure on the test split, once")
    return parser.parse_args()


if __name__ == "__main__":
    main()
