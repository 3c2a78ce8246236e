"""Loops that are offered sooner or later, and that are asked for more or fewer answers."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from secondlook.review import assignment, closing, loop
from secondlook.review.decisions import output
from secondlook.review.errors import Invalid, NotFound
from secondlook.review.stories import progress
from secondlook.store import tables


def loop_of(world, assignment_id):
    with world.store.read() as cx:
        query = select(tables.loop.c.name).join(
            tables.assignment, tables.assignment.c.loop_id == tables.loop.c.id
        )
        return cx.scalar(query.where(tables.assignment.c.id == assignment_id))


def answer_next(world, who="alice"):
    held = world.take(who)
    if held is None:
        return None
    world.submit(who, held)
    return loop_of(world, held)


def answer_all(world, who="alice"):
    return list(iter(lambda: answer_next(world, who), None))


@pytest.fixture
def loops(world):
    """Four of a flow definition that asks for two answers each."""
    world.flow(task_count=2)
    return [world.loop(name) for name in ("a", "b", "c", "d")]


def test_loops_are_offered_by_priority_and_those_of_one_by_age(world, loops):
    world.update("d", priority=5)
    world.update("b", priority=5)
    world.update("a", priority=-1)

    assert ["b", "d", "c", "a"] == answer_all(world)


@pytest.mark.parametrize("priority", [-3, 5])
def test_a_loop_that_changes_its_priority_is_lost_to_nobody(world, loops, priority):
    """Also where it comes to loops that a worker is past."""
    for name in ("b", "c", "d"):
        world.update(name, priority=priority)
    assert 4 == len(answer_all(world))
    assert 4 == len({answer_next(world, "bob") for _ in range(4)})
    for name in ("e", "f", "g"):
        world.loop(name)
    assert ["e", "f"] == [answer_next(world), answer_next(world)]
    world.update("g", priority=priority)
    assert ["g"] == answer_all(world)
    world.loop("h")
    world.update("h", priority=priority)
    world.update("h", priority=0)

    assert ["h"] == answer_all(world)
    assert {"e", "f", "g", "h"} == set(answer_all(world, "bob"))


def test_a_released_loop_of_another_priority_is_offered_again(world, loops):
    world.update("c", priority=2)
    held = world.take("alice")
    with world.store.write() as cx:
        assignment.release(cx, world.people["alice"], held, world.place, world.now)

    assert "c" == loop_of(world, held) == loop_of(world, world.take("alice"))


def test_the_job_list_counts_all_priorities_and_shows_who_waits_longest(world, loops):
    began = world.now
    world.later(seconds=60)
    world.loop("e")
    world.update("e", priority=9)
    world.update("b", priority=-9)
    (job,) = world.jobs("alice")

    assert (5, began) == (job.waiting, job.oldest)


def test_another_opinion_can_be_asked_for_while_a_loop_is_open(world, loops):
    world.submit("alice", world.take("alice"))
    world.update("a", task_count=3)
    for who in ("bob", "carol"):
        assert world.row("a").closing_at is None
        world.submit(who, world.take(who))
    with world.store.read() as cx:
        contents = closing.to_write(cx, loops[0], world.place, "https://here")
        row = progress.loop_by_name(cx, "a")

    assert ("Completed", 3, 3) == (world.row("a").outcome, row.answers, row.task_count)
    answers = json.loads(output.document(contents))["humanAnswers"]
    assert [{"by": "alice"}, {"by": "bob"}, {"by": "carol"}] == [
        answer["answerContent"] for answer in answers
    ]


def test_a_loop_with_as_many_answers_as_are_asked_of_it_is_over(world, loops):
    world.submit("alice", world.take("alice"))
    world.update("a", task_count=1)

    assert "Completed" == world.row("a").outcome
    assert 1 == len(world.owed("close-loop"))


def test_nobody_at_work_is_cut_off(world, loops):
    world.submit("alice", world.take("alice"))
    world.take("bob")

    with pytest.raises(Invalid, match="has 1 answer, and 1 worker at work on it: ask for at least 2 answers"):
        world.update("a", task_count=1)


def test_answers_that_nobody_could_give_are_not_asked_for(world, loops):
    held = world.take("alice")
    with world.store.write() as cx:
        assignment.decline(cx, world.people["alice"], held, None, world.place, world.now)

    with pytest.raises(Invalid, match="could not be given 3 answers: 1 worker declined"):
        world.update("a", task_count=3)
    assert "InProgress" == world.status("a")


def test_a_loop_that_is_over_is_left_as_it_is(world, loops):
    for who in ("alice", "bob"):
        world.submit(who, world.take(who))
    with pytest.raises(Invalid, match="'a' is being closed: its answers are complete"):
        world.update("a", task_count=3)
    world.write_output("a")
    with pytest.raises(Invalid, match=r"'a' is Completed.*only while it is open"):
        world.update("a", priority=3)
    with world.store.write() as cx:
        loop.stop(cx, "b", world.place, world.now)
    with pytest.raises(Invalid, match="'b' is Stopped"):
        world.update("b", task_count=3)
    with pytest.raises(NotFound):
        world.update("nope", task_count=3)


def test_the_journal_says_what_was_changed(world, loops):
    world.update("a", priority=5, task_count=3)
    with world.store.read() as cx:
        query = select(tables.journal.c.resource, tables.journal.c.detail)
        entries = cx.execute(query.where(tables.journal.c.action == "UpdateLoop")).all()

    assert [("a", {"priority": 5, "taskCount": 3})] == entries
