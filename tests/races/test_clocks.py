"""Two servers that look for the same duties."""

from __future__ import annotations

from datetime import timedelta

import pytest

from secondlook.store import outbox, tables

from .acts import writing

LEASE = timedelta(seconds=30)

pytestmark = pytest.mark.slow


def test_two_clocks_claim_each_duty_once(world, at_once, some):
    world.flow()
    for turn in range(some):
        with world.store.write() as cx:
            cx.execute(tables.duty.delete())
            for number in range(6):
                outbox.owe(cx, "tick", f"{turn}-{number}", {}, due=world.now, now=world.now)

        def claiming(owner):
            return writing(world, outbox.claim, owner, "tick", world.now, LEASE)

        first, second = at_once(claiming("one"), claiming("two"))
        claimed = [duty.id for duty in (*first, *second)]

        assert len(set(claimed)) == len(claimed)
