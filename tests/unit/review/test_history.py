"""What the journal says of a loop's life and of its workers: nothing is overwritten, and each is found by what it concerns."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Row, select

from secondlook.review import access_key, assignment, event_targets, flow, loop, people, task_ui, workteam
from secondlook.review.stories import history
from secondlook.store.actor import Actor
from secondlook.store.tables import journal
from tests.world import World


def acts(world: World, **filters: object) -> list[Row]:
    """Those that fit, oldest first."""
    with world.store.read() as cx:
        return list(cx.execute(history.entries(**filters).order_by(journal.c.id)))


def of_loop(world: World, name: str = "loop-1") -> list[tuple[str, str | None]]:
    return [(row.action, row.email) for row in acts(world, resource_type="HumanLoop", resource=name)]


def test_each_hold_of_a_task_stays_visible_when_the_same_worker_takes_it_again(world: World) -> None:
    world.flow(time_limit=600)
    world.loop()
    held = world.take("alice")
    world.later(seconds=611)
    with world.store.write() as cx:
        assignment.expire(cx, held, world.place, world.now)
    assert held == world.take("alice")
    with world.store.write() as cx:
        assignment.release(cx, world.people["alice"], held, world.place, world.now)
    assert held == world.take("alice")
    world.submit("alice", held)
    world.write_output()

    alice = "alice@example.org"
    assert [
        ("StartHumanLoop", None),
        ("AcceptAssignment", alice),
        ("ExpireAssignment", alice),
        ("AcceptAssignment", alice),
        ("ReleaseAssignment", alice),
        ("AcceptAssignment", alice),
        ("SubmitAssignment", alice),
        ("CloseHumanLoop", None),
    ] == of_loop(world)


def test_declined_paused_and_resumed_and_what_a_stop_ends(world: World) -> None:
    world.flow(task_count=2)
    world.loop()
    bobs, alices = world.take("bob"), world.take("alice")
    with world.store.write() as cx:
        assignment.pause(cx, world.people["alice"], alices, world.now)
        assignment.resume(cx, world.people["alice"], alices, world.now)
        assignment.pause(cx, world.people["alice"], alices, world.now)
        assignment.decline(cx, world.people["bob"], bobs, "too dark", world.place, world.now)
        loop.stop(cx, "loop-1", world.place, world.now)
        loop.remove(cx, "loop-1", world.now)

    alice, bob = "alice@example.org", "bob@example.org"
    assert [
        ("PauseAssignment", alice),
        ("ResumeAssignment", alice),
        ("PauseAssignment", alice),
        ("DeclineAssignment", bob),
        ("StopHumanLoop", None),
        ("ExpireAssignment", alice),
        ("CloseHumanLoop", None),
        ("DeleteHumanLoop", None),
    ] == of_loop(world)[3:]
    (declined,) = acts(world, action="DeclineAssignment")
    assert {"reason": "too dark"} == declined.detail
    (closed,) = acts(world, action="CloseHumanLoop")
    assert "Stopped" == closed.detail["status"]


def test_doing_the_same_again_is_no_act(world: World) -> None:
    world.flow(task_count=2)
    world.loop()
    held = world.take("alice")
    for _ in range(2):
        world.submit("alice", held)
        world.loop()

    assert ["StartHumanLoop", "AcceptAssignment", "SubmitAssignment"] == [act for act, _ in of_loop(world)]


def test_a_person_is_found_by_what_they_did_and_by_what_concerns_them(world: World) -> None:
    boss = Actor("Person", person_id=world.people["carol"])
    with world.store.acting(boss).write() as cx:
        people.make_admin(cx, world.people["bob"], world.now)
        people.disable(cx, world.people["bob"], world.now)
        people.enable(cx, world.people["bob"], world.now)
        workteam.expel(cx, "team", world.people["bob"], world.now)
        people.invite(cx, "dora@example.org", "team", world.now)

    changes = ["MakeAdmin", "DisablePerson", "EnablePerson", "RemoveMember"]
    assert ["AddMember", *changes] == [row.action for row in acts(world, person_id=world.people["bob"])]
    by_carol = acts(world, person_id=world.people["carol"])[1:]
    assert [*changes, "AddMember", "InvitePerson"] == [row.action for row in by_carol]
    assert {"carol@example.org"} == {row.actor_email for row in by_carol}
    assert "dora@example.org" == by_carol[-1].email


def test_a_key_is_found_by_what_it_did_and_by_what_was_done_to_it(world: World) -> None:
    with world.store.write() as cx:
        key_id, _ = access_key.create(cx, "camera", "requester", str.encode, world.now)
    with world.store.acting(Actor("AccessKey", access_key=key_id)).write() as cx:
        number = event_targets.add(cx, "webhook", {"url": "https://a.example"}, b"s", None, world.now)
        event_targets.disable(cx, "webhook", number, world.now)
        event_targets.disable(cx, "webhook", number, world.now)
    with world.store.write() as cx:
        access_key.revoke(cx, key_id, world.now)
        access_key.revoke(cx, key_id, world.now)

    assert ["CreateKey", "CreateEventTarget", "DisableEventTarget", "RevokeKey"] == [
        row.action for row in acts(world, access_key=key_id)
    ]


def test_flow_definitions_templates_and_teams_have_entries_too(world: World) -> None:
    world.flow()
    with world.store.write() as cx:
        flow.begin_delete(cx, "fd", world.now)
        task_ui.remove(cx, "ui", world.now)
        workteam.change(cx, "team", {"description": "others"}, world.now)

    for resource_type, name, expected in (
        ("FlowDefinition", "fd", ["CreateFlowDefinition", "DeleteFlowDefinition"]),
        ("HumanTaskUi", "ui", ["CreateHumanTaskUi", "DeleteHumanTaskUi"]),
        ("Workteam", "team", ["CreateWorkteam", "AddMember", "AddMember", "AddMember", "UpdateWorkteam"]),
    ):
        rows = acts(world, resource_type=resource_type, resource=name)
        assert expected == [row.action for row in rows]


def test_an_entry_stays_when_what_it_tells_of_is_gone(world: World) -> None:
    world.flow()
    world.loop()
    with world.store.write() as cx:
        loop.stop(cx, "loop-1", world.place, world.now)
        loop.remove(cx, "loop-1", world.now)
    with world.store.read() as cx:
        first = cx.scalar(select(journal.c.at).where(journal.c.action == "StartHumanLoop"))

    assert world.now - timedelta(seconds=1) < first <= world.now
    assert "DeleteHumanLoop" == of_loop(world)[-1][0]
