"""What the window's jobs bring, whatever happens while they run."""

import dataclasses
from pathlib import Path

import pytest

from catdog_gui.judging import jobs
from training.cancellation import Cancelled, CancelToken
from training.dataset.catalog import Split
from training.dataset.library import delete_dataset, open_dataset
from training.errors import DatasetError
from training.events import Event, Stage, StageProgressed, StageStarted
from training.inference.labelled import SplitSource
from training.runs.lab_book import default_run

VALIDATION = SplitSource("pets", Split.VALIDATION)


def judge(home, emit=lambda _: None, token=None):
    return jobs.judge(
        default_run(), VALIDATION, None, home, emit=emit, token=token or CancelToken()
    )


def is_classifying(event: Event) -> bool:
    return isinstance(event, StageStarted) and event.stage is Stage.CLASSIFYING


def test_a_label_that_is_put_right_meanwhile_counts(pets):
    def correct(event):
        if is_classifying(event):
            with open_dataset(pets, "pets") as catalog:
                wrong = next(p.id for p in catalog.pictures() if p.name == "dog.90.jpg")
                catalog.journal.relabel([wrong], "cat")

    judged = judge(pets, correct)
    place = [path.name for path in judged.answers.paths].index("dog.90.jpg")
    assert judged.answers.labels[place] == 0
    assert judged.kept.journal.undo == "Relabelled as cat, 1 picture"


def test_progress_is_told_and_a_cancel_ends_it(pets):
    told, token = [], CancelToken()
    judge(pets, told.append)
    assert any(isinstance(event, StageProgressed) for event in told)

    def cancel(event):
        if is_classifying(event):
            token.cancel()

    with pytest.raises(Cancelled):
        judge(pets, cancel, token)


def test_a_dataset_that_is_gone_is_a_sentence(pets):
    origin = jobs.origin_of("pets", pets, emit=lambda _: None, token=CancelToken())
    assert origin is not None
    delete_dataset(pets, "pets", emit=lambda _: None, token=CancelToken())
    with pytest.raises(DatasetError, match="pets"):
        judge(pets)
    assert jobs.origin_of("pets", pets, emit=lambda _: None, token=CancelToken()) is None


def test_what_is_not_learned_from_any_more_is_not_counted(pets):
    judged = judge(pets)
    with open_dataset(pets, "pets") as catalog:
        first = catalog.pictures(split=Split.VALIDATION)[0]
        catalog.journal.exclude([first.id])
        now = catalog.pictures_by_id([first.id])
    less = judged.with_pictures(now, judged.kept.journal)
    assert len(less.answers.paths) == len(judged.answers.paths) - 1
    elsewhere = dataclasses.replace(now[0], id=10_000, path=Path("/else"))
    assert less.with_pictures([elsewhere], judged.kept.journal).answers == less.answers
