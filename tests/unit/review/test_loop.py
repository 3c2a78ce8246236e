"""The life of a loop, on both databases [lifecycle.md]."""

import pytest
from sqlalchemy import update

from secondlook.review import assignment, closing, flow, held_task, loop, people, starting, task_ui, workteam
from secondlook.review.errors import Conflict, Gone, InUse, Invalid, NotFound
from secondlook.store.tables import duty


def test_a_started_loop_owes_a_render_check_and_an_expiry(world):
    world.flow()
    number = world.loop(ready=False)

    assert "InProgress" == world.status()
    assert [{"loop_id": number}] == world.owed("check-render")
    assert [{"loop_id": number}] == world.owed("expire-loop")


def test_nobody_is_offered_a_loop_before_it_rendered(world):
    world.flow()
    world.loop(ready=False)

    assert world.take("alice") is None


def test_the_same_start_again_is_the_same_loop(world):
    world.flow()
    first = world.loop()

    assert first == world.loop()


def test_the_same_name_with_another_input_is_a_conflict(world):
    world.flow()
    world.loop()

    with pytest.raises(Conflict, match="loop-1"):
        world.loop(content='{"a": 2}')


def test_a_name_stays_taken_until_the_loop_is_deleted(world):
    world.flow()
    world.loop()
    with world.store.write() as cx:
        loop.stop(cx, "loop-1", world.place, world.now)

    with pytest.raises(Conflict, match="Stopped"):
        world.loop()
    with world.store.write() as cx:
        loop.remove(cx, "loop-1", world.now)
    world.loop()

    assert "InProgress" == world.status()


def test_the_last_answer_closes_the_loop_and_the_event_waits_for_the_output(world):
    world.flow(task_count=2)
    number = world.loop()
    world.submit("alice", world.take("alice"))
    assert [] == world.owed("close-loop")
    world.submit("bob", world.take("bob"))

    assert [{"loop_id": number}] == world.owed("close-loop")
    assert "InProgress" == world.status()
    assert [] == world.owed("publish-event")
    assert [] == world.owed("expire-loop")

    world.write_output()

    assert "Completed" == world.status()
    assert ["Completed"] == [
        owed["event"]["detail"]["humanLoopStatus"] for owed in world.owed("publish-event")
    ]


def test_closing_twice_announces_once(world):
    world.flow()
    world.loop()
    world.submit("alice", world.take("alice"))
    world.write_output()
    world.write_output()

    assert 1 == len(world.owed("publish-event"))


def test_the_closing_holds_answers_in_the_order_of_submission(world):
    world.flow(task_count=2)
    number = world.loop()
    first, second = world.take("bob"), world.take("alice")
    world.later(seconds=5)
    world.submit("alice", second)
    world.later(seconds=5)
    world.submit("bob", first)

    with world.store.read() as cx:
        contents = closing.to_write(cx, number, world.place, "https://here")

    assert ['{"by": "alice"}', '{"by": "bob"}'] == [answer.content for answer in contents.answers]


def test_a_template_that_does_not_render_fails_the_loop_at_once(world):
    world.flow()
    number = world.loop(ready=False)
    reason = "Task failed to render: [ InvalidParameters: 'x' ]."
    with world.store.write() as cx:
        loop.render_failed(cx, number, reason, world.place, world.now)

    assert ("Failed", "ValidationError", reason) == (
        world.row().status,
        world.row().failure_code,
        world.row().failure_reason,
    )
    assert 1 == len(world.owed("publish-event"))


def test_stopping_a_loop_nobody_works_on_stops_it_at_once(world):
    world.flow()
    world.loop()
    with world.store.write() as cx:
        loop.stop(cx, "loop-1", world.place, world.now)

    assert "Stopped" == world.status()
    assert world.take("alice") is None


def test_stopping_lets_whoever_works_finish_and_keeps_the_answer(world):
    world.flow()
    world.loop()
    held = world.take("alice")
    with world.store.write() as cx:
        loop.stop(cx, "loop-1", world.place, world.now)
    assert "Stopping" == world.status()
    world.submit("alice", held)
    assert 1 == len(world.owed("close-loop"))
    world.write_output()

    assert "Stopped" == world.status()


