"""One call that predicts and reviews, against InvokeEndpoint alone: what judging, recording and starting a loop add."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count
from statistics import median

from bench.figure import Figure, in_turns, ms
from bench.invoke_endpoint import CALLS, JPEG, PATH, write_product
from bench.load import Load
from bench.rounds import Rounds
from bench.server import deploy, fresh_directory, review_workflow, serving, settled
from bench.signed import Signer
from tests.databases import Postgres
from tests.running import Server

AIMS = {"no loop starts": (0.5, 0.002), "a loop starts": (0.9, 0.005)}
"""What happens → the confidence under which people look (the model says 0.77), and the seconds that may be added at the median."""


def figures(rounds: Rounds) -> Iterator[Figure]:
    """A picture of 100 kB, on both databases."""
    with fresh_directory() as directory, Load() as load:
        postgres = Postgres(directory / "postgresql", is_durable=True)
        for database, settings in (
            ("SQLite", {}),
            ("PostgreSQL", {"database": postgres.url(postgres.create())}),
        ):
            (directory / database).mkdir()
            write_product(directory / database / "data")
            with serving(directory / database, **settings) as server:
                deploy(server, "echo", "echo")
                for what, (confidence, aim) in AIMS.items():
                    yield _figure(f"{what}, {database}", _Calls(server, load, confidence), aim, rounds)


class _Calls:
    """Calls of an endpoint, each with a body of its own: what is sent again is no new prediction."""

    def __init__(self, server: Server, load: Load, confidence: float) -> None:
        name = f"under-{confidence * 100:.0f}"
        arn = review_workflow(server, name=name, conditions=_under(confidence))
        attributes = json.dumps({"HumanLoopConfig": {"FlowDefinitionArn": arn}})
        self._reviewed = {**JPEG, "X-Amzn-SageMaker-Custom-Attributes": attributes}
        self._server, self._load = server, load
        self._signer = Signer(server, "sagemaker")
        self._bodies = (b"%0100000d" % number for number in count())
        self.reviewed()  # warms it up

    def reviewed(self) -> float:
        """The median of a few, in seconds."""
        return self._median(self._reviewed)

    def alone(self) -> float:
        """The same without a review."""
        return self._median(JPEG)

    def _median(self, headers: dict[str, str]) -> float:
        """Each call once what the last one owed is done: it is the call that is measured, not the render check of a loop."""
        requests = [self._signer.request("POST", PATH, next(self._bodies), headers) for _ in range(CALLS)]
        seconds = []
        for request in requests:
            settled(self._server)
            seconds.append(self._load.send(self._server.port, [request]).median)
        return median(seconds)


def _figure(what: str, calls: _Calls, aim: float, rounds: Rounds) -> Figure:
    ours, alone, ratio = in_turns(rounds.invocations, calls.reviewed, calls.alone)
    added = ours - alone
    return Figure(
        f"InvokeEndpoint with a review, {what}",
        ms(ours),
        f"InvokeEndpoint alone: {ms(alone)}",
        f"{ratio:.2f} (adds {ms(added)})",
        f"adds ≤ {ms(aim)}",
        added <= aim,
    )


def _under(confidence: float) -> dict[str, object]:
    check = {"ConditionType": "ConfidenceCheck", "ConditionParameters": {"ConfidenceLessThan": confidence}}
    return {"Conditions": [check]}
