"""PutObject and GetObject of 10 KB: verified, checked and on disk, against moto, which keeps objects in memory."""

from __future__ import annotations

import base64
import os
import zlib
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import count

from bench import moto
from bench.figure import Figure, connected, in_turns, per_second
from bench.load import Load
from bench.rounds import Rounds
from bench.server import fresh_directory, serving
from bench.signed import Signer

AIM = 2.0
CONNECTIONS = (1, 8)
SIZE = 10_000
KEYS = 100


def figures(rounds: Rounds) -> Iterator[Figure]:
    """At 1 and at 8 connections, each with the requests that boto3 would send."""
    size = rounds.objects_at_a_time
    with (
        fresh_directory() as directory,
        serving(directory) as server,
        moto.running() as moto_port,
        Load() as load,
    ):
        requests = _Requests(Signer(server, "s3"))
        for port in (server.port, moto_port):
            load.send(port, [requests.create_bucket()])
            load.send(port, requests.puts(KEYS))

        def rate(make: Callable[[int], Sequence[bytes]], connections: int, port: int) -> float:
            return load.send(port, make(size), connections).rate

        for what, make in (("PutObject", requests.puts), ("GetObject", requests.gets)):
            for connections in CONNECTIONS:
                own_rate, moto_rate, ratio = in_turns(
                    rounds.object_turns,
                    partial(rate, make, connections, server.port),
                    partial(rate, make, connections, moto_port),
                )
                yield Figure(
                    f"{what} of 10 KB, {connected(connections)}",
                    per_second(own_rate),
                    f"moto, in memory: {per_second(moto_rate)}",
                    f"{ratio:.2f}",
                    f"≥ {AIM}",
                    ratio >= AIM,
                )


class _Requests:
    """Of one bucket, whose keys are put and read in turns."""

    def __init__(self, signer: Signer) -> None:
        self._signer = signer
        self._numbers = count()
        self._body = os.urandom(SIZE)
        checksum = base64.b64encode(zlib.crc32(self._body).to_bytes(4)).decode()
        self._headers = {"x-amz-sdk-checksum-algorithm": "CRC32", "x-amz-checksum-crc32": checksum}

    def create_bucket(self) -> bytes:
        return self._signer.request("PUT", "/bench")

    def puts(self, many: int) -> list[bytes]:
        return [self._signer.request("PUT", self._path(), self._body, self._headers) for _ in range(many)]

    def gets(self, many: int) -> list[bytes]:
        headers = {"x-amz-checksum-mode": "ENABLED"}
        return [self._signer.request("GET", self._path(), headers=headers) for _ in range(many)]

    def _path(self) -> str:
        return f"/bench/pictures/{next(self._numbers) % KEYS}.jpg"
