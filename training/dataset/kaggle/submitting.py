"""A submission is sent to Kaggle, as one job: the file goes there, and the answer comes back."""

import time
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from training.cancellation import CancelToken
from training.dataset.download import PassingError
from training.dataset.feed import Feed
from training.dataset.kaggle.errands import submitting_to
from training.dataset.kaggle.job import found_credential
from training.dataset.kaggle.places import COMPETITIONS, Competition
from training.dataset.kaggle.store import CredentialStore
from training.errors import ConfigError, DatasetError, DownloadError, SubmissionError
from training.events import EventSink, Stage, StageStarted

if TYPE_CHECKING:
    from training.dataset.kaggle.submissions import Judged, Receipt, Submissions

LONGEST_MESSAGE = 500
"""Characters; what Kaggle itself allows, its interface does not say."""

_Result = TypeVar("_Result")


@dataclass(frozen=True)
class SubmissionConfig:
    """What is sent.

    Attributes:
        file: The file; see `training.inference.submission`.
        competition: Where to.
        message: What the user says of it; empty for nothing.
    """

    file: Path
    competition: Competition
    message: str = ""

    def validate(self) -> None:
        """Check what can be checked here.

        Raises:
            ConfigError: The message is too long.
            DatasetError: There is no such file, or it is empty.
        """
        if len(self.message) > LONGEST_MESSAGE:
            raise ConfigError(
                "message",
                f"The message has more than {LONGEST_MESSAGE:,} characters.",
                "Say it in fewer.",
            )
        if not self.file.is_file() or not self.file.stat().st_size:
            raise DatasetError(
                f"There is no {self.file.name} to send, or it is empty.", "Write it again."
            )


@dataclass(frozen=True)
class Sent:
    """Kaggle has a submission.

    Attributes:
        competition: Where it is.
        ref: Its number at Kaggle.
        said: Kaggle's own words when it took the file.
        is_scored: Whether it was scored while this program waited; else Kaggle still works on it.
        public_score: As Kaggle writes it; empty where it gives none.
        private_score: Likewise, on the part that decided the ranking.
    """

    competition: Competition
    ref: int
    said: str
    is_scored: bool
    public_score: str = ""
    private_score: str = ""


@dataclass(frozen=True)
class ScorePatience:
    """How long sending waits for what, in seconds.

    Attributes:
        answer_s: For each answer of Kaggle's interface.
        upload_s: For the store to take the file.
        first_ask_s: Before the score is asked for first; each wait is half as long again.
        longest_ask_s: Between two questions at most; Kaggle's own command waits 5 s at least.
        score_s: For the score in all; afterwards it is pending.
    """

    answer_s: float = 60.0
    upload_s: float = 600.0
    first_ask_s: float = 5.0
    longest_ask_s: float = 20.0
    score_s: float = 120.0


PATIENCE = ScorePatience()
_SLOWER = 1.5
_LOOK_S = 0.1


def find_competition(key: str) -> Competition:
    """The competition of that name.

    Raises:
        ConfigError: It is none of `COMPETITIONS`.
    """
    for competition in COMPETITIONS:
        if competition.key == key:
            return competition
    names = ", ".join(competition.key for competition in COMPETITIONS)
    raise ConfigError("competition", f"“{key}” is no competition here.", f"Choose one of {names}.")


