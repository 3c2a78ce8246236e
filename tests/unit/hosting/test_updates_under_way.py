"""What an update under way does with calls, and what restarts, deletions and other servers do with it; with real model processes."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest

from secondlook.hosting import contract
from secondlook.hosting.endpoints import endpoint, endpoint_config
from secondlook.hosting.errors import Invalid, NotInvokable

from .conftest import NOW, PLACE, lives, until, write_product
from .updating import CANARY, answers, pids
from .workshop import Town

SLOW = """
    import pathlib, time
    def transform_fn(model, body, content_type, accept):
        if body:
            seen, go = pathlib.Path(body.decode(), "seen"), pathlib.Path(body.decode(), "go")
            seen.touch()
            while not go.exists():
                time.sleep(0.01)
        return "slow 0", "text/plain"
"""


@pytest.mark.parametrize("leave", ["update", "shrink", "delete"])
def test_calls_under_way_are_answered_by_the_instance_that_has_them(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, leave: str
) -> None:
    monkeypatch.setattr(contract, "STOP_SECONDS", 0.0)  # no model ends its calls after it was told to end
    write_product(town.home / "catalog", "slow", SLOW)
    town.deploy("slow", instances=2 if leave == "shrink" else 1)
    body = str(tmp_path).encode()

    async def called() -> None:
        invoker = town.fleet.invoker
        calls = [asyncio.create_task(invoker.invoke("e", body, {})) for _ in range(4)]
        await asyncio.to_thread(until, (tmp_path / "seen").exists, "the model to have a call")
        work = asyncio.create_task(asyncio.to_thread(leaving))
        if leave == "update":
            await work
            answer = await invoker.invoke("e", b"", {})
            assert answer.body.startswith(b"new ")
        await asyncio.sleep(0.3)
        (tmp_path / "go").touch()
        await work
        bodies = [(await call).body for call in calls]
        invoker.close()
        assert bodies == [b"slow 0"] * 4

    def leaving() -> None:
        if leave == "update":
            town.configure("second", GREETING="new")
            town.update("second")
        elif leave == "shrink":
            town.resize({"VariantName": "AllTraffic", "DesiredInstanceCount": 1})
        else:
            with town.store.write() as cx:
                endpoint.remove(cx, PLACE, "e", NOW)
        town.work()

    asyncio.run(called())
    until(lambda: len(town.fleet.instances()) == (leave != "delete"), "what is not wanted any more to go")


def test_a_canary_gets_its_part_of_the_calls_and_then_all(town: Town) -> None:
    town.deploy(GREETING="old")
    town.configure("second", GREETING="new")
    town.update("second", DeploymentConfig=CANARY)
    assert answers(town, 5).keys() == {"old"}

    town.work()
    canary = town.describe()
    assert canary["EndpointStatus"] == "Updating"
    assert (
        canary["PendingDeploymentSummary"]["ProductionVariants"][0]["VariantStatus"][0]["Status"] == "Baking"
    )
    seen = answers(town, 60)
    assert 10 < seen["old"] < 50, seen
    town.work()
    assert answers(town, 20).keys() == {"new"}
    assert town.describe()["EndpointStatus"] == "Updating"
    town.work()

    description = town.describe()
    assert description["EndpointStatus"] == "InService"
    assert description["LastDeploymentConfig"] == CANARY
    town.update("e", RetainDeploymentConfig=True)
    town.work()
    assert town.describe()["EndpointStatus"] == "Updating"


def test_each_server_answers_with_what_it_had_until_its_own_new_instances_answer(
    town: Town, tmp_path: Path
) -> None:
    town.deploy(GREETING="old")
    shutil.copytree(town.home / "catalog", tmp_path / "other" / "catalog")
    other = town.another_server(tmp_path / "other")
    here, there = town.fleet, other
    try:
        until(lambda: other.routes.answering("e") == {"AllTraffic": 1}, "the other server")
        shutil.rmtree(tmp_path / "other" / "catalog")  # so that it cannot follow yet
        town.configure("second", GREETING="new")
        town.update("second")
        town.work()
        other.refresh()

        assert town.greeting() == "new"
        town.fleet = there
        assert town.greeting() == "old"
        shutil.copytree(town.home / "catalog", tmp_path / "other" / "catalog")
        until(lambda: town.greeting() == "new", "the other server to follow")
        until(lambda: len(pids(town)) == 1, "its old process to end")
    finally:
        town.fleet = here
        other.stop()


def test_an_update_under_way_refuses_another_and_outlives_its_config(town: Town) -> None:
    town.deploy()
    town.configure("second", GREETING="new")
    town.update("second")
    with pytest.raises(Invalid, match="Cannot update in-progress endpoint"):
        town.update("e")
    with town.store.write() as cx:
        endpoint_config.remove(cx, PLACE, "second")

    town.work()

    assert town.greeting() == "new"


def test_an_update_that_a_restart_interrupted_is_finished(town: Town) -> None:
    town.deploy(GREETING="old")
    town.configure("second", GREETING="new")
    town.update("second")
    town.fleet.reconcile()

    town.restart()
    assert town.describe()["EndpointStatus"] == "Updating"
    assert town.greeting() == "old"
    town.work()

    assert town.greeting() == "new"
    until(lambda: len(pids(town)) == 1, "the old process to end")


def test_duties_of_updates_are_safe_to_repeat(town: Town) -> None:
    town.deploy()
    town.update("e")
    [again] = town.owed(tries=2)
    town.work()
    before = town.pid()

    town.deployment.update(again)
    town.update("e")
    town.deployment.update(again)

    assert town.describe()["EndpointStatus"] == "Updating"
    assert town.pid() == before


def test_an_endpoint_deleted_while_it_is_updated_leaves_nothing(town: Town) -> None:
    town.deploy()
    town.configure("second", GREETING="new")
    town.update("second")
    town.fleet.reconcile()
    until(lambda: len(pids(town)) == 2, "both generations to run")
    running = pids(town)
    with town.store.write() as cx:
        endpoint.remove(cx, PLACE, "e", NOW)

    town.work()

    assert not any(map(lives, running))
    assert list((town.home / "models").iterdir()) == []
    with town.store.read() as cx:
        assert cx.execute(endpoint.every()).all() == []
    with pytest.raises(NotInvokable, match="not found"):
        town.invoke()
