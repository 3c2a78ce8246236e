"""What is asked again, for how long, and what is given up: against a server that refuses in turn."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import islice
from typing import Any

import pytest
from botocore.exceptions import ClientError

from secondlook.client.batch import patience as patience_
from secondlook.client.batch.asking import Asker, Question
from secondlook.client.batch.patience import LONGEST, SHORTEST, TRIES, Abandoned, Patience
from secondlook.client.batch.source import Thing
from secondlook.client.client_file import Access
from secondlook.client.errors import NoServer
from secondlook.client.service import Service
from tests.running import free_port

OBJECT = Thing("s3://b/k", '"e"')
QUESTION = Question("arn:aws:sagemaker:us-east-1:123456789012:flow-definition/f", "detector")


class Refusing(BaseHTTPRequestHandler):
    """Answers with the server's `statuses` in turn, each a refusal with its `code`, and then with what ReviewObject would."""

    def do_POST(self) -> None:
        server: Any = self.server
        server.seen.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        status = server.statuses.pop(0) if server.statuses else 200
        refusal = {"__type": server.code, "Message": "No.", "OriginalStatusCode": server.of_the_model}
        answer = {"Decision": "Accept"} if status == 200 else refusal
        body = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def refusing(statuses: list[int], code: str, of_the_model: int = 0) -> Iterator[Any]:
    server: Any
    with ThreadingHTTPServer(("127.0.0.1", 0), Refusing) as server:
        server.statuses, server.code, server.seen = list(statuses), code, []
        server.of_the_model = of_the_model
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


PAUSES = patience_._pauses


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch):
    monkeypatch.setattr(patience_, "_pauses", lambda: iter(lambda: 0.0, 1.0))


def asker(port: int, patience: float = 60, stop: threading.Event | None = None) -> Asker:
    access = Access(f"http://127.0.0.1:{port}", "us-east-1", "AKIA", "s")
    return Asker(Service(access, tries=1), QUESTION, Patience(patience, stop))


@pytest.mark.parametrize(
    ("statuses", "code"),
    [
        ([429] * 6, "ThrottlingException"),
        ([429, 503, 429], "ModelNotReadyException"),
        ([503] * 7, "ServiceUnavailableException"),
        ([500, 500], "InternalFailure"),
        ([424, 424], "ModelError"),
    ],
)
def test_what_may_pass_is_asked_again(statuses, code):
    with refusing(statuses, code) as server:
        assert "Accept" == asker(server.server_port).ask(OBJECT)["Decision"]

    assert len(statuses) + 1 == len(server.seen)
    asked = {"FlowDefinitionArn": QUESTION.flow_arn, "EndpointName": "detector", "InputUri": OBJECT.uri}
    assert asked == server.seen[-1]


@pytest.mark.parametrize(
    ("statuses", "code", "tries"),
    [
        ([400], "ValidationException", 1),
        ([403], "AccessDeniedException", 1),
        ([424] * 9, "ModelError", TRIES),
    ],
)
def test_what_will_not_pass_is_given_up(statuses, code, tries):
    with refusing(statuses, code) as server, pytest.raises(ClientError, match=code):
        asker(server.server_port).ask(OBJECT)

    assert tries == len(server.seen)


def test_what_the_model_itself_refused_is_not_asked_again():
    with refusing([424] * 9, "ModelError", 500) as server, pytest.raises(ClientError, match="ModelError"):
        asker(server.server_port).ask(OBJECT)

    assert 1 == len(server.seen)


def test_patience_ends():
    with refusing([429] * 9, "ThrottlingException") as server, pytest.raises(ClientError, match="Throttling"):
        asker(server.server_port, patience=0).ask(OBJECT)

    assert 1 == len(server.seen)


def test_a_server_that_is_gone_is_waited_for_and_then_named():
    with pytest.raises(NoServer, match="No server answers at http"):
        asker(free_port(), patience=0.5).ask(OBJECT)


def test_a_stop_ends_the_waiting():
    stop = threading.Event()
    stop.set()

    with pytest.raises(Abandoned):
        asker(free_port(), stop=stop).ask(OBJECT)


def test_pauses_grow_up_to_the_longest():
    drawn = list(islice(PAUSES(), 200))

    assert max(drawn[:1]) <= SHORTEST
    assert LONGEST / 2 < max(drawn) <= LONGEST


@pytest.mark.parametrize(
    ("header", "seconds"), [("3", 3), ("900", LONGEST), ("Fri, 27 Nov 2026 04:30:00 GMT", 0)]
)
def test_a_server_may_name_the_pause(header, seconds):
    error = ClientError({"ResponseMetadata": {"HTTPHeaders": {"retry-after": header}}}, "ReviewObject")

    assert seconds == patience_._retry_after(error)
