"""How many calls of an endpoint may be in hand: what its instances take, and a fair part of what there is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from secondlook.clock.handlers.async_invocations import THREADS, WITHOUT_ENDPOINT, AsyncInvocations
from secondlook.hosting.instances.instance import Address, unix
from secondlook.hosting.invocation.routes import Route, Routes, Variant
from secondlook.names import Place

PLACE = Place("us-east-1", "123456789012")
SHARE = "7"


class Instance:
    def __init__(self, address: Address | None = unix(Path("model"))) -> None:  # noqa: B008
        self.address = address


def room(status: str = "InService", most: int | None = 4, *instances: Instance) -> Any:
    routes, running = Routes(PLACE), instances or (Instance(), Instance())
    variant = Variant("v", 1.0, running, len(running), most=most)
    routes.replace({"e": Route(status, (variant,), None, int(SHARE), most is not None)})
    unused: Any = None
    return AsyncInvocations(unused, PLACE, unused, routes, unused, unused, unused)._room


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
