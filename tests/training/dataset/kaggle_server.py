"""A server on this computer that answers as Kaggle does: the interface, and the store of its files.

The interface answers POST to `/v1/<service>/<request>`, as kagglesdk 0.1.38 asks it; a download is
a redirect to the store, which knows ETag, Range and If-Range. A submission is put into the store by
its address alone, named to the interface by a token, and scored a few questions later. A test says
what goes wrong.
"""

import base64
import json
import mmap
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

TOKEN = "KGAT_planted0123456789abcdefSECRET"  # nobody's
KEY = "0123456789abcdef0123456789abcdef"
REFRESH = "KGRT_planted-refresh-0123456789"
RENEWED = "KGAT_renewed0123456789abcdefSECRET"
USER = "catlover"

_PIECE = 1 << 16
Buffer = bytes | mmap.mmap
Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Kaggle:
    """What the server has and how it behaves; tests change it while it runs.

    Attributes:
        content: The file's bytes.
        cuts: After how many bytes of its body each next answer breaks off.
        stall_at: After how many bytes the store stops sending, without ending.
        lies: How many bytes more than the body the length states.
        shifts: How far from the bytes that were asked for a range is said to begin.
        bytes_per_second: How fast the store sends; 0 for as fast as it goes.
        knows_ranges: Whether the store answers Range.
        has_length: Whether the store states a length.
        is_active: What it says of a token that it knows.
        refusals: Answers of the interface to the next requests of a user, before any redirect.
        store_refusals: Statuses that the store answers with next.
        etag: The store's mark; one that follows from the content unless given.
        asked: The store's requests, as their headers.
        calls: The interface's requests: name and Authorization.
        refuses: Answers to requests of that name alone, before any other.
        uploads: What was put into the store, by its token: the content and the request's headers.
        upload_status: What the store answers to that.
        submissions: What was made of it, newest first, in the interface's own form.
        pending_for: How often a submission is pending before it is scored.
        score: The public score of each; None for a file that cannot be scored.
    """

    content: Buffer = b""
    cuts: list[int] = field(default_factory=list)
    stall_at: int | None = None
    lies: int = 0
    shifts: int = 0
    bytes_per_second: float = 0.0
    knows_ranges: bool = True
    has_length: bool = True
    etag: str = ""
    is_active: bool = True
    refusals: list[Answer] = field(default_factory=list)
    store_refusals: list[int] = field(default_factory=list)
    asked: list[dict[str, str]] = field(default_factory=list)
    calls: list[tuple[str, str]] = field(default_factory=list)
    refuses: dict[str, Answer] = field(default_factory=dict)
    uploads: dict[str, tuple[bytes, dict[str, str]]] = field(default_factory=dict)
    upload_status: int = 200
    submissions: list[dict[str, Any]] = field(default_factory=list)
    pending_for: int = 1
    score: str | None = "0.04140"
    endpoint: str = ""
    store: str = ""
    resumed: threading.Event = field(default_factory=threading.Event)
    on_piece: Callable[[int], None] = lambda sent: None

    def tag(self) -> str:
        return self.etag or f'"{sha256(self.content).hexdigest()[:16]}"'

    def refuse_call(self, name: str, status: int, message: str = "no", **headers: str) -> None:
        """Answer requests of that name with a JSON error."""
        body = json.dumps({"code": status, "message": message}).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.refuses[name] = (status, {"Content-Type": "application/json"} | named, body)

    def begin_submission(self, said: dict[str, Any]) -> dict[str, Any]:
        assert said["competitionName"]
        assert said["fileName"]
        assert said["contentLength"] > 0
        token = f"blob-{len(self.uploads)}"
        self.uploads[token] = (b"", {"Content-Length": str(said["contentLength"])})
        return {"token": token, "createUrl": f"{self.store}/upload/{token}?upload_id=signed"}

    def submit(self, said: dict[str, Any]) -> dict[str, Any]:
        assert self.uploads[said["blobFileTokens"]][0]
        row = {
            "ref": 40_000_000 + len(self.submissions),
            "date": "2026-11-24T10:00:00.000Z",
            "description": said.get("submissionDescription"),
            "fileName": "submission.csv",
            "status": "PENDING",
            "competition": said["competitionName"],
        }
        self.submissions.insert(0, row)
        return {"message": "Successfully submitted", "ref": row["ref"]}

    def list_submissions(self, said: dict[str, Any]) -> dict[str, Any]:
        rows = [row for row in self.submissions if row["competition"] == said["competitionName"]]
        if self.pending_for:
            self.pending_for -= 1
        elif self.score is None:
            rows[0] |= {"status": "ERROR", "errorDescription": "Evaluation\nneeds 12500 rows"}
        else:
            scores = {"publicScore": self.score, "privateScore": self.score}
            rows[0] |= {"status": "COMPLETE"} | scores
        return {"submissions": rows[::-1]}  # its order is nowhere promised

    def refuse(self, status: int, *, times: int = 1, **headers: str) -> None:
        """Answer the next downloads with a JSON error, as Kaggle does."""
        body = json.dumps({"code": status, "message": f"no, says the server to {TOKEN}"}).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.refusals += [(status, {"Content-Type": "application/json"} | named, body)] * times


