"""SIGKILL at any moment between submit and event: nothing is lost, nothing is there twice, no process stays behind."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Callable, Iterator

import pytest
import urllib3

from secondlook.reviewer import Portal
from tests import processes
from tests.moments import Moment
from tests.neighbours import Receiver, receiving
from tests.running import Server, eventually

from . import echo
from .reviewing import Review

ANSWER = {"read": {"text": "yes"}}


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


MOMENTS: dict[str, Callable[[Moment], Callable[[], bool]]] = {
    "while the submit is on its way": lambda moment: moment.writes(0),
    **{f"after {most} writes": lambda moment, most=most: moment.writes(most) for most in range(1, 9)},
    "when the output lies on the disk": lambda moment: moment.file,
    "when the receiver has the event and has not answered": lambda moment: moment.told,
}


@pytest.mark.slow
def test_killed_between_submit_and_event(own_server: Server, receiver: Receiver, name: str) -> None:
    echo.put(own_server)
    own_server.settings["allow_outbound"] = "127.0.0.0/8"
    review = Review(own_server.start(), name)
    own_server.client("secondlook").create_webhook(Url=receiver.url)
    echo.deploy(own_server)
    for number, moment in enumerate(MOMENTS.values()):
        loop = f"{name}-{number}"
        review.start(loop)
        task = review.taken(review.worker(), loop)
        receiver.hold()

        _submit_and_kill(own_server, review.worker(), task, moment(_moment(own_server, receiver, loop)))
        receiver.release()
        own_server.start()

        # What a worker does who saw no confirmation; where the answer had arrived it is no second one.
        review.worker().submit(task, ANSWER)
        review.completed(loop)
        answers = [answer["answerContent"] for answer in review.output(loop)["humanAnswers"]]
        assert [ANSWER] == answers
        events = eventually(lambda loop=loop: _named(receiver.events, loop))
        assert 1 == len({event["id"] for event in events})
        assert {"Completed"} == {event["detail"]["humanLoopStatus"] for event in events}
    eventually(lambda: echo.is_in_service(own_server))
    assert len(MOMENTS) == len(_log(own_server))
    assert b"null" == echo.invoke(own_server)


def _submit_and_kill(server: Server, worker: Portal, task: int, come: Callable[[], bool]) -> None:
    """Kill the server when the moment has come, and wait until every process that it started is gone."""
    family = processes.descendants(server.process.pid)
    assert family

    def submit() -> None:
        with contextlib.suppress(urllib3.exceptions.HTTPError):  # the server died before it could answer
            worker.submit(task, ANSWER)

    sending = threading.Thread(target=submit)
    sending.start()
    pause = threading.Event()
    while not come():
        pause.wait(0.0002)
    family |= processes.descendants(server.process.pid)
    server.kill()
    sending.join()
    processes.all_end(family)


def _moment(server: Server, receiver: Receiver, loop: str) -> Moment:
    return Moment(server, lambda: bool(_named(receiver.events, loop)))


def _named(events: list[dict], loop: str) -> list[dict]:
    return [event for event in events if event["detail"]["humanLoopName"] == loop]


def _log(server: Server) -> list[dict]:
    """The events of loops; the endpoint has some of its own."""
    events = server.client("secondlook").list_events()["Events"]
    return [event for event in events if "humanLoopName" in json.loads(event["Body"])["detail"]]


def test_a_server_that_is_ended_as_soon_as_its_port_is_open_goes_down_in_order(own_server: Server) -> None:
    for _ in range(5):
        own_server.start().stop()
        assert own_server.process is not None
        assert own_server.process.returncode == 0
