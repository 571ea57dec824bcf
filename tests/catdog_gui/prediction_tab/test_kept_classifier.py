"""The tab with a real, tiny network: red pictures are dogs, blue ones are cats."""

import pytest
from PIL import Image

from catdog_gui.prediction_tab.job import KeptClassifier, classify_sources
from tests.training.inference.red_or_blue import make_run
from training.cancellation import CancelToken
from training.errors import RunError
from training.events import Stage, StageStarted, VerdictReached


@pytest.fixture
def run(home):
    return make_run(home)


@pytest.fixture
def pictures(tmp_path):
    folder = tmp_path / "pictures"
    folder.mkdir()
    Image.new("RGB", (60, 40), "red").save(folder / "1.png")
    Image.new("RGB", (40, 60), "blue").save(folder / "2.png")
    (folder / "3.png").write_text("no picture")
    return folder


def _classify(classifier, sources, run):
    events = []
    classify_sources(sources, run, classify=classifier, emit=events.append, token=CancelToken())
    stages = [event.stage for event in events if isinstance(event, StageStarted)]
    verdicts = [event.verdict for event in events if isinstance(event, VerdictReached)]
    return stages, verdicts


def test_a_folder_gets_a_verdict_or_an_error_for_each_picture(run, pictures):
    _, verdicts = _classify(KeptClassifier(), [pictures], run)
    assert [verdict.verdict for verdict in verdicts] == ["dog", "cat", None]
    assert verdicts[0].confidence > 0.99
    assert verdicts[2].error


def test_a_run_is_loaded_once(run, pictures):
    classifier = KeptClassifier()
    first, _ = _classify(classifier, [pictures], run)
    second, _ = _classify(classifier, [pictures], run)
    assert Stage.LOADING_MODEL in first
    assert Stage.LOADING_MODEL not in second


def test_a_run_that_cannot_be_loaded_leaves_the_one_before(run, pictures, tmp_path):
    classifier = KeptClassifier()
    _classify(classifier, [pictures], run)
    with pytest.raises(RunError):
        _classify(classifier, [pictures], tmp_path)
    assert len(_classify(classifier, [pictures], run)[1]) == 3
