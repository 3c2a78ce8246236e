"""Room for bodies is taken in turn, and given back whatever happens."""

from __future__ import annotations

import asyncio

import pytest

from secondlook.wire.bodies import Bodies, NoRoom


def test_room_is_given_in_the_order_it_was_asked_for():
    async def story():
        bodies, order = Bodies(10), []

        async def take(name, size):
            order.append((name, await bodies.reserve(size)))

        first = await bodies.reserve(8)
        waiting = [asyncio.create_task(take("large", 6)), asyncio.create_task(take("small", 1))]
        await asyncio.sleep(0)
        assert order == []  # the small one would fit, but it came later

        bodies.release(first)
        await asyncio.gather(*waiting)
        return order

    assert asyncio.run(story()) == [("large", 6), ("small", 1)]


def test_who_waits_in_vain_is_told_and_holds_up_nobody():
    async def story():
        bodies = Bodies(10, wait=0.01)
        held = await bodies.reserve(10)
        with pytest.raises(NoRoom, match="Too many large requests"):
            await bodies.reserve(1)
        bodies.release(held)
        return await bodies.reserve(10)

    assert asyncio.run(story()) == 10


def test_who_leaves_while_waiting_gives_his_turn_to_the_next():
    async def story():
        bodies = Bodies(10)
        held = await bodies.reserve(10)
        leaver, next_one = asyncio.create_task(bodies.reserve(10)), asyncio.create_task(bodies.reserve(10))
        await asyncio.sleep(0)
        leaver.cancel()
        bodies.release(held)
        return await next_one

    assert asyncio.run(story()) == 10


def test_more_than_all_is_all():
    async def story():
        bodies = Bodies(10)
        bodies.release(await bodies.reserve(25))
        return await bodies.reserve(10)

    assert asyncio.run(story()) == 10
