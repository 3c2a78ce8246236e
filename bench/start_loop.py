"""StartHumanLoop: signed, verified and durable, against a bare Starlette handler that inserts the same rows."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from statistics import median

from bench import bare, moto
from bench.figure import Figure, connected, in_turns, ms, per_second
from bench.load import Load, Round
from bench.rounds import Rounds
from bench.server import fresh_directory, review_workflow, serving, settled
from bench.signed import Signer, plain
from tests.databases import Postgres, sqlalchemy_url
from tests.running import Server

SQLITE = {1: 0.65, 8: 1.1, 32: 1.5}
POSTGRESQL = {1: 0.6, 8: 0.9, 32: 1.0}
"""Connections → the least ratio of both rates, ours to that of the bare handler on the same database."""

WARM_UP = 100
"""Loops."""

SLOWEST = 3.0
"""The most that our 99th percentile may be of the bare handler's."""

CONTENT = json.dumps(
    {
        "picture": "s3://bench/street.jpg",
        "labels": ["bicycle", "car", "person"],
        "boxes": [{"label": "person", "left": 30, "top": 40, "width": 120, "height": 340}] * 3,
    }
)


def figures(rounds: Rounds) -> Iterator[Figure]:
    """On both databases against the bare handler; on SQLite also beside statements by hand, and moto's CreateModel in memory."""
    with fresh_directory() as directory, Load() as load:
        with _both(directory, load, f"sqlite:///{directory / 'bare.sqlite'}") as sides:
            yield from sides.against_bare("SQLite", rounds, SQLITE)
            yield from sides.beside("bare Starlette, sqlite3 by hand", "/sqlite3", rounds)
            with moto.running() as port:
                yield from sides.beside_moto(port, rounds)
        postgres = Postgres(directory / "postgresql", is_durable=True)
        bare_url, our_url = (postgres.url(postgres.create()) for _ in range(2))
        with _both(directory / "on-postgresql", load, sqlalchemy_url(bare_url), database=our_url) as sides:
            yield from sides.against_bare("PostgreSQL", rounds, POSTGRESQL)


@contextlib.contextmanager
def _both(directory: Path, load: Load, bare_database: str, **settings: str) -> Iterator[_Sides]:
    directory.mkdir(exist_ok=True)
    with serving(directory, **settings) as server, bare.running(bare_database) as bare_port:
        sides = _Sides(server, bare_port, load, _Starts(server, review_workflow(server)))
        for warm_up in (sides.ours, sides.bare):
            warm_up(WARM_UP, 32)
        yield sides


@dataclass(frozen=True, slots=True)
class _Sides:
    """Our server and the bare handler, and the load that both get in turns."""

    server: Server
    bare_port: int
    load: Load
    starts: _Starts

    def ours(self, loops: int, connections: int) -> Round:
        """A round lasts until all that is owed is done: the render checks too."""
        requests = self.starts.signed(loops)
        began = time.perf_counter()
        sent = self.load.send(self.server.port, requests, connections)
        settled(self.server)
        return replace(sent, seconds=time.perf_counter() - began)

    def bare(self, loops: int, connections: int, way: str = "/sqlalchemy") -> Round:
        return self.load.send(self.bare_port, self.starts.plain(loops, self.bare_port, way), connections)

    def against_bare(self, database: str, rounds: Rounds, aims: Mapping[int, float]) -> Iterator[Figure]:
        """Rates and 99th percentiles, with aims."""
        for connections, aim in aims.items():
            pairs = [
                (
                    self.ours(rounds.loops_at_a_time, connections),
                    self.bare(rounds.loops_at_a_time, connections),
                )
                for _ in range(rounds.loop_starts)
            ]
            what = f"StartHumanLoop on {database}, {connected(connections)}"
            ratio = median(ours.rate / bare.rate for ours, bare in pairs)
            ours, bare = (median(side.rate for side in sides) for sides in zip(*pairs, strict=True))
            yield Figure(
                what,
                per_second(ours),
                f"bare Starlette, SQLAlchemy: {per_second(bare)}",
                f"{ratio:.2f}",
                f"≥ {aim}",
                ratio >= aim,
            )
            ratio = median(ours.p99 / bare.p99 for ours, bare in pairs)
            ours, bare = (median(side.p99 for side in sides) for sides in zip(*pairs, strict=True))
            yield Figure(
                f"{what}, 99th percentile",
                ms(ours),
                f"bare Starlette, SQLAlchemy: {ms(bare)}",
                f"{ratio:.2f}",
                f"≤ {SLOWEST}",
                ratio <= SLOWEST,
            )

    def beside(self, name: str, way: str, rounds: Rounds) -> Iterator[Figure]:
        """Another way of the bare handler, for information."""
        size = rounds.loops_at_a_time
        yield from self._beside(name, rounds, lambda connections: self.bare(size, connections, way).rate)

    def beside_moto(self, port: int, rounds: Rounds) -> Iterator[Figure]:
        models = rounds.loops_at_a_time // 3
        yield from self._beside(
            "moto CreateModel, in memory",
            rounds,
            lambda connections: self.load.send(port, self.starts.create_model(models), connections).rate,
        )

    def _beside(self, name: str, rounds: Rounds, yardstick: Callable[[int], float]) -> Iterator[Figure]:
        yardstick(32)  # warms it up
        for connections in SQLITE:
            ours, other, ratio = in_turns(
                rounds.loop_starts,
                lambda connections=connections: self.ours(rounds.loops_at_a_time, connections).rate,
                lambda connections=connections: yardstick(connections),
            )
            what = f"StartHumanLoop, {connected(connections)}"
            yield Figure(what, per_second(ours), f"{name}: {per_second(other)}", f"{ratio:.2f}")


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
        requests = []
        for _ in range(many):
            model = {"ModelName": f"m-{next(self._numbers)}", "ExecutionRoleArn": role}
            body = json.dumps({**model, "PrimaryContainer": {"Image": "image"}}).encode()
            # moto reads the service from the signature's scope and does not verify the rest.
            requests.append(self._signer.request("POST", "/", body, headers))
        return requests

    def _body(self) -> bytes:
        start = {"HumanLoopName": f"bench-{next(self._numbers)}", "FlowDefinitionArn": self._flow}
        return json.dumps({**start, "HumanLoopInput": {"InputContent": CONTENT}}).encode()
