"""What a worker likes is kept for them and the flow definition alone, within limits, each name for itself."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select, update

from secondlook.review import preference
from secondlook.review.decisions.preferences import MOST_BYTES, MOST_NAMES, accept, merged
from secondlook.review.errors import Invalid, NotYours
from secondlook.store import tables

LARGE = "x" * 4000


@pytest.mark.parametrize("name", ["mode", "a", "raster.opacity", "a" * 40, "constructor", "a.B.9"])
def test_names_that_are_taken(name):
    assert {name: 1} == accept({name: 1})


@pytest.mark.parametrize("name", ["", "Mode", "9", ".a", "__proto__", "a" * 41, "a-b", "a b", "mode\n", "é"])
def test_names_that_are_refused(name):
    with pytest.raises(Invalid, match="is no name of a preference"):
        accept({name: 1})


def test_a_value_has_four_kilobytes_at_most():
    assert accept({"keys": "日" * 1364}) == {"keys": "日" * 1364}
    with pytest.raises(Invalid, match="'keys' has 4,097 bytes; at most 4,096"):
        accept({"keys": "日" * 1365})


def test_a_page_names_so_many_at_once():
    assert MOST_NAMES == len(accept({f"a{number}": 1 for number in range(MOST_NAMES)}))
    with pytest.raises(Invalid, match="41 preferences"):
        accept({f"a{number}": 1 for number in range(MOST_NAMES + 1)})


def test_what_no_database_can_hold_is_left_out_as_of_an_answer():
    assert {"keys": {"a": "b?"}} == accept({"keys": {"a\x00": "b\ud83d"}})


def test_what_is_nested_without_end_is_refused():
    value: list = []
    for _ in range(100):
        value = [value]

    with pytest.raises(Invalid, match="nested deeper"):
        accept({"keys": value})


def test_each_name_is_for_itself_and_null_forgets():
    assert {"b": 3, "c": 4} == merged({"a": 1, "b": 2}, {"a": None, "b": 3, "c": 4, "d": None})


def test_what_there_is_no_room_for_stays_as_it_was():
    kept = {f"a{number}": LARGE for number in range(4)}

    assert kept == merged(kept, {"more": LARGE})
    assert {**kept, "more": 1} == merged(kept, {"more": 1})
    assert LARGE == merged(kept, {"a0": None, "more": LARGE})["more"]
    assert MOST_NAMES == len(merged({f"a{n}": 1 for n in range(30)}, {f"b{n}": 1 for n in range(30)}))
    assert MOST_BYTES > 4 * len(LARGE)


@pytest.fixture
def keep(world):
    world.flow("fd")

    def keep(change, who="alice", flow="fd"):
        with world.store.write() as cx:
            preference.keep(cx, world.people[who], flow, accept(change), world.now)

    return keep


@pytest.fixture
def kept(world):
    def kept(who="alice", flow="fd"):
        with world.store.read() as cx:
            return preference.find(cx, world.people[who], flow)

    return kept


def test_nothing_is_kept_at_first(kept):
    assert {} == kept()


def test_changes_are_merged(keep, kept):
    keep({"mode": "draw", "brightness": 1.5})
    keep({"mode": "select", "label": "cat"})
    keep({"brightness": None})

    assert {"mode": "select", "label": "cat"} == kept()


def test_nobody_else_and_no_other_flow_definition_has_them(world, keep, kept):
    world.flow("other")
    keep({"mode": "select"})
    keep({"mode": "draw"}, flow="other")

    assert ({}, {"mode": "draw"}, {"mode": "select"}) == (kept("bob"), kept(flow="other"), kept())


@pytest.mark.parametrize("flow", ["missing", "fd"])
def test_only_who_may_work_on_it_keeps_some(world, keep, kept, flow):
    with world.store.write() as cx:
        cx.execute(update(tables.person).values(disabled_at=world.now))

    with pytest.raises(NotYours, match=flow):
        keep({"mode": "select"}, flow=flow)
    assert {} == kept()


def test_they_go_with_the_flow_definition(world, keep, kept):
    keep({"mode": "select"})
    keep({"mode": "select"}, who="bob")
    world.delete_flow("fd")

    with world.store.read() as cx:
        assert 0 == cx.scalar(select(func.count()).select_from(tables.preference))
    world.flow("fd")
    assert {} == kept()


def test_they_go_with_the_person(world, keep):
    keep({"mode": "select"})
    with world.store.write() as cx:
        cx.execute(tables.person.delete().where(tables.person.c.id == world.people["alice"]))

    with world.store.read() as cx:
        assert 0 == cx.scalar(select(func.count()).select_from(tables.preference))
