"""What is said of a submission."""

from pathlib import Path

import pytest

from catdog_gui.prediction_tab import submission_words as words
from training.dataset.kaggle.places import COMPETITIONS
from training.dataset.kaggle.submitting import Sent
from training.events import Stage
from training.inference.clipping import ClipCurve
from training.inference.submission import Submission

CURVE = ClipCurve((0.0, 0.005, 0.01), (0.0431, 0.0414, 0.0412), 2_000)
REDUX = COMPETITIONS[1]


@pytest.mark.parametrize(
    ("clip", "said"),
    [
        (
            0.005,
            "Log loss 0.0414 (0.0431 without a clip) on 2,000 validation pictures. The best clip "
            "is 0.010, with 0.0412.",
        ),
        (
            0.01,
            "Log loss 0.0412 (0.0431 without a clip) on 2,000 validation pictures. No clip is "
            "better.",
        ),
        (
            0.0,
            "Log loss 0.0431 on 2,000 validation pictures. The best clip is 0.010, with 0.0412.",
        ),
    ],
)
def test_a_clip_is_told_with_what_it_is_worth(clip, said):
    assert words.clip_words(CURVE, clip) == said


@pytest.mark.parametrize(
    ("rows", "unreadable", "said", "hint"),
    [
        (12_500, 0, "12,500 rows are written to s.csv.", ""),
        (1, 1, "1 row is written to s.csv.", "1 picture cannot be read; its row says 0.5."),
        (
            3,
            2,
            "3 rows are written to s.csv.",
            "2 pictures cannot be read; their rows say 0.5.",
        ),
    ],
)
def test_what_is_written_is_counted(rows, unreadable, said, hint):
    done = Submission(Path("/out/s.csv"), rows, unreadable)
    assert (words.written_words(done), words.unreadable_words(done)) == (said, hint)


@pytest.mark.parametrize(
    ("is_scored", "public", "private", "said", "more"),
    [
        (
            True,
            "0.0414",
            "0.0420",
            "Public score 0.0414 in Dogs vs. Cats Redux (2016).",
            "Private score 0.0420. Kaggle says: “Thanks”",
        ),
        (
            True,
            "",
            "",
            "Kaggle has scored the submission to Dogs vs. Cats Redux (2016) and does not show how.",
            "Kaggle says: “Thanks”",
        ),
        (
            False,
            "",
            "",
            "Kaggle has the submission to Dogs vs. Cats Redux (2016); its score is still pending.",
            "Kaggle says: “Thanks”",
        ),
    ],
)
def test_the_answer_is_told(is_scored, public, private, said, more):
    sent = Sent(REDUX, 1, "Thanks", is_scored, public, private)
    assert words.sent_words(sent) == (said, more)


def test_a_cancel_says_whether_kaggle_has_the_file():
    assert words.stopped_words(Stage.SCORING) == words.STOPPED_WAITING
    assert words.stopped_words(Stage.SENDING) == words.STOPPED_SENDING
