"""A crowd of workers at the portal, each in a session of their own, and the account of what they did.

Every act is repeated until the server has confirmed it, as people and programs do whose server went away meanwhile.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import Any, TypeVar

import urllib3
from botocore.exceptions import ConnectionError as NoConnection
from botocore.exceptions import HTTPClientError

from secondlook.cli.portal import Portal
from tests.journeys.reviewing import Review
from tests.running import eventually

ANSWERS = 3
"""Of each loop, by as many workers."""

AGAIN = 0.05
"""Seconds until somebody who got no answer, or no task, asks again."""

PATIENCE = 60
"""Seconds in which something has to be confirmed."""

Answered = TypeVar("Answered")


@dataclass
class Account:
    """What was confirmed: loops by name, answers as (loop, worker), and how long each step to the next task took."""

    loops: list[str] = field(default_factory=list)
    answers: list[tuple[str, str]] = field(default_factory=list)
    steps: list[float] = field(default_factory=list)

    @property
    def acts(self) -> int:
        return len(self.loops) + len(self.answers)

    def pace(self, seconds: float) -> str:
        """Answers per second; median and 99th percentile from a submit until the next task's page is there."""
        last = quantiles(self.steps, n=100)[98]
        return (
            f"{len(self.loops):,} loops, {len(self.answers):,} answers in {seconds:,.0f} s: "
            f"{len(self.answers) / seconds:,.1f} answers/s, submit to next page "
            f"{median(self.steps) * 1000:,.0f} ms median, {last * 1000:,.0f} ms p99"
        )


class Crowd:
    """Workers of one flow definition, each on a thread; those who start its loops are not among them."""

    def __init__(self, review: Review, workers: Sequence[str]) -> None:
        self.review = review
        self.account = Account()
        self.portals = {email: review.worker(email) for email in workers}
        self._over = threading.Event()
        self._everybody: list[Future[None]] = []

    def start(self, numbers: Sequence[int]) -> None:
        """Start the loops of these numbers, one after the other."""
        for number in numbers:
            loop = f"{self.review.name}-{number}"
            self._confirmed(lambda loop=loop: self.review.start(loop))
            self.account.loops.append(loop)

    @contextlib.contextmanager
    def at_work(self, *requesters: Callable[[], None]) -> Iterator[None]:
        """While the block runs, and then until the requesters are done and each of their loops has its answers."""
        with ThreadPoolExecutor(len(self.portals) + len(requesters)) as threads:
            requesting = [threads.submit(requester) for requester in requesters]
            working = [threads.submit(self._work, *worker) for worker in self.portals.items()]
            self._everybody = [*requesting, *working]
            try:
                yield
                for requester in requesting:
                    requester.result()
                while (before := len(self.account.answers)) < ANSWERS * len(self.account.loops):
                    self.wait_for(lambda before=before: len(self.account.answers) > before)
            finally:
                self._over.set()
            for worker in working:
                worker.result()

    def wait_for(self, progress: Callable[[], bool]) -> None:
        """Return once there is this progress. Raises what ended one of the crowd early, or that there is none."""
        eventually(lambda: progress() or any(map(self._failure, self._everybody)), PATIENCE)
        for failure in filter(None, map(self._failure, self._everybody)):
            raise failure

    @staticmethod
    def _failure(member: Future[None]) -> BaseException | None:
        return member.exception() if member.done() else None

    def _work(self, email: str, portal: Portal) -> None:
        submitted = None
        while not self._over.is_set():
            number = self._confirmed(lambda: portal.take(self.review.name))
            if number is None:
                submitted = None
                self._over.wait(AGAIN)
                continue
            loop = self._confirmed(lambda number=number: portal.task(number)).loop
            if submitted is not None:
                self.account.steps.append(time.perf_counter() - submitted)
            submitted = time.perf_counter()
            answer = {"loop": loop, "by": email}
            self._confirmed(lambda number=number, answer=answer: portal.submit(number, answer))
            self.account.answers.append((loop, email))

    def _confirmed(self, act: Callable[[], Answered]) -> Answered:
        while True:
            try:
                return act()
            except (urllib3.exceptions.HTTPError, HTTPClientError, NoConnection):
                if self._over.wait(AGAIN):
                    raise


def nothing_lost_doubled_or_stuck(crowd: Crowd) -> None:
    """What was confirmed is what is stored and told, once each, and nobody has or is offered anything more."""
    review, account = crowd.review, crowd.account
    own = review.server.client("secondlook")
    eventually(lambda: not list(_pages(own.list_loops, "Loops", Status="InProgress")))
    loops = {loop["HumanLoopName"]: loop for loop in _pages(own.list_loops, "Loops")}
    told = [event["Body"] for event in _every_event(review, len(account.loops))]
    stored = [
        (loop, answer["answerContent"]["by"], answer["answerContent"]["loop"])
        for loop in account.loops
        for answer in review.output(loop)["humanAnswers"]
    ]

    assert sorted(loops) == sorted(account.loops)
    assert {loop["HumanLoopStatus"] for loop in loops.values()} == {"Completed"}
    assert sorted(stored) == sorted((loop, email, loop) for loop, email in account.answers)
    assert len(set(account.answers)) == len(account.answers) == ANSWERS * len(account.loops)
    assert len(told) == len(account.loops)
    for portal in crowd.portals.values():
        assert (portal.held(), portal.flows()) == ([], [])


def _every_event(review: Review, wanted: int) -> list[dict[str, Any]]:
    """The log of events, once as many are there as are wanted."""
    own = review.server.client("secondlook")
    return eventually(lambda: len(events := list(_pages(own.list_events, "Events"))) >= wanted and events)


def _pages(ask: Callable[..., dict[str, Any]], key: str, **given: str) -> Iterator[dict[str, Any]]:
    """Every entry of a list that comes in pages."""
    while True:
        page = ask(MaxResults=100, **given)
        yield from page[key]
        if "NextToken" not in page:
            return
        given["NextToken"] = page["NextToken"]
