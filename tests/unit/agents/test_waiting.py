"""Waiting: what is looked at, what is said, and when it ends."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import anyio
import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from secondlook.agents import waiting
from secondlook.agents.problems import NotPossible
from secondlook.agents.reviews import State
from secondlook.agents.waiting import progress, until_over

AWAY = EndpointConnectionError(endpoint_url="http://127.0.0.1:1")
MISSING = ClientError({"Error": {"Code": "ResourceNotFoundException", "Message": "No."}}, "DescribeHumanLoop")
BUSY = ClientError(
    {"Error": {"Message": "Busy."}, "ResponseMetadata": {"HTTPStatusCode": 503}}, "DescribeHumanLoop"
)


@pytest.fixture(autouse=True)
def _no_time_passes_between_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "BETWEEN_LOOKS", 0.0)


def state(status: str = "InProgress", **counts: Any) -> State:
    return State("r", "f", status, datetime(2026, 11, 1, tzinfo=UTC), "s3://b/k", **counts)


class Server:
    """Answers what the looks of a wait see, one after the other, the last one for ever."""

    def __init__(self, *seen: State | Exception) -> None:
        self._seen = [*seen]
        self.looks: list[bool] = []
        self.said: list[str] = []

    async def look(self, closely: bool) -> State:
        self.looks.append(closely)
        seen = self._seen.pop(0) if len(self._seen) > 1 else self._seen[0]
        if isinstance(seen, Exception):
            raise seen
        return seen

    async def say(self, _passed: float, what: str) -> None:
        self.said.append(what)

    def waited(self, seconds: float) -> State:
        return anyio.run(until_over, self.look, seconds, self.say)


@pytest.mark.parametrize("status", ["Completed", "Failed", "Stopped"])
def test_a_wait_ends_with_the_review_and_looks_closely_at_the_end(status):
    server = Server(state(), state("Stopping"), state(status))

    assert status == server.waited(60).status
    assert [True, False, False, True] == server.looks


def test_a_wait_without_time_says_how_far_it_is():
    server = Server(state(given=1, wanted=3))

    assert 1 == server.waited(0).given
    assert ([True], []) == (server.looks, server.said)


@pytest.mark.parametrize("trouble", [AWAY, BUSY])
def test_trouble_that_passes_is_said_once_and_waited_for(trouble):
    server = Server(state(), trouble, trouble, state("Completed"))

    assert "Completed" == server.waited(60).status
    assert 2 == len(server.said)


def test_trouble_that_lasts_is_an_error_that_says_what_to_do():
    with pytest.raises(
        NotPossible, match=r"No server answers at http://127.0.0.1:1.*call wait_for_review again"
    ):
        Server(AWAY).waited(0.01)


def test_what_will_not_pass_is_not_waited_for():
    server = Server(state(), MISSING)

    with pytest.raises(ClientError):
        server.waited(60)
    assert 2 == len(server.looks)


def test_a_wait_that_is_given_up_looks_no_more():
    server = Server(state())

    async def give_up() -> None:
        async with anyio.create_task_group() as group:

            async def say(_passed: float, _what: str) -> None:
                group.cancel_scope.cancel()

            await until_over(server.look, 600, say)

    anyio.run(give_up)
    assert 1 == len(server.looks)


@pytest.mark.parametrize(
    ("seen", "said"),
    [
        (state(given=0, wanted=1, at_work=0), "0 of 1 answer, nobody at work on it now"),
        (state(given=1, wanted=3, at_work=1), "1 of 3 answers, 1 person at work"),
        (state(given=1, wanted=3, at_work=2), "1 of 3 answers, 2 people at work"),
        (state("Stopping"), "Stopping: waiting for people"),
    ],
)
def test_progress_says_who_is_at_it(seen, said):
    assert said == progress(seen)
