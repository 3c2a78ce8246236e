"""Answers that their worker takes back, and what holds their loop open meanwhile."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from secondlook.review import assignment, draft, flow, loop, submitted_task, workteam
from secondlook.review.assignment import Page
from secondlook.review.draft import Draft
from secondlook.review.errors import Gone, Invalid, NotYours
from secondlook.review.people import account
from secondlook.store import tables

PAGE = Page(undo_seconds=10)


@pytest.fixture
def held(world):
    world.flow(time_limit=600)
    world.loop()
    return world.take("alice")


def row(world, number):
    with world.store.read() as cx:
        return cx.execute(select(tables.assignment).where(tables.assignment.c.id == number)).one()


def kept(world, number):
    with world.store.read() as cx:
        found = draft.find(cx, number)
    return found and found.content.value


def latest(world, who="alice"):
    with world.store.read() as cx:
        return submitted_task.latest(cx, world.people[who])


def actions(world):
    with world.store.read() as cx:
        return list(cx.scalars(select(tables.journal.c.action).order_by(tables.journal.c.id)))


def begun(text, revision=1):
    return Page(10, Draft.of({"answer": {"reply": text}}, revision))


def test_a_loop_ends_only_once_its_last_answer_is_final(world, held):
    until = world.submit("alice", held, page=PAGE)

    assert until == world.now + timedelta(seconds=10)
    assert [] == world.owed("close-loop")
    assert [{"assignment_id": held, "until": until.isoformat()}] == world.owed("end-undo")
    world.later(seconds=10)
    world.end_undo(held, until)
    assert 1 == len(world.owed("close-loop"))
    assert "InProgress" == world.status()


@pytest.mark.parametrize("page", [None, Page(undo_seconds=0)])
def test_without_a_time_to_undo_the_loop_ends_at_once(world, held, page):
    assert None is world.submit("alice", held, page=page)

    assert 1 == len(world.owed("close-loop"))
    with pytest.raises(Gone, match="final"):
        world.undo("alice", held)


@pytest.mark.parametrize(("seconds", "expected"), [(0, None), (30, 30)])
def test_the_flow_definition_says_for_how_long(world, held, seconds, expected):
    with world.store.write() as cx:
        flow.update_undo(cx, "fd", seconds, world.now)

    until = world.submit("alice", held, page=PAGE)

    assert until == (expected and world.now + timedelta(seconds=expected))


def test_what_is_taken_back_is_held_again_with_the_draft_it_was_made_of(world, held):
    deadline = row(world, held).deadline
    world.submit("alice", held, page=begun("half"))
    world.later(seconds=7)
    world.undo("alice", held)
    after = row(world, held)

    assert ("active", None, None) == (after.state, after.submitted_at, after.answer)
    assert {"answer": {"reply": "half"}} == kept(world, held)
    assert (deadline + timedelta(seconds=7), 7.0) == (after.deadline, after.paused_for)
    assert [] == world.owed("end-undo")
    assert [{"assignment_id": held}] == world.owed("expire-assignment")
    assert ["SubmitAssignment", "UndoSubmitAssignment"] == actions(world)[-2:]


def test_who_takes_back_what_they_submitted_in_the_last_second_has_a_minute(world, held):
    world.later(seconds=605)
    world.submit("alice", held, page=PAGE)
    world.later(seconds=5)
    world.undo("alice", held)

    assert world.now + timedelta(minutes=1) == row(world, held).deadline


def test_nobody_holds_a_task_for_ever_by_taking_it_back(world, held):
    limit = row(world, held).deadline
    for turn in range(1000):
        if world.submit("alice", held, {"turn": turn}, page=PAGE) is None:
            break
        world.later(seconds=9)
        world.undo("alice", held)
        world.later(seconds=50)

    assert limit < world.now < limit + timedelta(minutes=2)
    assert 1 == len(world.owed("close-loop"))


def test_taken_back_again_is_no_error_and_written_down_once(world, held):
    world.submit("alice", held, page=PAGE)
    world.undo("alice", held)
    world.undo("alice", held)

    assert 1 == actions(world).count("UndoSubmitAssignment")


def test_an_answer_given_again_has_its_own_time_to_undo(world, held):
    first = world.submit("alice", held, page=PAGE)
    world.later(seconds=9)
    world.undo("alice", held)
    second = world.submit("alice", held, {"by": "alice, again"}, page=PAGE)
    world.later(seconds=1)
    world.end_undo(held, first)

    assert [] == world.owed("close-loop")
    assert second == row(world, held).undoable_until


def test_the_same_answer_again_says_the_same_time(world, held):
    until = world.submit("alice", held, page=PAGE)
    world.later(seconds=3)

    assert until == world.submit("alice", held, page=PAGE)
    assert 1 == len(world.owed("end-undo"))


def test_the_loop_waits_for_each_answer_to_be_final(world):
    world.flow(task_count=2)
    world.loop()
    first, second = world.take("alice"), world.take("bob")
    until = world.submit("alice", first, page=PAGE)
    world.submit("bob", second)

    assert [] == world.owed("close-loop")
    world.end_undo(first, until)
    assert 1 == len(world.owed("close-loop"))


def test_a_loop_whose_availability_has_ended_waits_for_it_too(world, held):
    until = world.submit("alice", held, page=PAGE)
    world.later(days=2)
    with world.store.write() as cx:
        loop.reconsider(cx, world.row().id, world.place, world.now)

    assert [] == world.owed("close-loop")
    world.end_undo(held, until)
    assert "Completed" == world.row().outcome


def test_a_stop_makes_answers_final(world, held):
    world.submit("alice", held, page=PAGE)
    with world.store.write() as cx:
        loop.stop(cx, "loop-1", world.place, world.now)

    assert ("Stopped", 1) == (world.row().outcome, len(world.owed("close-loop")))
    with pytest.raises(Gone, match="final"):
        world.undo("alice", held)


def test_of_a_loop_that_is_being_stopped_an_answer_is_final_at_once(world, held):
    with world.store.write() as cx:
        loop.stop(cx, "loop-1", world.place, world.now)

    assert None is world.submit("alice", held, page=PAGE)
    assert 1 == len(world.owed("close-loop"))


def test_nobody_takes_back_what_is_not_theirs(world, held):
    world.submit("alice", held, page=PAGE)

    with pytest.raises(NotYours):
        world.undo("bob", held)
    with world.store.write() as cx:
        workteam.expel(cx, "team", world.people["alice"], world.now)
    with pytest.raises(NotYours, match="not a member"):
        world.undo("alice", held)


def test_whoever_is_disabled_takes_nothing_back_and_the_answer_counts(world, held):
    until = world.submit("alice", held, page=PAGE)
    with world.store.write() as cx:
        account.disable(cx, world.people["alice"], world.now)

    with pytest.raises(NotYours, match="not a member"):
        world.undo("alice", held)
    world.end_undo(held, until)
    assert 1 == len(world.owed("close-loop"))


def test_a_loop_whose_answer_can_be_taken_back_is_not_deleted_before_it_is_stopped(world, held):
    world.submit("alice", held, page=PAGE)

    with world.store.write() as cx, pytest.raises(Invalid, match="stop it first"):
        loop.remove(cx, "loop-1", world.now)


def test_what_was_declined_cannot_be_undone(world, held):
    with world.store.write() as cx:
        assignment.decline(cx, world.people["alice"], held, None, world.place, world.now)

    with pytest.raises(Gone, match="declined"):
        world.undo("alice", held)


def test_the_end_of_a_loop_that_is_gone_is_nothing(world, held):
    world.end_undo(999, datetime.fromisoformat("2026-03-02T09:00:00+00:00"))

    assert [] == world.owed("close-loop")


def test_the_draft_of_the_latest_alone_is_kept(world, held):
    world.loop("loop-2")
    until = world.submit("alice", held, page=begun("first"))
    world.end_undo(held, until)
    assert {"answer": {"reply": "first"}} == kept(world, held)
    second = world.take("alice")
    world.later(seconds=11)
    world.submit("alice", second, page=begun("second"))

    assert (None, {"answer": {"reply": "second"}}) == (kept(world, held), kept(world, second))
    assert ("loop-2", second) == (latest(world).loop, latest(world).assignment_id)


def test_an_answer_replaces_a_newer_draft_of_another_tab(world, held):
    with world.store.write() as cx:
        newer = Draft.of({"answer": {"reply": "elsewhere"}}, 9)
        assignment.save_draft(cx, world.people["alice"], held, newer, world.now)
    world.submit("alice", held, page=begun("here", 5))

    assert {"answer": {"reply": "here"}} == kept(world, held)


def test_who_has_submitted_nothing_or_left_has_no_latest(world, held):
    assert None is latest(world)
    world.submit("alice", held)
    assert held == latest(world).assignment_id
    with world.store.write() as cx:
        workteam.expel(cx, "team", world.people["alice"], world.now)
    assert None is latest(world)


def test_only_what_they_submitted_is_shown_to_its_worker(world, held):
    with world.store.read() as cx, pytest.raises(Gone, match="not submitted"):
        submitted_task.find(cx, world.people["alice"], held)
    world.submit("alice", held)
    with world.store.read() as cx, pytest.raises(NotYours):
        submitted_task.find(cx, world.people["bob"], held)
    with world.store.read() as cx, pytest.raises(Gone):
        submitted_task.find(cx, world.people["alice"], 999)
