"""Human loops: programs start them, workers answer them, and each is announced once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count
from statistics import median, quantiles
from typing import Any

from secondlook.client import client_file
from secondlook.client.service import Service
from secondlook.clock.handlers.loops import STORAGE
from tests.journeys.reviewing import Review
from tests.running import Server, eventually
from tests.soak.confirming import confirmed
from tests.soak.traffic import Act, Load

from .worker import Worker

ANSWERS = 3
"""Of each loop, by as many workers."""

STUCK = STORAGE.longest.total_seconds() + 30
"""Seconds without any progress: no duty of a loop pauses for so long."""


class Reviews(Load):
    """`most` loops in all (None: without end), of which up to `open_` wait at a time, begun by `starters`."""

    def __init__(
        self,
        server: Server,
        name: str,
        habits: Mapping[str, int],
        *,
        workers: int = 4,
        starters: int = 1,
        open_: int = 8,
        most: int | None = None,
    ) -> None:
        emails = [f"worker-{number}@example.org" for number in range(workers)]
        self.review = Review(server, name, emails, ANSWERS)
        service = Service(client_file.read(server.data))
        self.workers = [Worker(service, email, name, habits) for email in emails]
        self.loops: list[str] = []
        self._runtime = server.client("sagemaker-a2i-runtime", max_pool_connections=starters)
        self._own, self._s3 = server.client("secondlook"), server.client("s3")
        self._starters, self._open, self._most = starters, open_, most
        self._numbers = count()

    @property
    def answers(self) -> int:
        """How many were confirmed."""
        return sum(len(worker.submitted) for worker in self.workers)

    def actors(self) -> Sequence[Act]:
        return [*(worker.act for worker in self.workers), *[self._start] * self._starters]

    def is_settled(self) -> bool:
        return self._all_are_started and self.answers == ANSWERS * len(self.loops)

    def pace(self, seconds: float) -> str:
        """Answers per second; median and 99th percentile from a submit until the next task's page is there."""
        steps = [step for worker in self.workers for step in worker.steps]
        last = quantiles(steps, n=100)[98]
        return (
            f"{len(self.loops):,} loops, {self.answers:,} answers in {seconds:,.0f} s: "
            f"{self.answers / seconds:,.1f} answers/s, submit to next page "
            f"{median(steps) * 1000:,.0f} ms median, {last * 1000:,.0f} ms p99"
        )

    def events(self) -> list[dict[str, Any]]:
        """The log of the events of loops, once as many are there as there are loops; endpoints have some of their own."""
        return eventually(
            lambda: len(events := self._events_of_loops()) >= len(self.loops) and events,
            STUCK,
        )

    def _events_of_loops(self) -> list[dict[str, Any]]:
        events = [json.loads(event["Body"]) for event in pages(self._own.list_events, "Events")]
        return [event for event in events if "humanLoopName" in event["detail"]]

    def verify(self) -> None:
        """What was confirmed is what is stored and announced, once each, and nobody has or is offered anything more."""
        self._wait_until_all_are_over()
        loops = {loop["HumanLoopName"]: loop for loop in self._loops()}
        announced = [event["detail"]["humanLoopName"] for event in self.events()]
        stored = [
            (document["humanLoopName"], answer["answerContent"])
            for document in self._outputs()
            for answer in document["humanAnswers"]
        ]
        submitted = [(loop, worker.answer(loop)) for worker in self.workers for loop in worker.submitted]

        assert sorted(loops) == sorted(self.loops)
        assert {loop["HumanLoopStatus"] for loop in loops.values()} <= {"Completed"}
        assert sorted(stored, key=str) == sorted(submitted, key=str)
        assert len(submitted) == ANSWERS * len(self.loops)
        assert all(len(set(worker.submitted)) == len(worker.submitted) for worker in self.workers)
        assert sorted(announced) == sorted(self.loops)
        for worker in self.workers:
            assert (worker.portal.held(), worker.portal.flows()) == ([], [])

    def _wait_until_all_are_over(self) -> None:
        """However many loops are still to be closed: stuck is what has not moved for as long as a duty may pause."""
        while open_ := self._count_open():
            eventually(lambda open_=open_: self._count_open() < open_, STUCK)

    def _count_open(self) -> int:
        return sum(1 for _ in self._loops(Status="InProgress"))

    def _loops(self, **filters: str) -> Iterator[dict[str, Any]]:
        return pages(self._own.list_loops, "Loops", FlowDefinitionName=self.review.name, **filters)

    def _outputs(self) -> Iterator[dict[str, Any]]:
        """Every output.json that was written, whatever it is called."""
        for page in self._s3.get_paginator("list_objects_v2").paginate(Bucket=self.review.name):
            for entry in page.get("Contents", ()):
                written = self._s3.get_object(Bucket=self.review.name, Key=entry["Key"])
                yield json.loads(written["Body"].read())

    @property
    def _all_are_started(self) -> bool:
        return self.closing and (self._most is None or len(self.loops) == self._most)

    def _start(self) -> bool:
        if len(self.loops) - self.answers // ANSWERS >= self._open:
            return False
        if self._most is None:
            return not self.closing and self._begin(next(self._numbers))
        return (number := next(self._numbers)) < self._most and self._begin(number)

    def _begin(self, number: int) -> bool:
        loop = f"{self.review.name}-{number}"
        human_loop_input = {"InputContent": json.dumps({"text": loop})}
        confirmed(
            lambda: self._runtime.start_human_loop(
                HumanLoopName=loop, FlowDefinitionArn=self.review.arn, HumanLoopInput=human_loop_input
            )
        )
        self.loops.append(loop)
        return True


def pages(ask: Callable[..., dict[str, Any]], key: str, **filters: str) -> Iterator[dict[str, Any]]:
    """Every entry of a list that comes in pages."""
    while True:
        page = ask(MaxResults=100, **filters)
        yield from page[key]
        if "NextToken" not in page:
            return
        filters["NextToken"] = page["NextToken"]
