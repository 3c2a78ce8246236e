"""Taking tasks: slots, cursors, drafts, time [lifecycle.md, Assignment; portal.md]."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from secondlook.review import assignment, closing, draft
from secondlook.review.draft import Draft
from secondlook.review.errors import Gone, NotYours
from secondlook.review.stories import job_list
from secondlook.store import tables
from tests.statements import statements


def test_the_oldest_loop_is_offered_first_and_to_one_worker_only(world):
    world.flow()
    first, second = world.loop("one"), world.loop("two")

    assert (first, second) == (_loop_of(world, world.take("alice")), _loop_of(world, world.take("bob")))
    assert world.take("carol") is None


def test_as_many_workers_as_asked_for_may_hold_a_loop(world):
    world.flow(task_count=2)
    world.loop()
    taken = [world.take(who) for who in ("alice", "bob", "carol")]

    assert [True, True, False] == [number is not None for number in taken]


def test_taking_again_resumes_what_is_held(world):
    world.flow()
    world.loop()
    held = world.take("alice")

    assert held == world.take("alice")


def test_a_worker_never_answers_a_loop_twice(world):
    world.flow(task_count=3)
    world.loop()
    world.submit("alice", world.take("alice"))

    assert world.take("alice") is None


def test_submitting_the_same_answer_again_is_no_error(world):
    world.flow(task_count=2)
    world.loop()
    held = world.take("alice")
    world.submit("alice", held)
    world.submit("alice", held)

    with pytest.raises(Gone, match="submitted"):
        world.submit("alice", held, {"by": "somebody else"})


def test_a_released_loop_goes_back_and_may_be_taken_by_the_same_worker(world):
    world.flow()
    number = world.loop()
    world.loop("two")
    held = world.take("alice")
    with world.store.write() as cx:
        assignment.release(cx, world.people["alice"], held, world.place, world.now)

    assert number == _loop_of(world, world.take("alice"))


def test_a_declined_loop_is_not_offered_to_the_same_worker(world):
    world.flow()
    world.loop("one")
    second = world.loop("two")
    held = world.take("alice")
    with world.store.write() as cx:
        assignment.decline(cx, world.people["alice"], held, "blurred", world.place, world.now)

    assert second == _loop_of(world, world.take("alice"))


def test_when_the_time_limit_runs_out_the_slot_goes_back_and_the_draft_stays_for_the_same_worker(world):
    world.flow(time_limit=60)
    world.loop()
    held = world.take("alice")
    with world.store.write() as cx:
        begun = Draft.of({"answer": {"a": 1}}, 1)
        assignment.save_draft(cx, world.people["alice"], held, begun, world.now)
        assignment.expire(cx, held, world.place, world.later(seconds=75))

    with pytest.raises(Gone, match="draft is kept"):
        world.submit("alice", held)
    bobs = world.take("bob")
    with world.store.write() as cx:
        assert draft.find(cx, bobs) is None
        assignment.release(cx, world.people["bob"], bobs, world.place, world.now)
    held = _again(world, "alice")
    with world.store.read() as cx:
        again = draft.find(cx, held)

    assert {"answer": {"a": 1}} == again.content.value


def test_a_submit_sent_before_the_deadline_counts_if_it_arrives_just_after(world):
    world.flow(time_limit=60)
    world.loop()
    held = world.take("alice")
    world.later(seconds=65)
    world.submit("alice", held)

    assert 1 == len(world.owed("close-loop"))


def test_a_pause_does_not_count_as_time_spent(world):
    world.flow()
    number = world.loop()
    held = world.take("alice")
    with world.store.write() as cx:
        assignment.pause(cx, world.people["alice"], held, world.later(seconds=10))
        assignment.resume(cx, world.people["alice"], held, world.later(seconds=100))
    world.later(seconds=5)
    world.submit("alice", held)

    with world.store.read() as cx:
        answer = closing.to_write(cx, number, world.place, "x").answers[0]
    assert 100.0 == answer.paused_for


def test_another_worker_cannot_touch_a_held_task(world):
    world.flow()
    world.loop()
    held = world.take("alice")

    with pytest.raises(NotYours):
        world.submit("mallory", held)


def test_who_left_the_team_cannot_submit(world):
    world.flow()
    world.loop()
    held = world.take("alice")
    with world.store.write() as cx:
        cx.execute(tables.membership.delete().where(tables.membership.c.person_id == world.people["alice"]))

    with pytest.raises(NotYours, match="team"):
        world.submit("alice", held)


def test_a_stranger_sees_and_takes_nothing(world):
    world.flow()
    world.loop()

    assert [] == world.jobs("mallory")
    with pytest.raises(NotYours):
        world.take("mallory")


def test_the_job_list_counts_what_waits_and_names_what_is_held(world):
    world.flow()
    world.loop("one")
    world.loop("two")
    number = world.take("alice")
    [job] = world.jobs("alice")

    assert ("fd", "Look again", 1) == (job.flow, job.title, job.waiting)
    assert [(number, "one", "active")] == [(held.assignment_id, held.loop, held.state) for held in job.held]


def test_counts_stop_at_a_thousand(world):
    world.flow()
    with world.store.write() as cx:
        number = cx.scalar(select(tables.flow.c.id))
        plain = {
            "flow_id": number,
            "template": "x",
            "status": "InProgress",
            "ready": True,
            "input_sha256": "x",
            "created_at": world.now,
            "expires_at": world.now.replace(year=2027),
        }
        cx.execute(insert(tables.loop), [{**plain, "name": f"l{index}"} for index in range(1200)])

    assert [job_list.COUNT_UP_TO] == [job.waiting for job in world.jobs("alice")]


def test_the_cursor_moves_past_what_the_worker_has_answered(world):
    world.flow(task_count=3)
    numbers = [world.loop(f"l{index}") for index in range(4)]
    for _ in range(3):
        world.submit("alice", world.take("alice"))

    assert numbers[2] <= _cursor_of(world, "alice")
    assert numbers[3] == _loop_of(world, world.take("alice"))


def _again(world, who):
    taken = world.take(who)
    assert taken is not None
    return taken


def _loop_of(world, assignment_id):
    with world.store.read() as cx:
        return cx.scalar(select(tables.assignment.c.loop_id).where(tables.assignment.c.id == assignment_id))


def _cursor_of(world, who):
    with world.store.read() as cx:
        return cx.scalar(
            select(tables.cursor.c.loop_id).where(tables.cursor.c.person_id == world.people[who])
        )


def test_the_job_list_asks_as_much_for_many_flow_definitions_as_for_one(world):
    world.flow("fd-0")
    with statements(world.store) as among_one:
        world.jobs("alice")
    for number in range(1, 20):
        world.flow(f"fd-{number}")
        world.loop(f"loop-{number}", f"fd-{number}")
    with statements(world.store) as among_twenty:
        jobs = world.jobs("alice")

    assert among_one == among_twenty
    assert [(f"fd-{number}", 1) for number in range(1, 20)] == sorted(
        ((job.flow, job.waiting) for job in jobs if job.waiting), key=lambda job: int(job[0][3:])
    )


def test_one_queue_is_counted_as_the_job_list_counts_it(world):
    world.flow("fd")
    world.flow("other")
    for number in range(3):
        world.loop(f"loop-{number}")
    world.take("bob")

    assert [("fd", 2), ("other", 0)] == sorted((job.flow, job.waiting) for job in world.jobs("alice"))
    with world.store.read() as cx:
        assert job_list.waiting(cx, world.people["alice"], "fd", world.now) == 2
        assert job_list.waiting(cx, world.people["mallory"], "fd", world.now) == 0


def test_the_time_left_is_that_of_the_task_that_waits_longest(world):
    world.flow("fd", availability=600)
    world.loop("one")
    began = world.now
    world.later(seconds=60)
    world.loop("two")
    (job,) = world.jobs("alice")

    assert (began, began + timedelta(seconds=600)) == (job.oldest, job.next_expiry)
