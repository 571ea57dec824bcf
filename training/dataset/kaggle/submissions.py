"""Kaggle's side of a submission: where to put the file, the file, and what became of it.

The order of the calls is that of `competition_submit` in kaggle 2.2.5; the store is the same that
its `upload_complete` puts a file into, which asks for no token: the address itself is signed.
"""

from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

import requests
from kagglesdk.competitions.types.competition_api_service import (
    ApiCreateSubmissionRequest,
    ApiListSubmissionsRequest,
    ApiStartSubmissionUploadRequest,
    ApiSubmission,
)
from kagglesdk.competitions.types.submission_status import SubmissionStatus

from training.dataset.kaggle import refusals
from training.dataset.kaggle.client import Kaggle
from training.dataset.kaggle.errands import submitting_to
from training.dataset.kaggle.places import Competition
from training.dataset.kaggle.transport import Patient, answer_of, shown_words

_TAKEN = frozenset({requests.codes.ok, requests.codes.created})
_LATEST = 20


@dataclass(frozen=True)
class Slot:
    """Where a file is put.

    Attributes:
        address: Takes it; signed, so that whoever knows it may put something there.
        token: Names the file to Kaggle afterwards.
    """

    address: str
    token: str


@dataclass(frozen=True)
class Receipt:
    """Kaggle has a submission.

    Attributes:
        ref: Its number.
        said: Kaggle's own words.
    """

    ref: int
    said: str


class Standing(Enum):
    """Where a submission stands."""

    PENDING = auto()
    SCORED = auto()
    FAILED = auto()


@dataclass(frozen=True)
class Judged:
    """What Kaggle says of a submission.

    Attributes:
        standing: Whether it is scored.
        public_score: As Kaggle writes it; empty where there is none.
        private_score: Likewise, on the part that decided the ranking.
        trouble: Why it cannot be scored, in Kaggle's own words; empty where they are not given.
    """

    standing: Standing
    public_score: str = ""
    private_score: str = ""
    trouble: str = ""


class Submissions:
    """The submissions of a user to one competition.

    Args:
        kaggle: The connection, which is open.
        competition: The competition.

    Raises:
        UserError: Of each method; see `refusals`.
    """

    def __init__(self, kaggle: Kaggle, competition: Competition) -> None:
        self._kaggle = kaggle
        self._competition = competition
        self._errand = submitting_to(competition)

    def begin(self, file: Path) -> Slot:
        """Ask where a file is to be put.

        Raises:
            OSError: The file is not there.
        """
        facts = file.stat()
        request = ApiStartSubmissionUploadRequest()
        request.competition_name = self._competition.key
        request.file_name = file.name
        request.content_length = facts.st_size
        request.last_modified_epoch_seconds = int(facts.st_mtime)
        answer = self._kaggle.ask(lambda api: api.start_submission_upload(request), self._errand)
        return Slot(answer.create_url, answer.token)

    def put(self, slot: Slot, file: Path) -> None:
        """Put the file there, without saying who asks.

        Raises:
            OSError: The file cannot be read.
        """
        content = file.read_bytes()
        with requests.Session() as session:
            session.auth = _nobody  # else a .netrc of the user would be asked for one
            for scheme in ("https://", "http://"):
                session.mount(scheme, Patient())
            put = answer_of(lambda: session.put(slot.address, data=content), errand=self._errand)
        if put.status_code not in _TAKEN:
            raise refusals.store_refused(put.status_code, self._errand)

    def submit(self, slot: Slot, message: str) -> Receipt:
        """Make a submission of what was put there.

        Args:
            slot: Where it lies.
            message: What the user says of it; empty for nothing.
        """
        request = ApiCreateSubmissionRequest()
        request.competition_name = self._competition.key
        request.blob_file_tokens = slot.token
        if message:
            request.submission_description = message
        answer = self._kaggle.ask(lambda api: api.create_submission(request), self._errand)
        return Receipt(answer.ref, shown_words(answer.message))

    def look_up(self, receipt: Receipt) -> Judged:
        """What Kaggle says of a submission now; it may not know a new one yet."""
        request = ApiListSubmissionsRequest()
        request.competition_name = self._competition.key
        request.page_size = _LATEST
        answer = self._kaggle.ask(lambda api: api.list_submissions(request), self._errand)
        mine = (each for each in answer.submissions if each.ref == receipt.ref)
        return next(map(_judged, mine), Judged(Standing.PENDING))


def _judged(found: ApiSubmission) -> Judged:
    if found.status == SubmissionStatus.ERROR:
        return Judged(Standing.FAILED, trouble=shown_words(found.error_description))
    if found.status == SubmissionStatus.COMPLETE:
        scores = shown_words(found.public_score), shown_words(found.private_score)
        return Judged(Standing.SCORED, *scores)
    return Judged(Standing.PENDING)


def _nobody(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request
