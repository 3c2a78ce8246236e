"""An answer against another answer, a stop, an expiry, a release: exactly one end, and nothing lost."""

from __future__ import annotations

import pytest

from secondlook.review import assignment, closing, loop, staffing, workteam
from secondlook.review.errors import ReviewError
from secondlook.store.document import Document

from .acts import decline, end, owed, row, states, submitting, writing

pytestmark = pytest.mark.slow


def test_two_last_answers_close_the_loop_once(world, at_once, repeats):
    world.flow(task_count=2)
    for turn in range(repeats):
        number = world.loop(f"loop-{turn}")
        held = {who: world.take(who) for who in ("alice", "bob")}
        at_once(*(submitting(world, who, held[who]) for who in held))

        assert {"submitted": 2} == states(world, number)
        assert 1 == owed(world, "close-loop", number)
        assert row(world, number).closing_at is not None


def test_one_answer_submitted_twice_counts_once(world, at_once, repeats):
    world.flow()
    for turn in range(repeats):
        number = world.loop(f"loop-{turn}")
        held = world.take("alice")
        done = at_once(submitting(world, "alice", held), submitting(world, "alice", held))

        assert [None, None] == done
        assert ({"submitted": 1}, 1) == (states(world, number), owed(world, "close-loop", number))


def test_submit_against_stop_keeps_the_answer_either_way(world, at_once, repeats):
    world.flow()
    for turn in range(repeats):
        number = world.loop(f"loop-{turn}")
        held = world.take("alice")
        at_once(
            submitting(world, "alice", held),
            writing(world, loop.stop, f"loop-{turn}", world.place, world.now),
        )
        loop_row = row(world, number)

        assert {"submitted": 1} == states(world, number)
        assert 1 == owed(world, "close-loop", number)
        assert (loop_row.status, loop_row.outcome) in {("InProgress", "Completed"), ("Stopping", "Stopped")}


def test_submit_against_the_loops_expiry_keeps_the_answer(world, at_once, repeats):
    world.flow(availability=60)
    for turn in range(repeats):
        number = world.loop(f"loop-{turn}")
        held = world.take("alice")
        world.later(seconds=61)
        at_once(
            submitting(world, "alice", held), writing(world, loop.reconsider, number, world.place, world.now)
        )

        assert {"submitted": 1} == states(world, number)
        assert ("Completed", 1) == (row(world, number).outcome, owed(world, "close-loop", number))


def test_submit_against_the_tasks_expiry_ends_in_exactly_one_of_both(world, at_once, repeats):
    world.flow(time_limit=60)
    for turn in range(repeats):
        number = world.loop(f"loop-{turn}")
        held = world.take("alice")
        in_time, too_late = world.later(seconds=60), world.later(seconds=11)
        answered = writing(
            world,
            assignment.submit,
            world.people["alice"],
            held,
            Document.of({"by": "alice"}),
            world.place,
            in_time,
        )
        at_once(answered, writing(world, assignment.expire, held, world.place, too_late))
        counts = states(world, number)

        assert counts in ({"submitted": 1}, {"expired": 1})
        assert counts["submitted"] == owed(world, "close-loop", number)
        if counts["expired"]:
            end(world, number)


def test_submit_against_release_of_the_same_task_ends_in_exactly_one_of_both(world, at_once, repeats):
    world.flow()
    for turn in range(repeats):
        number = world.loop(f"loop-{turn}")
        held = world.take("alice")
        leaving = writing(world, assignment.release, world.people["alice"], held, world.place, world.now)
        done = at_once(submitting(world, "alice", held), leaving)
        counts = states(world, number)

        assert 1 == sum(isinstance(result, ReviewError) for result in done)
        assert counts["submitted"] == owed(world, "close-loop", number)
        if counts["released"]:
            end(world, number)


def test_a_decline_against_the_other_one_leaving_the_team_never_waits_for_nobody(world, at_once, repeats):
    world.flow()
    with world.store.write() as cx:
        workteam.expel(cx, "team", world.people["carol"], world.now)
    for turn in range(repeats):
        number = world.loop(f"loop-{turn}")
        held = world.take("alice")
        at_once(
            writing(world, assignment.decline, world.people["alice"], held, None, world.place, world.now),
            lambda: leave(world, "bob"),
        )

        assert ("Failed", "Declined") == (row(world, number).status, row(world, number).failure_code)
        writing(world, workteam.add, "team", [world.people["bob"]], world.now)()


def test_an_output_written_again_by_two_at_once_is_announced_once(world, at_once, repeats):
    world.flow()
    for turn in range(repeats):
        name = f"loop-{turn}"
        number = world.loop(name)
        submitting(world, "alice", world.take("alice"))()
        writing(world, closing.failed, number, "gone", world.place, world.now)()
        again = writing(world, closing.rewritten, number, world.place, world.now)
        at_once(again, again)

        assert "Completed" == row(world, number).status
        assert 2 == owed(world, "publish-event", name)  # that it failed, and that it was written


def leave(world, who):
    """Leave the team, and do the duty that this owes at once."""
    writing(world, workteam.expel, "team", world.people[who], world.now)()
    with world.store.read() as cx:
        declined, _ = staffing.declined_loops(cx, 1, None, 1000)
    for loop_id in declined:
        writing(world, loop.reconsider, loop_id, world.place, world.now)()


def test_the_last_two_declines_fail_the_loop_once(world, at_once, repeats):
    world.flow(task_count=2)
    for turn in range(repeats):
        name = f"loop-{turn}"
        number = world.loop(name)
        decline(world, "carol", world.take("carol"))
        held = {who: world.take(who) for who in ("alice", "bob")}
        at_once(
            *(
                writing(world, assignment.decline, world.people[who], held[who], None, world.place, world.now)
                for who in held
            )
        )

        assert ("Failed", "Declined") == (row(world, number).status, row(world, number).failure_code)
        assert len(held) + 1 + 1 == owed(world, "publish-event", name)  # each decline, and how the loop ended
