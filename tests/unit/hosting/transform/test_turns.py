"""Who asks an instance: many side by side, or one alone."""

from __future__ import annotations

import asyncio

from secondlook.hosting.transform.budget import Budget
from secondlook.hosting.transform.turns import Turns


def test_whoever_is_alone_meets_nobody_and_is_not_kept_waiting_by_those_who_come_later():
    async def story() -> list[str]:
        turns, order, leave = Turns(), [], asyncio.Event()

        async def enter(name: str, *, alone: bool) -> None:
            async with turns.turn(alone=alone):
                order.append(f"{name} in")
                if name == "a":
                    await leave.wait()
                order.append(f"{name} out")

        async with asyncio.TaskGroup() as group:
            group.create_task(enter("a", alone=False))
            group.create_task(enter("b", alone=False))
            await asyncio.sleep(0)
            group.create_task(enter("lonely", alone=True))
            for _ in range(5):
                await asyncio.sleep(0)
            group.create_task(enter("late", alone=False))
            for _ in range(5):
                await asyncio.sleep(0)
            leave.set()
        return order

    order = asyncio.run(story())

    assert ["a in", "b in", "b out"] == order[:3]
    assert ["a out", "lonely in", "lonely out", "late in", "late out"] == order[3:]


def test_whoever_gives_up_waiting_to_be_alone_keeps_nobody_out():
    async def story() -> str:
        turns = Turns()
        async with turns.turn(alone=False):
            lonely = asyncio.create_task(turns.turn(alone=True).__aenter__())
            for _ in range(3):
                await asyncio.sleep(0)
            lonely.cancel()
            await asyncio.gather(lonely, return_exceptions=True)
        async with asyncio.timeout(5), turns.turn(alone=False):
            return "in"

    assert "in" == asyncio.run(story())


def test_a_budget_is_kept_and_one_request_may_be_larger():
    async def story() -> list[str]:
        budget, taken = Budget(2, 10), []

        async def take(name: str, size: int) -> None:
            await budget.take(size)
            taken.append(name)

        large = asyncio.create_task(take("large", 50))
        await large
        small = asyncio.create_task(take("small", 1))
        for _ in range(3):
            await asyncio.sleep(0)
        taken.append("given back")
        await budget.give_back(50)
        await small
        await take("second", 9)
        third = asyncio.create_task(take("third", 0))
        for _ in range(3):
            await asyncio.sleep(0)
        taken.append("given back")
        await budget.give_back(1)
        await third
        return taken

    assert ["large", "given back", "small", "second", "given back", "third"] == asyncio.run(story())
