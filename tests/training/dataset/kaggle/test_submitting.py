"""A submission goes to Kaggle, and its answer comes back."""

import socket
import threading
import time

import pytest

from tests.patience import CANCEL_S
from tests.training.dataset.kaggle_server import KEY, RENEWED, TOKEN, USER
from training.cancellation import Cancelled, CancelToken
from training.dataset.kaggle.credential import Source, read_credential
from training.dataset.kaggle.places import COMPETITIONS, TOKEN_PAGE
from training.dataset.kaggle.refusals import RulesError
from training.dataset.kaggle.store import CredentialStore, Place
from training.dataset.kaggle.submitting import (
    LONGEST_MESSAGE,
    ScorePatience,
    SubmissionConfig,
    find_competition,
    send_submission,
)
from training.errors import (
    ConfigError,
    CredentialError,
    DatasetError,
    DownloadError,
    SubmissionError,
    UserError,
)
from training.events import Stage, StageStarted

CONTENT = b"id,label\n1,0.995\n2,0.005\n"
OLD, REDUX = COMPETITIONS
QUICK = ScorePatience(answer_s=5, upload_s=5, first_ask_s=0.01, longest_ask_s=0.02, score_s=2)
CALLS = ("StartSubmissionUpload", "CreateSubmission")


class Sender:
    """A user with a token and a file."""

    def __init__(self, home, file):
        self.file, self.events, self.token = file, [], CancelToken()
        self.store = CredentialStore(home)
        self.give(TOKEN)

    def give(self, text):
        self.store.keep(read_credential(text, Source.SESSION), Place.SESSION)

    def __call__(self, competition=OLD, message="", patience=QUICK):
        config = SubmissionConfig(self.file, competition, message)
        return send_submission(
            config, self.store, emit=self.events.append, token=self.token, patience=patience
        )

    @property
    def stages(self):
        return [event.stage for event in self.events if isinstance(event, StageStarted)]


@pytest.fixture
def send(home, kaggle, tmp_path):
    file = tmp_path / "submission.csv"
    file.write_bytes(CONTENT)
    return Sender(home, file)


@pytest.mark.parametrize("competition", COMPETITIONS)
def test_the_file_arrives_and_its_score_comes_back(send, kaggle, competition):
    sent = send(competition, "a first try")
    assert (sent.is_scored, sent.public_score, sent.private_score) == (True, "0.04140", "0.04140")
    ((content, _),) = kaggle.uploads.values()
    assert content == CONTENT
    (row,) = kaggle.submissions
    assert (row["competition"], row["description"]) == (competition.key, "a first try")
    assert (sent.ref, sent.said) == (row["ref"], "Successfully submitted")
    assert send.stages == [Stage.CONNECTING, Stage.SENDING, Stage.SCORING]


@pytest.mark.fault(99)
@pytest.mark.parametrize("text", [TOKEN, f'{{"username": "{USER}", "key": "{KEY}"}}'])
def test_the_store_is_not_told_who_asks(send, kaggle, text, no_token):
    (no_token / ".netrc").write_text(f"machine 127.0.0.1 login {USER} password {KEY}\n")
    (no_token / ".netrc").chmod(0o600)
    send.give(text)
    send()
    ((_, headers),) = kaggle.uploads.values()
    assert "Authorization" not in headers
    assert not {TOKEN, KEY, RENEWED} & set(" ".join(headers.values()).split())
    assert all(authorization for _, authorization in kaggle.calls)


def test_a_score_that_does_not_come_in_time_is_pending(send, kaggle):
    kaggle.pending_for = 10_000
    sent = send(patience=ScorePatience(5, 5, 0.01, 0.02, score_s=0.1))
    assert (sent.is_scored, sent.public_score) == (False, "")
    assert sent.ref == kaggle.submissions[0]["ref"]


def test_that_the_score_cannot_be_asked_for_is_no_failure_since_kaggle_has_the_file(send, kaggle):
    kaggle.refuse_call("ListSubmissions", 503)
    sent = send(patience=ScorePatience(5, 5, 0.01, 0.02, score_s=0.1))
    assert not sent.is_scored
    assert len(kaggle.submissions) == 1


def test_another_submission_is_not_taken_for_this_one(send, kaggle):
    send()
    kaggle.pending_for = 10_000
    assert not send(patience=ScorePatience(5, 5, 0.01, 0.02, score_s=0.1)).is_scored


def test_a_file_that_cannot_be_scored_is_told_in_kaggles_own_words(send, kaggle):
    kaggle.score = None
    with pytest.raises(SubmissionError, match="“Evaluation needs 12500 rows”") as caught:
        send()
    assert caught.value.page == OLD.submissions_page
    assert OLD.test_file in caught.value.hint