def send_submission(
    config: SubmissionConfig,
    store: CredentialStore,
    *,
    emit: EventSink,
    token: CancelToken,
    patience: ScorePatience = PATIENCE,
) -> Sent:
    """Send a submission to Kaggle with the user's token, and wait a while for its score.

    From `Stage.SCORING` on Kaggle has it, whatever happens here.

    Args:
        config: What to send, and where to.
        store: Where the token is found.
        emit: Told the stages.
        token: Looked at ten times a second.
        patience: How long it waits for what.

    Raises:
        ConfigError, DatasetError: See `SubmissionConfig.validate`.
        CredentialError: There is no token, or Kaggle refuses it.
        DownloadError: Kaggle cannot be reached, or does not take it; see `refusals`.
        SubmissionError: Kaggle took the file and cannot score it.
        Cancelled: The user cancelled.
        OSError: The file cannot be read.
    """
    from training.dataset.kaggle.client import Kaggle
    from training.dataset.kaggle.submissions import Submissions

    config.validate()
    instead = submitting_to(config.competition).instead
    credential = found_credential(store, emit=emit, instead=instead)
    with Kaggle(credential) as kaggle:
        sending = _Sending(Submissions(kaggle, config.competition), config, emit, token, patience)
        receipt = sending.hand_in()
        return sending.answer_to(receipt)


@dataclass(frozen=True)
class _Sending:
    submissions: "Submissions"
    config: SubmissionConfig
    emit: EventSink
    token: CancelToken
    patience: ScorePatience

    def hand_in(self) -> "Receipt":
        file, limit_s = self.config.file, self.patience.answer_s
        self.emit(StageStarted(Stage.CONNECTING))
        slot = self._waiting(lambda: self.submissions.begin(file), limit_s)
        self.emit(StageStarted(Stage.SENDING))
        self._waiting(lambda: self.submissions.put(slot, file), self.patience.upload_s)
        return self._waiting(lambda: self.submissions.submit(slot, self.config.message), limit_s)

    def answer_to(self, receipt: "Receipt") -> Sent:
        from training.dataset.kaggle.submissions import Judged, Standing

        judged = self._judged(receipt) or Judged(Standing.PENDING)
        if judged.standing is Standing.FAILED:
            raise _not_scored(self.config.competition, judged.trouble)
        return Sent(
            self.config.competition,
            receipt.ref,
            receipt.said,
            judged.standing is Standing.SCORED,
            judged.public_score,
            judged.private_score,
        )

    def _judged(self, receipt: "Receipt") -> "Judged | None":
        """The last word on it; None where there is none in time."""
        from training.dataset.kaggle.submissions import Standing

        self.emit(StageStarted(Stage.SCORING))
        for pause_s in self._pauses():
            self._pause(pause_s)
            with suppress(
                DownloadError
            ):  # it is handed in: a score that cannot be had is no failure
                judged = self._waiting(
                    lambda: self.submissions.look_up(receipt), self.patience.answer_s
                )
                if judged.standing is not Standing.PENDING:
                    return judged
        return None

    def _pauses(self) -> Iterator[float]:
        pause_s, until = self.patience.first_ask_s, time.monotonic() + self.patience.score_s
        while time.monotonic() < until:
            yield pause_s
            pause_s = min(_SLOWER * pause_s, self.patience.longest_ask_s)

    def _pause(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while (left_s := until - time.monotonic()) > 0:
            self.token.raise_if_cancelled()
            time.sleep(min(_LOOK_S, left_s))

    def _waiting(self, call: Callable[[], _Result], limit_s: float) -> _Result:
        """The result of a call that may hang, without hanging."""
        feed: Feed[_Result] = Feed(lambda: _one(call), self.token)
        try:
            result = feed.take(limit_s)
        except TimeoutError:
            pass  # told outside of the handler
        else:
            return result  # type: ignore[return-value]  # a feed of one item gives that item
        finally:
            feed.leave()
        raise PassingError("Kaggle does not answer.", "Check the connection to the network.")


def _one(call: Callable[[], _Result]) -> Generator[_Result, None, None]:
    yield call()


def _not_scored(competition: Competition, trouble: str) -> SubmissionError:
    words = f": “{trouble}”" if trouble else " and does not say why."
    return SubmissionError(
        f"Kaggle took the file and cannot score it{words}",
        f"Check that its pictures are those of {competition.test_file} of that competition; "
        f"Kaggle keeps it at {competition.submissions_page}",
        page=competition.submissions_page,
    )
