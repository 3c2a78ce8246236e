"""How the work stands, counted."""

from secondlook.review import deliveries, event_targets, events
from secondlook.review.decisions import event
from secondlook.review.stories import overview


def test_flows_are_counted_the_latest_first(world):
    for name in ("first", "second"):
        world.flow(name)
    for number in range(3):
        world.loop(f"loop-{number}", "second")
    world.take("alice", "second")

    with world.store.read() as cx:
        second, first = overview.flows(cx)

    assert ("second", 3, 1, 0) == (second.name, second.open, second.working, second.failed)
    assert ("first", 0, 0, 0) == (first.name, first.open, first.working, first.failed)


def test_counting_stops_where_people_stop_caring(world, monkeypatch):
    monkeypatch.setattr(overview, "COUNT_UP_TO", 2)
    world.flow()
    for number in range(4):
        world.loop(f"loop-{number}")

    with world.store.read() as cx:
        (row,) = overview.flows(cx)

    assert row.open == 2


def test_the_latest_loops_come_first_and_can_be_narrowed(world):
    for name in ("one", "two"):
        world.flow(name)
        world.loop(f"loop-of-{name}", name)
        world.later(seconds=1)

    with world.store.read() as cx:
        every = overview.loops(cx, None, None, 10)
        some = overview.loops(cx, "one", "InProgress", 10)
        latest = overview.loops(cx, None, None, 1)

    assert ["loop-of-two", "loop-of-one"] == [row.name for row in every]
    assert ["loop-of-one"] == [row.name for row in some]
    assert ["loop-of-two"] == [row.name for row in latest]


def test_events_come_with_what_became_of_them(world):
    document = event.loop_status_change(
        world.place,
        loop_name="loop-1",
        flow_name="fd",
        status="Completed",
        failure_code=None,
        failure_reason=None,
        created_at=world.now,
        output_uri="s3://out/x",
        now=world.now,
    )
    with world.store.write() as cx:
        event_targets.add(cx, "webhook", {"url": "https://hook.example"}, b"sealed", None, world.now)
        events.publish(cx, document, "fd", world.now)
        deliveries.failed(cx, 1, 503, "busy", world.now)

        (announcement,) = overview.announced(cx, 10)

    assert ("loop-1", "Completed") == (announcement.loop, announcement.happened)
    assert (overview.Delivery("https://hook.example", "owed", 1, 503, "busy"),) == announcement.deliveries