class _Quiet(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: "_Server"

    def log_message(self, *_: object) -> None:
        pass

    def answer(self, status: int, headers: dict[str, str], body: bytes = b"") -> None:
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def answer_json(self, facts: Any) -> None:
        self.answer(200, {"Content-Type": "application/json"}, json.dumps(facts).encode())


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, handler: type[_Quiet], kaggle: Kaggle) -> None:
        self.kaggle = kaggle
        super().__init__(("127.0.0.1", 0), handler)

    def handle_error(self, *_: object) -> None:
        pass  # a client that cancels closes its connection


class _Interface(_Quiet):
    def do_POST(self) -> None:
        kaggle = self.server.kaggle
        name = self.path.rpartition("/")[2]
        said = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or b"{}")
        authorization = self.headers.get("Authorization", "")
        kaggle.calls.append((name, authorization))
        if name == "GenerateAccessToken" and said.get("refreshToken") == REFRESH:
            return self.answer_json({"token": RENEWED, "expiresIn": 43200, "userName": USER})
        if not self._is_known(authorization):
            body = json.dumps({"code": 401, "message": f"Unauthenticated: {authorization}"})
            return self.answer(401, {"Content-Type": "application/json"}, body.encode())
        if name in kaggle.refuses:
            return self.answer(*kaggle.refuses[name])
        if kaggle.refusals:
            return self.answer(*kaggle.refusals.pop(0))
        if name == "StartSubmissionUpload":
            return self.answer_json(kaggle.begin_submission(said))
        if name == "CreateSubmission":
            return self.answer_json(kaggle.submit(said))
        if name == "ListSubmissions":
            return self.answer_json(kaggle.list_submissions(said))
        if name.startswith("DownloadDataFile"):
            place = f"{kaggle.store}/blob.zip?signature=sig-{TOKEN[-6:]}"
            return self.answer(302, {"Location": place})
        if name == "IntrospectToken":
            return self.answer_json({"active": kaggle.is_active, "username": USER})
        return self.answer_json({"files": []})

    def _is_known(self, authorization: str) -> bool:
        return authorization in {f"Bearer {TOKEN}", f"Bearer {RENEWED}", basic(USER, KEY)}


def basic(user: str, key: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{key}".encode()).decode()


class _Store(_Quiet):
    def do_PUT(self) -> None:
        kaggle = self.server.kaggle
        content = self.rfile.read(int(self.headers["Content-Length"]))
        if kaggle.upload_status == 200:
            token = self.path.rpartition("/")[2].partition("?")[0]
            kaggle.uploads[token] = content, dict(self.headers.items())
        self.answer(kaggle.upload_status, {})

    def do_GET(self) -> None:
        kaggle = self.server.kaggle
        kaggle.asked.append({name.lower(): value for name, value in self.headers.items()})
        if kaggle.store_refusals:
            return self.answer(kaggle.store_refusals.pop(0), {}, b"<Error>expired</Error>")
        content, start = kaggle.content, self._start()
        if start is not None and start >= len(content):
            return self.answer(416, {"Content-Range": f"bytes */{len(content)}"})
        headers = {"ETag": kaggle.tag(), "Content-Type": "application/zip"}
        if start is not None:
            headers["Content-Range"] = (
                f"bytes {start + kaggle.shifts}-{len(content) - 1}/{len(content) + kaggle.lies}"
            )
        if kaggle.has_length:
            headers["Content-Length"] = str(len(content) - (start or 0) + kaggle.lies)
        self.send_response(200 if start is None else 206)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.close_connection = True
        self._send(memoryview(content)[start or 0 :])
        return None

    def _start(self) -> int | None:
        kaggle = self.server.kaggle
        said = self.headers.get("Range", "")
        same = self.headers.get("If-Range", kaggle.tag()) == kaggle.tag()
        if not (kaggle.knows_ranges and said and same):
            return None
        return int(said.removeprefix("bytes=").removesuffix("-"))

    def _send(self, body: memoryview) -> None:
        kaggle = self.server.kaggle
        end = min(kaggle.cuts.pop(0) if kaggle.cuts else len(body), len(body))
        began = time.monotonic()
        for place in range(0, end, _PIECE):
            if kaggle.stall_at is not None and place >= kaggle.stall_at:
                kaggle.resumed.wait(30)
                return
            piece = body[place : min(place + _PIECE, end)]
            self.wfile.write(piece)
            kaggle.on_piece(place + len(piece))
            if kaggle.bytes_per_second:
                ahead = (place + len(piece)) / kaggle.bytes_per_second - (time.monotonic() - began)
                kaggle.resumed.wait(max(0.0, ahead))


@contextmanager
def serving(kaggle: Kaggle) -> Iterator[Kaggle]:
    """Serve it at two ports of this computer."""
    servers = [_Server(_Interface, kaggle), _Server(_Store, kaggle)]
    kaggle.endpoint, kaggle.store = (
        f"http://127.0.0.1:{server.server_address[1]}" for server in servers
    )
    threads = [threading.Thread(target=each.serve_forever, args=(0.005,)) for each in servers]
    for thread in threads:
        thread.start()
    try:
        yield kaggle
    finally:
        kaggle.resumed.set()
        for server, thread in zip(servers, threads, strict=True):
            server.shutdown()
            thread.join()
            server.server_close()