def test_a_paused_task_ends_when_its_loop_is_stopped(world):
    world.flow()
    world.loop()
    held = world.take("alice")
    with world.store.write() as cx:
        assignment.pause(cx, world.people["alice"], held, world.now)
        loop.stop(cx, "loop-1", world.place, world.now)

    assert "Stopped" == world.status()
    with pytest.raises(Gone), world.store.write() as cx:
        assignment.resume(cx, world.people["alice"], held, world.now)


def test_a_completed_loop_cannot_be_stopped(world):
    world.flow()
    world.loop()
    world.submit("alice", world.take("alice"))
    world.write_output()

    with pytest.raises(Invalid, match="Completed"), world.store.write() as cx:
        loop.stop(cx, "loop-1", world.place, world.now)


def test_an_open_loop_cannot_be_deleted(world):
    world.flow()
    world.loop()

    with pytest.raises(Invalid, match="stop it first"), world.store.write() as cx:
        loop.remove(cx, "loop-1", world.now)


def test_expiry_without_answers_fails_the_loop(world):
    world.flow(availability=60)
    number = world.loop()
    with world.store.write() as cx:
        loop.reconsider(cx, number, world.place, world.later(seconds=61))

    assert ("Failed", "Expired") == (world.row().status, world.row().failure_code)


def test_expiry_waits_for_whoever_is_inside_and_counts_the_answer(world):
    world.flow(availability=60)
    number = world.loop()
    held = world.take("alice")
    with world.store.write() as cx:
        loop.reconsider(cx, number, world.place, world.later(seconds=61))
    assert "InProgress" == world.status()
    assert world.take("bob") is None
    world.submit("alice", held)
    world.write_output()

    assert "Completed" == world.status()


def test_answers_before_an_expiry_are_written_although_the_loop_failed(world):
    world.flow(task_count=2, availability=60)
    number = world.loop()
    world.submit("alice", world.take("alice"))
    with world.store.write() as cx:
        loop.reconsider(cx, number, world.place, world.later(seconds=61))
    assert 1 == len(world.owed("close-loop"))
    world.write_output()

    assert ("Failed", "Expired") == (world.row().status, world.row().failure_code)


def test_when_every_member_declined_the_loop_fails_and_says_so(world):
    world.flow()
    world.loop()
    for who in ("alice", "bob", "carol"):
        assert "InProgress" == world.status()
        decline(world, who)

    assert ("Failed", "Declined") == (world.row().status, world.row().failure_code)


def unwritable(world, reason="The output could not be written to s3://out/x: gone"):
    """What the duty `close-loop` does after its last try."""
    with world.store.write() as cx:
        closing.failed(cx, world.row().id, reason, world.place, world.later(seconds=1))
    return reason


def rewrite(world):
    with world.store.write() as cx:
        number, contents = closing.unwritten(cx, "loop-1", world.place, "https://here")
        closing.rewritten(cx, number, world.place, world.later(seconds=1))
    return contents


def ending(world):
    row = world.row()
    return row.status, row.failure_code, row.failure_reason


def test_an_output_that_cannot_be_written_fails_the_loop_with_the_reason(world):
    world.flow()
    world.loop()
    world.submit("alice", world.take("alice"))
    reason = unwritable(world)

    assert ("Failed", "InternalError", reason) == ending(world)


def test_answers_that_could_not_be_written_are_written_later_and_the_loop_is_completed(world):
    world.flow()
    world.loop()
    world.submit("alice", world.take("alice"))
    unwritable(world)
    contents = rewrite(world)

    assert ['{"by": "alice"}'] == [answer.content for answer in contents.answers]
    assert ("Completed", None, None) == ending(world)
    documents = [owed["event"] for owed in world.owed("publish-event")]
    assert ["Failed", "Completed"] == [document["detail"]["humanLoopStatus"] for document in documents]
    assert 2 == len({document["id"] for document in documents})
    with pytest.raises(Invalid, match="no output that could not be written"):
        rewrite(world)


def test_an_output_that_is_still_tried_by_itself_is_left_to_that(world):
    world.flow()
    world.loop()
    world.submit("alice", world.take("alice"))
    with world.store.write() as cx:
        cx.execute(update(duty).where(duty.c.kind == "close-loop").values(last_error="no such bucket"))

    with pytest.raises(Invalid, match=r"still being tried again by itself \(no such bucket\)"):
        rewrite(world)


