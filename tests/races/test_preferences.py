"""Two tabs of a worker at once: neither loses what the other remembers; and a flow definition that goes meanwhile."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from secondlook.review import flow, preference
from secondlook.review.errors import NotYours
from secondlook.store import tables

from .acts import writing

pytestmark = pytest.mark.slow


def keeping(world, change, name):
    return writing(world, preference.keep, world.people["alice"], name, change, world.now)


def test_two_tabs(world, at_once, some):
    for turn in range(some):
        world.flow(f"fd-{turn}")
        tabs = [keeping(world, {f"tab{tab}": tab, "mode": tab}, f"fd-{turn}") for tab in range(3)]
        assert [None] * 3 == at_once(*tabs)

        with world.store.read() as cx:
            kept = preference.find(cx, world.people["alice"], f"fd-{turn}")
        assert {"tab0": 0, "tab1": 1, "tab2": 2, "mode": kept["mode"]} == kept
        assert kept["mode"] in range(3)


def test_a_tab_against_the_end_of_its_flow_definition(world, at_once, some):
    for turn in range(some):
        world.flow(f"fd-{turn}")
        with world.store.write() as cx:
            flow.begin_delete(cx, f"fd-{turn}", world.now)
            number = cx.scalar(select(tables.flow.c.id).where(tables.flow.c.name == f"fd-{turn}"))
        ending = writing(world, flow.finish_delete, number)
        kept, _ = at_once(keeping(world, {"mode": "draw"}, f"fd-{turn}"), ending)

        assert kept is None or isinstance(kept, NotYours)
        with world.store.read() as cx:
            assert 0 == cx.scalar(select(func.count()).select_from(tables.preference))
