"""Loops that the people of a work team cannot finish: failed once that is certain, and a warning before."""

import pytest

from secondlook.review import assignment, people, staffing, workteam
from tests.statements import statements


def decline(world, who, reason="blurred"):
    held = world.take(who)
    with world.store.write() as cx:
        assignment.decline(cx, world.people[who], held, reason, world.place, world.now)


def leave(world, *names):
    with world.store.write() as cx:
        for name in names:
            workteam.expel(cx, "team", world.people[name], world.now)


def shortages(world):
    with world.store.read() as cx:
        return staffing.shortages(cx, "team")


def test_two_answers_of_a_team_of_two_of_whom_one_declined_fail_the_loop_at_once(world):
    world.flow(task_count=2)
    leave(world, "carol")
    world.loop()
    decline(world, "alice")

    row = world.row()
    assert ("Failed", "Declined") == (row.status, row.failure_code)
    assert "1 person in the work team could still give the 2 answers that are needed" in row.failure_reason


def test_the_last_one_at_work_may_finish_and_the_answer_is_written(world):
    world.flow(task_count=2)
    leave(world, "carol")
    number = world.loop()
    held = world.take("bob")
    decline(world, "alice")
    assert "InProgress" == world.status()
    world.submit("bob", held)

    assert [{"loop_id": number}] == world.owed("close-loop")
    world.write_output()
    row = world.row()
    assert ("Failed", "Declined") == (row.status, row.failure_code)
    assert row.failure_reason.endswith("1 of 2 answers had arrived.")


def test_who_was_invited_and_has_not_joined_may_still_come(world):
    world.flow(task_count=2)
    leave(world, "carol")
    with world.store.write() as cx:
        people.invite(cx, "dora@example.org", "team", world.now)
    world.loop()
    decline(world, "alice")

    assert "InProgress" == world.status()


def test_who_ran_out_of_time_or_gave_it_back_may_take_it_again(world):
    world.flow(task_count=2, time_limit=60)
    world.loop()
    released, expired = world.take("alice"), world.take("bob")
    with world.store.write() as cx:
        assignment.release(cx, world.people["alice"], released, world.place, world.now)
        assignment.expire(cx, expired, world.place, world.later(seconds=71))
    decline(world, "carol")

    assert "InProgress" == world.status()


@pytest.mark.parametrize("members", [0, 2])
def test_a_team_that_is_merely_too_small_may_grow(world, members):
    world.flow(task_count=3)
    leave(world, *("carol", "bob", "alice")[: 3 - members])
    world.loop()
    if members:
        world.submit("alice", world.take("alice"))

    assert "InProgress" == world.status()
    (sentence,) = shortages(world)
    assert sentence.startswith(
        "Flow definition fd: Each human loop needs answers of 3 different workers, and "
    )
    assert (
        f"{'2 people' if members else 'nobody'} in the work team 'team' can take tasks, counting who is invited; "
        in sentence
    )


def test_enough_people_are_no_shortage(world):
    world.flow(task_count=3)

    assert [] == shortages(world)


def test_whoever_leaves_or_is_switched_off_owes_a_look_at_the_flow_definitions_of_the_team(world):
    world.flow()
    leave(world, "carol")
    with world.store.write() as cx:
        people.disable(cx, world.people["bob"], world.now)
        people.disable(cx, world.people["mallory"], world.now)

    assert 2 * [{"flow_id": 1}] == world.owed("settle-flow")


def test_the_look_goes_in_steps_and_finds_the_loops_that_somebody_declined(world):
    world.flow()
    loops = [world.loop(f"loop-{number}") for number in range(5)]
    decline(world, "alice")
    with world.store.read() as cx:
        first, last = staffing.declined_loops(cx, 1, None, 3)
        rest, end = staffing.declined_loops(cx, 1, last, 3)

    assert (([loops[0]], (0, loops[2])), ([], None)) == ((first, last), (rest, end))


def test_an_answer_asks_nobody_who_is_in_the_team(world):
    """Settling is on the way of every submit: members are counted only where somebody has declined."""
    world.flow(task_count=2)
    world.loop()
    held = world.take("alice")
    with statements(world.store) as sent:
        world.submit("alice", held)

    assert 1 == len([statement for statement in sent if "GROUP BY assignment.state" in statement])
    assert [] == [statement for statement in sent if "NOT (EXISTS" in statement]
