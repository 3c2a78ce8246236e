"""Room for bodies is taken in turn, nobody takes it all, and it is given back whatever happens."""

from __future__ import annotations

import asyncio

import pytest

from secondlook.wire.bodies import SMALL, Bodies, NoRoom

LARGE = 10 * SMALL
"""Ten owners could hold one such body each."""


def budget(wait=5.0):
    return Bodies(10 * LARGE, wait)


async def filled(bodies):
    """All of the budget held by two owners."""
    return [await bodies.reserve(5 * LARGE, owner) for owner in ("one", "another")]


def test_room_is_given_in_the_order_it_was_asked_for():
    async def story():
        bodies, order = budget(), []

        async def take(owner, size):
            await bodies.reserve(size, owner)
            order.append(owner)

        first, _second = await filled(bodies)
        waiting = [
            asyncio.create_task(take(owner, size)) for owner, size in (("large", 5 * LARGE), ("small", LARGE))
        ]
        await asyncio.sleep(0)
        bodies.release(await bodies.reserve(SMALL, "tiny"))
        assert order == []

        bodies.release(first)
        await waiting[0]
        waiting[1].cancel()
        return order

    assert asyncio.run(story()) == ["large"]


def test_a_small_body_never_waits():
    async def story():
        bodies = budget()
        await filled(bodies)
        return (await bodies.reserve(SMALL, "third")).size

    assert asyncio.run(story()) == 0


def test_one_owner_holds_half_at_most_and_waits_for_himself_alone():
    async def story():
        bodies = budget(wait=0.05)
        held = [await bodies.reserve(LARGE, "greedy") for _ in range(5)]
        greedy = asyncio.create_task(bodies.reserve(LARGE, "greedy"))
        await asyncio.sleep(0)
        await bodies.reserve(5 * LARGE, "modest")
        with pytest.raises(NoRoom):
            await greedy
        bodies.release(held[0])
        return (await bodies.reserve(LARGE, "greedy")).size

    assert asyncio.run(story()) == LARGE


def test_who_waits_in_vain_is_told_and_holds_up_nobody():
    async def story():
        bodies = budget(wait=0.01)
        first, _second = await filled(bodies)
        with pytest.raises(NoRoom, match="Too many large requests"):
            await bodies.reserve(LARGE, "third")
        bodies.release(first)
        return (await bodies.reserve(5 * LARGE, "third")).size

    assert asyncio.run(story()) == 5 * LARGE


def test_who_leaves_while_waiting_gives_his_turn_to_the_next():
    async def story():
        bodies = budget()
        first, _second = await filled(bodies)
        leaver, follower = (asyncio.create_task(bodies.reserve(5 * LARGE, owner)) for owner in "ab")
        await asyncio.sleep(0)
        leaver.cancel()
        bodies.release(first)
        return (await follower).owner

    assert asyncio.run(story()) == "b"


def test_more_than_a_share_is_a_share():
    async def story():
        bodies = budget()
        bodies.release(await bodies.reserve(25 * LARGE, "one"))
        return (await bodies.reserve(25 * LARGE, "one")).size

    assert asyncio.run(story()) == 5 * LARGE
