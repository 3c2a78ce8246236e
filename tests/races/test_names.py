"""The same name, or the one place that there is, wanted by two at once: one gets it, the other a plain error."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from secondlook.review import flow, tags, task_ui, workforce, workteam
from secondlook.review.errors import InUse, Invalid
from secondlook.store import tables

from .acts import writing

pytestmark = pytest.mark.slow


def count(world, table):
    with world.store.read() as cx:
        return cx.scalar(select(func.count()).select_from(table))


@pytest.fixture
def empty(world):
    """Nobody has made a team yet."""

    def clear():
        with world.store.write() as cx:
            cx.execute(tables.workteam.delete())
            cx.execute(tables.workforce.delete())

    clear()
    return clear


def team(world, name):
    return writing(world, workteam.create, name, "a team", {}, world.now)


def test_the_first_two_teams_share_one_workforce(world, at_once, some, empty):
    for _ in range(some):
        assert [None, None] == at_once(team(world, "one"), team(world, "two"))
        assert (1, 2) == (count(world, tables.workforce), count(world, tables.workteam))
        empty()


def test_an_account_gets_one_workforce(world, at_once, some, empty):
    for _ in range(some):
        results = at_once(
            *(
                writing(world, workforce.create, name, {"IpAddressType": "ipv4"}, "123456789012", world.now)
                for name in ("one", "two")
            )
        )

        assert 1 == sum(isinstance(result, Invalid) for result in results)
        assert 1 == count(world, tables.workforce)
        empty()


def test_a_team_never_joins_a_workforce_that_is_being_replaced(world, at_once, some, empty):
    for _ in range(some):
        with world.store.write() as cx:
            workforce.ensure(cx, None, world.now)
        replacing = writing(world, workforce.create, "other", {}, "123456789012", world.now)
        _, joined = at_once(replacing, team(world, "one"))
        with world.store.read() as cx:
            home = cx.scalar(select(tables.workteam.c.workforce))
            there = cx.scalar(select(tables.workforce.c.name))

        assert joined is None
        assert home == there
        empty()


def test_a_team_never_joins_a_workforce_that_is_being_deleted(world, at_once, some, empty):
    for _ in range(some):
        with world.store.write() as cx:
            workforce.ensure(cx, None, world.now)
        removed, joined = at_once(writing(world, workforce.remove, "default", world.now), team(world, "one"))

        assert joined is None
        assert removed is None or isinstance(removed, InUse)
        assert (1, 1) == (count(world, tables.workforce), count(world, tables.workteam))
        empty()


def test_a_team_ensured_twice_is_made_once(world, at_once, some):
    for turn in range(some):
        results = at_once(
            *(writing(world, workteam.ensure, f"team-{turn}", None, None, world.now) for _ in range(2))
        )

        assert [False, True] == sorted(results)
        with world.store.write() as cx:
            workteam.remove(cx, f"team-{turn}", world.now)


def test_a_flow_definition_is_made_once(world, at_once, some):
    config = {
        "RoleArn": "arn:aws:iam::123456789012:role/r",
        "OutputConfig": {"S3OutputPath": "s3://out/results"},
        "HumanLoopConfig": {
            "WorkteamArn": world.place.workteam("team"),
            "HumanTaskUiArn": world.place.arn("human-task-ui", "ui"),
            "TaskTitle": "Look again",
            "TaskDescription": "Correct the boxes",
            "TaskCount": 1,
        },
    }
    for turn in range(some):
        request = {"FlowDefinitionName": f"fd-{turn}", **config}
        results = at_once(*(writing(world, flow.create, request, world.place, world.now) for _ in range(2)))

        assert 1 == sum(isinstance(result, InUse) for result in results)
        assert turn + 1 == count(world, tables.flow)


def test_a_task_ui_is_made_once(world, at_once, some):
    for turn in range(some):
        results = at_once(
            *(writing(world, task_ui.create, f"ui-{turn}", f"text {turn}", world.now) for _ in range(2))
        )

        assert 1 == sum(isinstance(result, InUse) for result in results)


def test_the_same_tag_put_twice_is_there_once(world, at_once, some):
    arn = world.place.arn("human-task-ui", "ui")
    for turn in range(some):
        tag_lists = [[{"Key": f"k{turn}", "Value": who}] for who in ("alice", "bob")]
        assert [None, None] == at_once(*(writing(world, tags.put, arn, tag_list) for tag_list in tag_lists))
        with world.store.write() as cx:
            stored = tags.of(cx, arn)
            tags.drop(cx, arn)

        assert [stored] in [[tag_list] for tag_list in tag_lists]
