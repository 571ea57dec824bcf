"""Looks at every picture of a dataset, compares them, and keeps what it finds in the catalogue."""

import hashlib
import os
from collections.abc import Container, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from training.cancellation import CancelToken
from training.dataset.catalog import Catalog, Picture, State
from training.dataset.chunks import bounded_map, in_chunks
from training.dataset.copies import find_families, judge_copies
from training.dataset.finding import LABEL_KINDS, Finding, FindingKind
from training.dataset.finding_rules import judge_looks
from training.dataset.looks import Look, look_at
from training.errors import PictureError
from training.events import EventSink, Stage, StageStarted
from training.progress import Ticker

_CHUNK_PICTURES = 64
_CHUNKS_KEPT_AT_ONCE = 16  # what a cancelled survey has seen is not looked at again
_KINDS = tuple(kind for kind in FindingKind if kind not in LABEL_KINDS)
_GONE = "The file is not there any more, or cannot be read."
_CHANGED = ("The file has changed since it was imported.", "Import the pictures again.")


@dataclass(frozen=True)
class _Seen:
    """What became of some pictures: new looks by sha256; by id, why one cannot be used."""

    pictures: int
    looks: Mapping[str, Look]
    lost: Mapping[int, str]


def survey(catalog: Catalog, *, emit: EventSink, token: CancelToken) -> None:
    """Find damaged, copied, dark, blurred, odd pictures, and classes out of balance.

    A content that was looked at before is not read again; that its file is still there, and as
    large as it was, is checked each time.

    Args:
        catalog: The dataset's; what was found goes into it, and which pictures are near copies.
        emit: Told the stages.
        token: Checked for each picture, and while they are compared.

    Raises:
        Cancelled: The user cancelled; the findings are what they were.
        DatasetError: The disk is full.
    """
    pictures = catalog.pictures(state=None)
    readable = [picture for picture in pictures if picture.state is not State.QUARANTINED]
    lost = _look_at_new_ones(catalog, readable, emit=emit, token=token)
    present = {picture.sha256 for picture in readable}
    looks = {sha256: look for sha256, look in catalog.findings.looks().items() if sha256 in present}
    families = find_families(looks, emit=emit, token=token)
    findings = [
        *_judge_damage(pictures, lost),
        *judge_copies(pictures, families),
        *judge_looks(readable, looks),
    ]
    token.raise_if_cancelled()
    catalog.findings.set_families({sha256: family for sha256, (family, _) in families.items()})
    catalog.findings.replace(_KINDS, findings, of=catalog.fingerprint())


def _look_at_new_ones(
    catalog: Catalog, pictures: Sequence[Picture], *, emit: EventSink, token: CancelToken
) -> dict[int, str]:
    """Look at each content that is not known; returns why pictures cannot be used, by their ids."""
    known = catalog.findings.looks().keys()
    ticker = Ticker(emit, StageStarted(Stage.CHECKING_PICTURES, len(pictures), "pictures"))
    lost: dict[int, str] = {}
    fresh: dict[str, Look] = {}

    def see(chunk: Sequence[Picture]) -> _Seen:
        return _see(chunk, known, token)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        chunks = bounded_map(pool, see, in_chunks(pictures, _CHUNK_PICTURES), token)
        for number, seen in enumerate(chunks, start=1):
            lost |= seen.lost
            fresh |= seen.looks
            if number % _CHUNKS_KEPT_AT_ONCE == 0:
                catalog.findings.add_looks(fresh)
                fresh.clear()
            ticker.advance(seen.pictures)
    catalog.findings.add_looks(fresh)
    return lost


def _see(pictures: Sequence[Picture], known: Container[str], token: CancelToken) -> _Seen:
    looks: dict[str, Look] = {}
    lost: dict[int, str] = {}
    for picture in pictures:
        token.raise_if_cancelled()
        try:
            if picture.sha256 in known or picture.sha256 in looks:
                _require_same_size(picture)
            else:
                looks[picture.sha256] = _look_anew(picture)
        except PictureError as error:
            lost[picture.id] = error.message
        except OSError:
            lost[picture.id] = _GONE
    return _Seen(len(pictures), looks, lost)


def _look_anew(picture: Picture) -> Look:
    content = picture.path.read_bytes()
    if hashlib.sha256(content).hexdigest() != picture.sha256:
        raise PictureError(*_CHANGED)
    return look_at(content)


def _require_same_size(picture: Picture) -> None:
    if picture.path.stat().st_size != picture.size_bytes:
        raise PictureError(*_CHANGED)


def _judge_damage(pictures: Sequence[Picture], lost: Mapping[int, str]) -> Iterator[Finding]:
    for picture in pictures:
        is_damaged = picture.state is State.QUARANTINED
        reason = picture.reason if is_damaged else lost.get(picture.id)
        if reason is not None:
            yield Finding(FindingKind.DAMAGED, picture.id, 1.0, reason, picture.label)
