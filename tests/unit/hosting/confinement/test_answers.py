"""A confined model that takes over its socket and answers what it likes; another one is called meanwhile."""

from __future__ import annotations

import asyncio

import pytest

from secondlook.hosting.contract import MAX_PAYLOAD
from secondlook.hosting.invocation.connection import Connections
from secondlook.hosting.invocation.receiver import Answer, BrokenOff
from tests.hostile_models import ANSWERS, RUN_WHAT_IS_SENT

from .conftest import Hostile, StartHostile


def call(hostile: Hostile, neighbour: Hostile, *bodies: bytes, seconds: float = 20) -> list[Answer]:
    """Calls of the one model, by a proxy that serves the other too."""

    async def all_of_it() -> list[Answer]:
        connections = Connections()
        try:
            asked = asyncio.ensure_future(_each(connections, hostile, bodies, seconds))
            while not asked.done():
                said = await connections.post(neighbour.instance.address, "/invocations", {}, b"result = 1")
                assert said.body == b"{'result': 1}"
                await asyncio.sleep(0.01)
            return asked.result()
        finally:
            connections.close()

    return asyncio.run(all_of_it())


async def _each(
    connections: Connections, hostile: Hostile, bodies: tuple[bytes, ...], seconds: float
) -> list[Answer]:
    async with asyncio.timeout(seconds):
        return [await connections.post(hostile.instance.address, "/invocations", {}, body) for body in bodies]


def test_what_it_answers_hurts_nobody_else(hostile: StartHostile) -> None:
    model, neighbour = hostile(ANSWERS), hostile(RUN_WHAT_IS_SENT)
    model.instance.ready()
    neighbour.instance.ready()

    assert call(model, neighbour, b"fine")[0].body == b"ok"
    for garbage in (b"no-http", b"too-short", b"wrong-length"):
        with pytest.raises(BrokenOff):
            call(model, neighbour, garbage)
    [endless] = call(model, neighbour, b"endless")
    assert not endless.whole
    assert len(endless.body) <= MAX_PAYLOAD
    assert [answer.body for answer in call(model, neighbour, b"twice", b"fine", b"fine")] == [
        b"ok",
        b"ok",
        b"ok",
    ]
    with pytest.raises(TimeoutError):
        call(model, neighbour, b"never", seconds=0.5)
    assert call(model, neighbour, b"fine")[0].body == b"ok"
