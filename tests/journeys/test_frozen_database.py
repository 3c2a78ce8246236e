"""PostgreSQL stands still: every door says so within seconds, models go on answering, and all resumes with it."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote, urlsplit

import pytest

from secondlook.client import client_file
from secondlook.client.service import Service
from tests.databases import Postgres
from tests.neighbours import Road
from tests.running import Server, eventually

from .reviewing import WORKER, Review
from .signed import Answer, send, unsigned

FLOW = "arn:aws:sagemaker:us-east-1:123456789012:flow-definition/nowhere"

PATIENCE = 30
"""Seconds in which a program has its answer: half of what boto3 waits."""


@pytest.fixture
def distant(own_server: Server, postgres: Postgres, road: Road) -> Iterator[Server]:
    """A server whose PostgreSQL can be frozen."""
    name = postgres.create()
    own_server.settings["database"] = f"postgresql://postgres@127.0.0.1:{road.port}/{name}"
    yield own_server.start()
    own_server.stop()
    road.close()
    postgres.drop(name)


def page(server: Server, cookie: str, accept: str = "text/html") -> Answer:
    return unsigned(
        server, "GET", "/work", {"Cookie": cookie, "Accept": accept, "Host": f"127.0.0.1:{server.port}"}
    )


def list_buckets(server: Server) -> Answer:
    link = urlsplit(server.client("s3").generate_presigned_url("list_buckets"))
    return unsigned(server, "GET", f"/?{link.query}", {"Host": link.netloc})


def list_loops(server: Server) -> Answer:
    return send(server, "GET", f"/human-loops?FlowDefinitionArn={quote(FLOW, safe='')}")


def invoke(server: Server) -> Answer:
    """Of an endpoint that is not there: the answer comes from what the server keeps in memory."""
    return send(server, "POST", "/endpoints/nowhere/invocations", body=b"x")


def test_all_doors_say_that_the_database_is_away_and_open_again(
    distant: Server, road: Road, name: str
) -> None:
    review = Review(distant, name)
    issued = Service(client_file.read(distant.data)).own.issue_session(Email=WORKER)
    cookie = f"{issued['Cookies'][0]}={issued['Token']}"
    assert 200 == page(distant, cookie).status
    assert 400 == invoke(distant).status
    road.block()

    began = time.monotonic()
    doors = (
        lambda: list_loops(distant),
        lambda: list_buckets(distant),
        lambda: page(distant, cookie),
        lambda: page(distant, cookie, "application/json"),
    )
    with ThreadPoolExecutor(20) as threads:
        answers = list(threads.map(lambda door: door(), doors * 5))
    loops, buckets, html, script = answers[:4]

    assert {503} == {answer.status for answer in answers}
    assert {"5"} == {answer.headers["retry-after"] for answer in answers}
    assert time.monotonic() - began < PATIENCE
    assert "ServiceUnavailable" in loops.code
    assert b"<Code>ServiceUnavailable</Code>" in buckets.body
    assert b"does not answer" in html.body
    assert "5" == html.headers["refresh"]
    assert "unavailable" == json.loads(script.body)["error"]
    assert 400 == invoke(distant).status

    road.clear()
    eventually(lambda: page(distant, cookie).status == 200)
    eventually(lambda: list_loops(distant).status != 503)
    review.start(f"{name}-1")
    worker = review.worker()
    worker.submit(review.taken(worker, f"{name}-1"), {"read": {"text": "yes"}})
    review.completed(f"{name}-1")


def test_a_server_stops_although_its_database_is_away(distant: Server, road: Road) -> None:
    assert 400 == invoke(distant).status
    road.block()
    distant.stop()

    assert 0 == distant.process.returncode


def test_who_waits_for_the_database_is_answered_before_a_stopping_server_ends(
    distant: Server, road: Road
) -> None:
    assert 400 == invoke(distant).status
    road.block(b"cache_version")
    assert road.stuck.wait(PATIENCE)  # the server's own look at the routes
    road.stuck.clear()

    with ThreadPoolExecutor(1) as threads:
        answer = threads.submit(invoke, distant)
        assert road.stuck.wait(PATIENCE)
        distant.stop()

    assert answer.result().status in {400, 503}
    assert 0 == distant.process.returncode
    assert "graceful shutdown exceeded" not in distant.log
    assert "Traceback" not in distant.log
