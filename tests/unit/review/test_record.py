"""Predictions are recorded once, with the loop that they start, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from secondlook.review import record, starting
from secondlook.review.errors import Conflict
from secondlook.review.record import Prediction
from secondlook.review.starting import Start
from secondlook.store import tables
from secondlook.store.session import Store
from tests.world import PLACE, World, make_world

BOX = {"left": 1, "top": 2, "width": 3, "height": 4}


@pytest.fixture
def world(store: Store) -> World:
    world = make_world(store)
    world.flow()
    return world


def row(world: World, number: object, **more: object) -> dict:
    return {
        "flow": "fd",
        "prediction_id": str(number),
        "inference_id": None,
        "policy_version": "p1",
        "endpoint": "e",
        "variant": "v",
        "model_version": "m@1",
        "input_sha256": "00",
        "input_uri": None,
        "content_type": "image/jpeg",
        "unit_group": None,
        "objects": [{"label": "car", "score": 0.5, "box": BOX}],
        "coin": 0.25,
        "probability": 1.0,
        "decision": "review",
        "reasons": ["car 0.50 is under 0.90"],
        "at": world.now,
        **more,
    }


def start(world: World, name: str, unit: str | None) -> Start:
    with world.store.read() as cx:
        flow = starting.startable(cx, PLACE.arn("flow-definition", "fd"), PLACE)
    return Start.of(flow, name, '{"a": 1}', world.now, unit=unit)


def recorded(world: World, *predictions: Prediction) -> list:
    with world.store.write() as cx:
        return record.record_each(cx, predictions)


def rows(world: World):
    with world.store.read() as cx:
        return cx.execute(select(tables.prediction).order_by(tables.prediction.c.prediction_id)).all()


def test_those_that_start_a_loop_name_it_and_those_that_start_none_are_there_too(world: World) -> None:
    outcomes = recorded(
        world,
        Prediction(row(world, 1), start(world, "loop-1", "u1")),
        Prediction(row(world, 2, decision="accept")),
    )

    assert outcomes == [None, None]
    assert [(each.loop, each.decision, each.objects[0]["box"]) for each in rows(world)] == [
        ("loop-1", "review", BOX),
        (None, "accept", BOX),
    ]
    assert world.status("loop-1") == "InProgress"


def test_again_it_is_the_same_prediction_and_the_same_loop_also_when_that_is_over(world: World) -> None:
    recorded(world, Prediction(row(world, 1), start(world, "loop-1", "u1")))
    world.take("alice")
    with world.store.write() as cx:
        cx.execute(tables.loop.update().values(status="Completed"))

    again = recorded(
        world,
        Prediction(row(world, 1, decision="accept"), start(world, "loop-1", "u1")),
        Prediction(row(world, 1, decision="accept"), start(world, "loop-1", "u1")),
    )

    assert again == [None, None]
    assert [each.decision for each in rows(world)] == ["review"]


def test_a_name_that_is_taken_leaves_nothing_of_the_prediction_and_all_of_the_others(world: World) -> None:
    recorded(world, Prediction(row(world, 1), start(world, "loop-1", "u1")))

    outcomes = recorded(
        world,
        Prediction(row(world, 2), start(world, "loop-1", "another input")),
        Prediction(row(world, 3), start(world, "loop-3", "u3")),
    )

    assert isinstance(outcomes[0], Conflict)
    assert outcomes[1] is None
    assert [each.prediction_id for each in rows(world)] == ["1", "3"]


def test_a_loop_that_was_started_by_itself_is_not_one_of_a_prediction(world: World) -> None:
    world.loop("loop-1")

    [outcome] = recorded(world, Prediction(row(world, 1), start(world, "loop-1", "u1")))

    assert isinstance(outcome, Conflict)


def test_what_is_older_than_its_time_is_forgotten(world: World) -> None:
    for number, days in ((1, 31), (2, 29)):
        recorded(world, Prediction(row(world, number, at=world.now - timedelta(days=days))))

    record.forget(world.store, 30, world.now)

    assert [each.prediction_id for each in rows(world)] == ["2"]
