"""SIGKILL at any moment between InvokeEndpointAsync and its notification: every call is answered, once, by the same bytes."""

from __future__ import annotations

import base64
import json
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests import processes
from tests.asynchronous import WORKER, AsyncTown
from tests.moments import Moment
from tests.neighbours import Receiver, receiving
from tests.products import put_product
from tests.running import Server, eventually

LEASE_SECONDS = 150
"""What the server that is killed had in hand is another's once its lease has run out."""

TOPIC = "arn:aws:sns:us-east-1:123456789012:done"
NOTIFICATION = {"SuccessTopic": TOPIC, "IncludeInferenceResponseIn": ["SUCCESS_NOTIFICATION_TOPIC"]}


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


MOMENTS: dict[str, Callable[[Moment], Callable[[], bool]]] = {
    "at once": lambda moment: moment.writes(0),
    **{f"after {most} writes": lambda moment, most=most: moment.writes(most) for most in range(1, 7)},
    "when the answer is being written": lambda moment: moment.file,
    "when the subscriber is told": lambda moment: moment.told,
}


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_killed_between_call_and_notification(own_server: Server, receiver: Receiver, name: str) -> None:
    put_product(own_server.data, "worker", WORKER, "application/octet-stream")
    own_server.settings["allow_outbound"] = "127.0.0.0/8"
    town = AsyncTown(own_server.start())
    town.deploy_async(name, town.subscribe("worker"), name, output={"NotificationConfig": NOTIFICATION})
    town.secondlook.create_webhook(Url=receiver.url, TopicArn=TOPIC)
    pause = threading.Event()
    for number, moment in enumerate(MOMENTS.values()):
        inference = f"{name}-{number}"
        come = moment(Moment(own_server, lambda inference=inference: bool(_told(receiver, inference))))
        call = town.call(name, f"sleep 0.05 {number}", InferenceId=inference)
        while not come():
            pause.wait(0.0002)
        seen = _peek(own_server, call["OutputLocation"])
        family = processes.descendants(own_server.process.pid)
        own_server.kill()
        processes.all_end(family)
        town = AsyncTown(own_server.start())

        answer = eventually(lambda call=call, town=town: town.read(call["OutputLocation"]), 60)
        assert seen in {None, answer}
        told = eventually(lambda inference=inference: _told(receiver, inference), 60)
        assert 1 == len({event["MessageId"] for event in told})
        for event in told:
            assert answer == base64.b64decode(json.loads(event["Message"])["responseBody"]["content"])
    eventually(lambda: not town.secondlook.list_webhooks()["Webhooks"][0]["Waiting"])


def _peek(server: Server, location: str) -> bytes | None:
    """What a caller sees of the answer just now."""
    return AsyncTown(server).read(location)


def _told(receiver: Receiver, inference: str) -> list[dict]:
    return [event for event in receiver.events if inference in event["Message"]]


def test_a_server_that_is_stopped_asks_again_when_it_runs(own_server: Server, name: str) -> None:
    """Its models end with it, which is no failure of theirs."""
    put_product(own_server.data, "worker", WORKER, "application/octet-stream")
    town = AsyncTown(own_server.start())
    town.deploy_async(name, town.subscribe("worker"), name)
    call = town.call(name, "sleep 12")
    eventually(lambda: town.has_begun(name, "sleep 12"))

    own_server.stop()
    town = AsyncTown(own_server.start())

    assert "sleep 12" == town.answer(call)["order"]
    assert town.read(call["FailureLocation"]) is None
    assert "Traceback" not in own_server.log


@pytest.mark.slow
def test_two_servers_share_the_calls_and_one_goes_on_alone(
    sqlite_server: Server, postgres_url: str, tmp_path: Path, name: str
) -> None:
    first, second = (Server(tmp_path / which, {"database": postgres_url}) for which in ("first", "second"))
    with ExitStack() as servers:
        for server in (first, second):
            put_product(server.data, "worker", WORKER, "application/octet-stream")
            server.data.chmod(0o700)
            server.keep_objects_in(sqlite_server, name)
        servers.enter_context(first).start()
        for file in ("vault.key", "client.json"):
            shutil.copy(first.data / file, second.data / file)
        servers.enter_context(second).start()
        here, there = AsyncTown(first), AsyncTown(second)
        here.deploy_async(name, here.subscribe("worker"), "answers", MaxConcurrentInvocationsPerInstance=1)
        calls = [(here if number % 2 else there).call(name, f"sleep 0.2 {number}") for number in range(30)]

        eventually(lambda: here.read(calls[0]["OutputLocation"]), 60)
        family = processes.descendants(second.process.pid)
        second.kill()
        processes.all_end(family)

        answers = [here.answer(call, LEASE_SECONDS) for call in calls]
        assert [f"sleep 0.2 {number}" for number in range(30)] == [answer["order"] for answer in answers]
        assert {1} == {answer["most"] for answer in answers}
