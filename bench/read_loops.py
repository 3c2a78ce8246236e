"""DescribeHumanLoop and ListHumanLoops: signed and verified, against a bare Starlette handler with the same queries."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from urllib.parse import quote

from bench import bare_reads
from bench.figure import Figure, connected, in_turns, per_second
from bench.load import Load
from bench.rounds import Rounds
from bench.server import fresh_directory, review_workflow, serving, settled
from bench.signed import Signer, plain

AIM = 0.7
CONNECTIONS = (1, 8)
LOOPS = 300


def figures(rounds: Rounds) -> Iterator[Figure]:
    """Of three hundred loops, in pages of a hundred."""
    size = rounds.reads_at_a_time
    with fresh_directory() as directory, serving(directory) as server, Load() as load:
        signer, flow = Signer(server, "sagemaker"), review_workflow(server)
        load.send(server.port, [_start(signer, flow, number) for number in range(LOOPS)], 8)
        settled(server)

        def rate(requests: list[bytes], connections: int, port: int) -> float:
            return load.send(port, requests, connections).rate

        listing = f"/human-loops?FlowDefinitionArn={quote(flow, safe='')}&MaxResults={bare_reads.PAGE}"
        own_paths = {
            "DescribeHumanLoop": ([f"/human-loops/{_name(number)}" for number in range(LOOPS)], size),
            f"ListHumanLoops, {bare_reads.PAGE} a page": ([listing], size // 10),
        }
        bare_paths = ([f"/loops/{_name(number)}" for number in range(LOOPS)], ["/loops"])
        with bare_reads.running(server.data / "secondlook.sqlite") as bare_port:
            for (what, (paths, many)), plain_paths in zip(own_paths.items(), bare_paths, strict=True):
                signed = _repeated([signer.request("GET", path) for path in paths], many)
                unsigned = _repeated(
                    [plain("GET", path, f"127.0.0.1:{bare_port}") for path in plain_paths], many
                )
                for connections in CONNECTIONS:
                    own_rate, bare_rate, ratio = in_turns(
                        rounds.read_turns,
                        partial(rate, signed, connections, server.port),
                        partial(rate, unsigned, connections, bare_port),
                    )
                    yield Figure(
                        f"{what}, {connected(connections)}",
                        per_second(own_rate),
                        f"bare Starlette, SQLAlchemy: {per_second(bare_rate)}",
                        f"{ratio:.2f}",
                        f"≥ {AIM}",
                        ratio >= AIM,
                    )


def _repeated(requests: list[bytes], many: int) -> list[bytes]:
    return [requests[number % len(requests)] for number in range(many)]


def _start(signer: Signer, flow: str, number: int) -> bytes:
    content = json.dumps({"picture": "s3://bench/street.jpg", "labels": ["car"], "boxes": []})
    request = {
        "HumanLoopName": _name(number),
        "FlowDefinitionArn": flow,
        "HumanLoopInput": {"InputContent": content},
    }
    headers = {"Content-Type": "application/json"}
    return signer.request("POST", "/human-loops", json.dumps(request).encode(), headers)


def _name(number: int) -> str:
    return f"bench-{number}"