def test_a_loop_that_had_failed_before_its_output_did_says_both_and_then_the_first(world):
    world.flow(task_count=2, availability=60)
    number = world.loop()
    world.submit("alice", world.take("alice"))
    with world.store.write() as cx:
        loop.reconsider(cx, number, world.place, world.later(seconds=61))
    expired = "TaskAvailabilityLifetimeInSeconds ran out; 1 of 2 answers had arrived."
    reason = unwritable(world)
    assert ("Failed", "Expired", f"{expired} {reason}") == ending(world)
    rewrite(world)

    assert ("Failed", "Expired", expired) == ending(world)


def test_writing_again_what_is_written_or_gone_changes_nothing(world):
    world.flow()
    number = world.loop()
    world.submit("alice", world.take("alice"))
    unwritable(world)
    rewrite(world)
    before = world.row()
    with world.store.write() as cx:
        closing.rewritten(cx, number, world.place, world.later(seconds=1))
        closing.rewritten(cx, 999, world.place, world.now)

    assert before == world.row()


def test_a_flow_definition_takes_no_answers_along_that_are_nowhere_else(world):
    world.flow()
    world.loop()
    held = world.take("alice")
    with world.store.write() as cx:
        number = flow.find(cx, "fd").id
        flow.begin_delete(cx, "fd", world.now)  # alice is still at work
    world.submit("alice", held)
    unwritable(world)
    flow.delete_ended(world.store, number, patience=10)
    with world.store.write() as cx:
        assert flow.has_open_loops(cx, number)
        assert not flow.finish_delete(cx, number)

    assert "Failed" == world.status()


def test_deleting_a_flow_definition_is_refused_while_answers_are_unwritten(world):
    world.flow()
    world.loop()
    world.submit("alice", world.take("alice"))
    unwritable(world)

    with pytest.raises(InUse, match="'loop-1': write them"), world.store.write() as cx:
        flow.begin_delete(cx, "fd", world.now)
    rewrite(world)
    with world.store.write() as cx:
        flow.begin_delete(cx, "fd", world.now)


def test_a_deleted_task_ui_starts_no_new_loops_and_disturbs_none(world):
    world.flow()
    world.loop()
    with world.store.write() as cx:
        task_ui.remove(cx, "ui", world.now)

    with pytest.raises(Invalid, match="was deleted"):
        world.loop("loop-2")
    taken = _taken(world, "alice")
    with world.store.read() as cx:
        material = held_task.material(cx, taken)

    assert "<crowd-form></crowd-form>" == material.template


def test_a_flow_definition_vanishes_with_its_last_loop(world):
    world.flow()
    world.loop()
    with world.store.write() as cx:
        flow.begin_delete(cx, "fd", world.now)
        number = flow.find(cx, "fd").id
        loop.stop(cx, "loop-1", world.place, world.now)
        assert not flow.finish_delete(cx, number)
    flow.delete_ended(world.store, number, patience=10)
    with world.store.write() as cx:
        assert flow.finish_delete(cx, number)

    with pytest.raises(NotFound), world.store.read() as cx:
        flow.find(cx, "fd")
    with pytest.raises(NotFound):
        world.row()


def test_a_team_with_open_loops_cannot_be_deleted(world):
    world.flow()
    world.loop()

    with pytest.raises(InUse, match="open human loops"), world.store.write() as cx:
        workteam.remove(cx, "team", world.now)


@pytest.mark.parametrize(
    ("arn", "says"),
    [
        ("arn:aws:sagemaker:us-east-1:123456789012:flow-definition/nope", "does not exist"),
        ("arn:aws:sagemaker:eu-west-1:123456789012:flow-definition/fd", "does not exist"),
        ("arn:aws:sagemaker:us-east-1:999999999999:flow-definition/fd", "does not exist"),
    ],
)
def test_a_flow_definition_that_is_not_here_is_refused_by_its_arn(world, arn, says):
    world.flow()

    with pytest.raises(Invalid, match=says) as error, world.store.read() as cx:
        starting.startable(cx, arn, world.place)
    assert arn in str(error.value)


def test_a_disabled_member_does_not_keep_a_declined_loop_alive(world):
    world.flow()
    world.loop()
    with world.store.write() as cx:
        people.disable(cx, world.people["carol"], world.now)
    for who in ("alice", "bob"):
        decline(world, who)

    assert "Failed" == world.status()


def decline(world, who):
    held = _taken(world, who)
    with world.store.write() as cx:
        assignment.decline(cx, world.people[who], held, "blurred", world.place, world.now)


def _taken(world, who):
    taken = world.take(who)
    assert taken is not None
    return taken
