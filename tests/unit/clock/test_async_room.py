"""How many calls of an endpoint may be in hand: what its instances take, and a fair part of what there is."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from secondlook.clock.handlers.answers import Answers
from secondlook.clock.handlers.async_invocations import THREADS, WITHOUT_ENDPOINT, AsyncInvocations
from secondlook.hosting.instances.instance import Address, unix
from secondlook.hosting.invocation.large import LargeInvoker
from secondlook.hosting.invocation.routes import Route, Routes, Variant
from secondlook.names import Place

PLACE = Place("us-east-1", "123456789012")
SHARE = "7"


class Instance:
    def __init__(self, address: Address | None = unix(Path("model"))) -> None:  # noqa: B008
        self.address = address


def routed(routes: Routes, status: str, most: int | None, *instances: Instance) -> None:
    variant = Variant("v", 1.0, instances, len(instances), most=most)
    route = Route(status, (variant,), endpoint_id=int(SHARE), is_asynchronous=most is not None)
    routes.replace({"e": route})


def rooms(invoker: LargeInvoker) -> Any:
    unused: Any = None
    answers = Answers(PLACE, unused, invoker, unused, unused, unused)
    return AsyncInvocations(unused, PLACE, unused, answers, unused, unused)._room


def room(status: str = "InService", most: int | None = 4, *instances: Instance) -> Any:
    routes = Routes(PLACE)
    routed(routes, status, most, *(instances or (Instance(), Instance())))
    return rooms(LargeInvoker(routes, PLACE, lambda: None))


def test_as_many_as_the_instances_that_answer_take() -> None:
    assert 8 == room()(SHARE, 0, THREADS)
    assert 3 == room()(SHARE, 5, THREADS - 5)
    assert 4 == room("InService", 4, Instance(), Instance(None))(SHARE, 0, THREADS)


@pytest.mark.parametrize("status", ["Creating", "Failed"])
def test_none_while_it_is_not_in_service(status: str) -> None:
    assert 0 == room(status)(SHARE, 0, THREADS)


def test_no_more_than_half_of_what_the_others_leave() -> None:
    many = room("InService", 1000)
    assert THREADS // 2 == many(SHARE, 0, THREADS)
    assert 0 == many(SHARE, THREADS // 2, THREADS // 2)
    assert 32 == many(SHARE, 0, 64)
    assert 1 == many(SHARE, 0, 1)


def test_calls_without_an_endpoint_are_taken_to_be_failed() -> None:
    assert WITHOUT_ENDPOINT == room()("8", 0, THREADS)
    assert WITHOUT_ENDPOINT == room("InService", None)(SHARE, 0, THREADS)
    assert WITHOUT_ENDPOINT - 1 == room("Deleting")(SHARE, 1, THREADS)


def test_calls_that_an_update_leaves_at_old_instances_take_no_room_from_the_new_ones() -> None:
    routes, old, new = Routes(PLACE), Instance(), Instance()
    invoker = LargeInvoker(routes, PLACE, lambda: None)

    async def updated() -> list[int]:
        routed(routes, "InService", 1, old)
        async with invoker._turn("e"):
            seen = [rooms(invoker)(SHARE, 1, THREADS)]
            waiting = asyncio.create_task(_taken(invoker))
            await asyncio.sleep(0)
            seen.append(len(invoker._turns))
            routed(routes, "InService", 1, new)
            seen.append(rooms(invoker)(SHARE, 1, THREADS))
            await asyncio.wait_for(waiting, 10)
            routed(routes, "InService", 1, old, new)  # in another number: what one answers is counted
            return [*seen, rooms(invoker)(SHARE, 1, THREADS)]

    assert [0, 1, 1, 1] == asyncio.run(updated())


async def _taken(invoker: LargeInvoker) -> None:
    async with invoker._turn("e"):
        pass
