"""StartHumanLoop: signed, verified and durable, against a bare Starlette handler that inserts the same rows."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count

from bench import bare
from bench.figure import Figure, in_turns, per_second
from bench.load import Load
from bench.rounds import Rounds
from bench.server import fresh_directory, review_workflow, serving, settled
from bench.signed import Signer, plain
from bench.waiting import answers
from tests.running import Server, free_port

AIM = 0.5
CONNECTIONS = (1, 32)
CONTENT = json.dumps(
    {
        "picture": "s3://bench/street.jpg",
        "labels": ["bicycle", "car", "person"],
        "boxes": [{"label": "person", "left": 30, "top": 40, "width": 120, "height": 340}] * 3,
    }
)


def figures(rounds: Rounds) -> Iterator[Figure]:
    """At 1 and at 32 connections; moto's CreateModel, in memory, beside them."""
    size = rounds.loops_at_a_time
    with (
        fresh_directory() as directory,
        serving(directory) as server,
        bare.running(directory) as bare_port,
        _moto() as moto,
        Load() as load,
    ):
        starts = _Starts(server, review_workflow(server))

        def ours(connections: int) -> float:
            rate = load.send(server.port, starts.signed(size), connections).rate
            settled(server)
            return rate

        def by_bare(way: str, connections: int) -> float:
            return load.send(bare_port, starts.plain(size, bare_port, way), connections).rate

        def in_memory(connections: int) -> float:
            return load.send(moto, starts.create_model(size // 3), connections).rate

        yardsticks: tuple[tuple[str, Callable[[int], float], bool], ...] = (
            ("bare Starlette, SQLAlchemy", partial(by_bare, "/sqlalchemy"), True),
            ("bare Starlette, sqlite3 by hand", partial(by_bare, "/sqlite3"), True),
            ("moto CreateModel, in memory", in_memory, False),
        )
        for warm_up in (ours, *(theirs for _, theirs, _ in yardsticks)):
            warm_up(32)
        for connections in CONNECTIONS:
            for name, theirs, is_aimed_at in yardsticks:
                one, other, ratio = in_turns(
                    rounds.loop_starts, partial(ours, connections), partial(theirs, connections)
                )
                yield Figure(
                    f"StartHumanLoop, {_told(connections)}",
                    per_second(one),
                    f"{name}: {per_second(other)}",
                    f"{ratio:.2f}",
                    f"≥ {AIM}" if is_aimed_at else "",
                    ratio >= AIM if is_aimed_at else None,
                )


class _Starts:
    """Requests, each with a name of its own."""

    def __init__(self, server: Server, flow_arn: str) -> None:
        self._signer = Signer(server, "sagemaker")
        self._flow = flow_arn
        self._numbers = count()

    def signed(self, many: int) -> list[bytes]:
        headers = {"Content-Type": "application/json"}
        return [self._signer.request("POST", "/human-loops", self._body(), headers) for _ in range(many)]

    def plain(self, many: int, port: int, path: str) -> list[bytes]:
        headers = {"Content-Type": "application/json"}
        return [plain("POST", path, f"127.0.0.1:{port}", self._body(), headers) for _ in range(many)]

    def create_model(self, many: int) -> list[bytes]:
        headers = {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": "SageMaker.CreateModel"}
        role = "arn:aws:iam::123456789012:role/r"
        made = []
        for _ in range(many):
            asked = {"ModelName": f"m-{next(self._numbers)}", "ExecutionRoleArn": role}
            body = json.dumps({**asked, "PrimaryContainer": {"Image": "image"}}).encode()
            # moto reads the service from the signature's scope and does not verify the rest.
            made.append(self._signer.request("POST", "/", body, headers))
        return made

    def _body(self) -> bytes:
        asked = {"HumanLoopName": f"bench-{next(self._numbers)}", "FlowDefinitionArn": self._flow}
        return json.dumps({**asked, "HumanLoopInput": {"InputContent": CONTENT}}).encode()


def _told(connections: int) -> str:
    return "1 connection" if connections == 1 else f"{connections} connections"


@contextlib.contextmanager
def _moto() -> Iterator[int]:
    """moto's server; gives the port."""
    port = free_port()
    command = [sys.executable, "-m", "moto.server", "-p", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        answers(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(10)