@pytest.mark.fault(46)
@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize(
    ("status", "kind", "said", "page"),
    [
        (401, CredentialError, "refused the token", TOKEN_PAGE),
        (403, RulesError, "only from who accepted the rules", REDUX.rules_page),
        (404, DownloadError, "takes no submissions any more", REDUX.submissions_page),
        (429, DownloadError, "too many requests", ""),
        (503, DownloadError, "trouble of its own", ""),
        (400, DownloadError, "says: “the deadline has passed”", ""),
    ],
)
def test_each_refusal_has_its_own_sentence(send, kaggle, call, status, kind, said, page):
    kaggle.refuse_call(call, status, "the deadline\nhas passed")
    with pytest.raises(kind, match=said) as caught:
        send(REDUX)
    assert caught.value.page == page
    assert "import" not in caught.value.hint
    assert not kaggle.submissions


def test_what_kaggle_says_to_a_403_is_part_of_the_next_step(send, kaggle):
    kaggle.refuse_call("CreateSubmission", 403, "Verify your phone number")
    with pytest.raises(RulesError) as caught:
        send()
    assert "Kaggle says: “Verify your phone number”" in caught.value.hint


@pytest.mark.fault(99)
@pytest.mark.parametrize(
    ("text", "secret"), [(TOKEN, TOKEN), (f'{{"username": "{USER}", "key": "{KEY}"}}', KEY)]
)
def test_words_that_hold_what_was_sent_are_not_shown(send, kaggle, text, secret):
    send.give(text)
    kaggle.refuse_call("CreateSubmission", 400, f"no submission by {secret}")
    with pytest.raises(DownloadError) as caught:
        send()
    assert secret not in str(caught.value)
    assert "says" not in caught.value.message
    assert caught.value.__cause__ is caught.value.__context__ is None


@pytest.mark.parametrize("status", [403, 503])
def test_a_store_that_refuses_the_file_is_told(send, kaggle, status):
    kaggle.upload_status = status
    with pytest.raises(DownloadError, match=f"takes files for Kaggle refuses .*{status}") as caught:
        send()
    assert OLD.submissions_page in caught.value.hint
    assert "CreateSubmission" not in [name for name, _ in kaggle.calls]


def test_no_network_is_told_with_another_way(send, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    monkeypatch.setenv("CATDOG_KAGGLE_ENDPOINT", f"http://127.0.0.1:{port}")
    with pytest.raises(DownloadError, match="no connection to Kaggle") as caught:
        send()
    assert "in a browser" in caught.value.hint


def test_a_sign_in_page_is_no_answer(send, kaggle):
    kaggle.refuses["StartSubmissionUpload"] = (
        200, {"Content-Type": "text/html"}, b"<html>Sign in",
    )  # fmt: skip
    with pytest.raises(DownloadError, match="instead of an answer"):
        send()


def test_a_server_that_does_not_answer_is_left_in_time(send, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        monkeypatch.setenv("CATDOG_KAGGLE_ENDPOINT", f"http://127.0.0.1:{port}")
        with pytest.raises(DownloadError, match="does not answer"):
            send(patience=ScorePatience(answer_s=0.2))


def test_a_cancel_works_while_nothing_comes(send, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        monkeypatch.setenv("CATDOG_KAGGLE_ENDPOINT", f"http://127.0.0.1:{port}")
        threading.Timer(0.2, send.token.cancel).start()
        started = time.monotonic()
        with pytest.raises(Cancelled):
            send()
        assert time.monotonic() - started < CANCEL_S


def test_a_cancel_works_while_the_score_is_waited_for(send, kaggle):
    kaggle.pending_for = 10_000
    threading.Timer(0.2, send.token.cancel).start()
    started = time.monotonic()
    with pytest.raises(Cancelled):
        send(patience=ScorePatience())
    assert time.monotonic() - started < CANCEL_S
    assert len(kaggle.submissions) == 1


def test_without_a_token_nothing_is_sent(send, kaggle):
    send.store.forget()
    with pytest.raises(CredentialError, match="no token for Kaggle") as caught:
        send()
    assert OLD.submissions_page in caught.value.hint
    assert "Microsoft" not in caught.value.hint
    assert kaggle.calls == []


@pytest.mark.parametrize("content", [None, b""])
def test_without_a_file_nothing_is_sent(send, kaggle, content):
    send.file.unlink()
    if content is not None:
        send.file.write_bytes(content)
    with pytest.raises(DatasetError, match=r"no submission\.csv to send"):
        send()
    assert kaggle.calls == []


def test_a_message_that_is_too_long_is_not_sent(send, kaggle):
    with pytest.raises(ConfigError, match="500"):
        send(message="x" * (LONGEST_MESSAGE + 1))
    assert kaggle.calls == []


@pytest.mark.parametrize("competition", COMPETITIONS)
def test_a_competition_is_found_by_its_name(competition):
    assert find_competition(competition.key) is competition


def test_another_competition_is_no_place_to_send_to():
    with pytest.raises(UserError, match="no competition") as caught:
        find_competition("titanic")
    assert all(competition.key in caught.value.hint for competition in COMPETITIONS)
