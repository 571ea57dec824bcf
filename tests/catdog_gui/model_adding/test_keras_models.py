"""What the whole program does with somebody else's model: it is asked about as it is made a run."""

import pytest

from catdog_gui.keras_models import examine, make_run
from catdog_gui.model_adding.questions import ModelAnswers
from tests.training.learning.foreign.crafting import members, sequential, write_keras
from training.cancellation import CancelToken
from training.dataset.importing import make_sample
from training.errors import ModelFileError
from training.runs.lab_book import list_runs

pytestmark = pytest.mark.slow

TOLD = {"emit": lambda _: None, "token": CancelToken()}


def test_a_file_that_changed_since_it_was_asked_about_becomes_no_run(home, tmp_path):
    file = write_keras(tmp_path / "m.keras")
    questions = examine(file, home, **TOLD)
    assert questions.dataset == ""
    write_keras(file, members(sequential(), version="3.14.0"))
    answers = ModelAnswers(questions.scaling.guess, questions.order.guess)
    with pytest.raises(ModelFileError, match="has changed since it was looked at"):
        make_run(questions, answers, home, **TOLD)
    assert list_runs(home) == []


def test_a_dataset_with_validation_pictures_is_offered_and_tells_what_it_can(home, tmp_path):
    make_sample("drawn", home, **TOLD)
    file = write_keras(tmp_path / "m.keras")
    assert examine(file, home, **TOLD).dataset == "drawn"
    tried = examine(file, home, dataset="drawn", **TOLD)
    assert tried.dataset == ""
    assert "“drawn”" in tried.order.why
