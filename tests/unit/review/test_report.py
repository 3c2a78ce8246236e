"""What pages report and why tasks are declined: kept so far, shown to the requester, gone with the loop."""

import pytest
from sqlalchemy import func, select

from secondlook.review import assignment, loop, report
from secondlook.review.errors import Gone, NotYours
from secondlook.review.stories import progress
from secondlook.store import tables


@pytest.fixture
def held(world):
    world.flow(task_count=2)
    world.loop()
    return world.take("alice")


def say(world, number, message, who="alice"):
    with world.store.write() as cx:
        return assignment.report(cx, world.people[who], number, message, world.place, world.later(seconds=1))


def reports(world):
    with world.store.read() as cx:
        return [(row.email, row.message) for row in progress.reports(cx, world.row().id)]


def announced(world):
    return [owed["event"] for owed in world.owed("publish-event")]


def test_a_report_is_kept_and_announced_with_its_worker(world, held):
    assert say(world, held, "cat.jpg cannot be loaded")

    assert [("alice@example.org", "cat.jpg cannot be loaded")] == reports(world)
    (document,) = announced(world)
    assert "secondlook HumanLoop Page Problem" == document["detail-type"]
    assert "cat.jpg cannot be loaded" == document["detail"]["message"]
    assert "alice" not in str(document)


def test_the_same_report_twice_is_one(world, held):
    assert (True, False) == (say(world, held, "x"), say(world, held, " x "))
    assert 1 == len(reports(world)) == len(announced(world))


def test_each_worker_may_report_the_same(world, held):
    other = world.take("bob")
    say(world, held, "x")
    say(world, other, "x", "bob")

    assert [("alice@example.org", "x"), ("bob@example.org", "x")] == reports(world)


def test_a_page_may_say_only_so_much(world, held):
    for number in range(report.MOST + 5):
        say(world, held, f"{number} {'x' * 3000}")

    assert report.MOST == len(reports(world)) == len(announced(world))
    assert {2000} == {len(message) for _, message in reports(world)}


@pytest.mark.parametrize("message", ["", "  ", "\x00"])
def test_nothing_is_no_report(world, held, message):
    assert not say(world, held, message)
    assert [] == reports(world)


def test_what_no_database_holds_is_left_out(world, held):
    say(world, held, "a\x00b \ud800")

    assert [("alice@example.org", "ab ?")] == reports(world)


def test_only_who_holds_the_task_reports(world, held):
    with pytest.raises(NotYours):
        say(world, held, "x", "bob")
    world.submit("alice", held)
    with pytest.raises(Gone):
        say(world, held, "x")


def test_reports_go_with_their_loop(world, held):
    say(world, held, "x")
    with world.store.write() as cx:
        assignment.release(cx, world.people["alice"], held, world.place, world.now)
        loop.stop(cx, "loop-1", world.place, world.now)
        loop.remove(cx, "loop-1", world.now)

    with world.store.read() as cx:
        assert 0 == cx.scalar(select(func.count()).select_from(tables.report))


@pytest.mark.parametrize(("reason", "kept"), [("blur\x00red ", "blurred"), (None, None), (" ", None)])
def test_a_decline_is_announced_with_its_reason(world, held, reason, kept):
    with world.store.write() as cx:
        assignment.decline(cx, world.people["alice"], held, reason, world.place, world.now)

    (document,) = announced(world)
    assert "secondlook HumanLoop Task Declined" == document["detail-type"]
    assert kept == document["detail"]["reason"]
    with world.store.read() as cx:
        assert [kept] == [row.reason for row in progress.holders(cx, world.row().id)]
