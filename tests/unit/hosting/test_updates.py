"""Endpoints that are updated: what answers goes on until what is new answers; with real model processes."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from secondlook.hosting import contract
from secondlook.hosting.endpoints import endpoint, endpoint_config, telling
from secondlook.hosting.endpoints.deployment import RESTART_TIME
from secondlook.hosting.errors import Invalid, NotFound, NotInvokable, StartFailed
from secondlook.hosting.instances.kinds.local.supervised import LocalInstance
from secondlook.store.outbox import Duty
from secondlook.store.session import Store
from secondlook.store.tables import duty, journal

from .conftest import NOW, PLACE, lives, until, write_product
from .workshop import Town, carry_through

ARN = "arn:aws:sagemaker:us-east-1:123456789012:endpoint/e"

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

MORTAL = """
    import os, pathlib
    if not pathlib.Path(os.environ["MAY_LIVE"]).exists():
        raise SystemExit("the disk is gone")
    def transform_fn(model, body, content_type, accept):
        return "mortal 0", "text/plain"
"""

CANARY = {
    "BlueGreenUpdatePolicy": {
        "TrafficRoutingConfiguration": {
            "Type": "CANARY",
            "WaitIntervalInSeconds": 60,
            "CanarySize": {"Type": "CAPACITY_PERCENT", "Value": 50},
        },
        "MaximumExecutionTimeoutInSeconds": 600,
    }
}


@pytest.fixture
def town(store: Store, tmp_path: Path) -> Iterator[Town]:
    town = Town(store, tmp_path)
    yield town
    town.fleet.stop()


def pids(town: Town) -> set[int]:
    return {instance.pid for instance in town.fleet.instances() if isinstance(instance, LocalInstance)} - {
        None
    }


def answers(town: Town, calls: int) -> Counter[str]:
    return Counter(town.greeting() for _ in range(calls))


def test_an_update_puts_the_new_model_in_the_place_of_the_old_one(town: Town) -> None:
    town.deploy(GREETING="old")
    before = town.pid()
    town.configure("second", GREETING="new")

    town.update("second")
    during = town.describe()
    assert town.greeting() == "old"
    town.work()

    after = town.describe()
    assert (during["EndpointStatus"], during["EndpointConfigName"]) == ("Updating", "e")
    assert (after["EndpointStatus"], after["EndpointConfigName"]) == ("InService", "second")
    assert town.greeting() == "new"
    until(lambda: not lives(before), "the old process to end")
    assert len(town.fleet.instances()) == 1


def test_an_update_under_way_is_described_with_what_is_pending(town: Town) -> None:
    town.deploy()
    town.configure("second", instances=2)

    town.update("second")

    pending = town.describe()["PendingDeploymentSummary"]
    assert (pending["EndpointConfigName"], pending["StartTime"]) == ("second", NOW)
    [variant] = pending["ProductionVariants"]
    assert (variant["VariantName"], variant["DesiredInstanceCount"]) == ("AllTraffic", 2)
    assert variant["VariantStatus"] == [{"Status": "Creating", "StartTime": NOW}]
    town.work()
    assert "PendingDeploymentSummary" not in town.describe()
    assert town.describe()["ProductionVariants"][0]["CurrentInstanceCount"] == 2


def test_the_same_config_again_brings_up_what_its_model_has_become(town: Town) -> None:
    town.deploy()
    script = town.home / "catalog" / "script" / "model" / "code" / "inference.py"
    script.write_text(
        "def transform_fn(model, body, content_type, accept):\n    return 'changed 0', 'text/plain'\n"
    )

    town.update("e")
    town.work()

    assert town.greeting() == "changed"


def test_each_generation_writes_to_a_log_of_its_own_and_the_copy_of_the_old_one_goes(town: Town) -> None:
    town.deploy()
    town.update("e")
    town.work()
    town.update("e")
    town.work()

    logs = town.home / "logs" / "endpoints" / "e"
    assert {log.name for log in logs.iterdir()} == {
        "AllTraffic-1.log",
        "AllTraffic-1.g1.log",
        "AllTraffic-1.g2.log",
    }
    until(lambda: len(list((town.home / "models").iterdir())) == 1, "the copies of what is gone to go")


def test_a_model_that_does_not_start_leaves_the_old_one_in_service_with_the_reason(town: Town) -> None:
    town.deploy(GREETING="old")
    before = town.pid()
    town.configure("second", "broken")

    town.update("second")
    town.work()

    description = town.describe()
    assert (description["EndpointStatus"], description["EndpointConfigName"]) == ("InService", "e")
    assert "PendingDeploymentSummary" not in description
    assert description["FailureReason"].startswith(
        "The primary container for production variant AllTraffic did not pass the ping health check: the process exited with 1"
    )
    assert (
        "See AllTraffic-1.g1.log, which `secondlook endpoints logs` prints." in description["FailureReason"]
    )
    assert town.pid() == before
    assert pids(town) == {before}

    town.configure("third", GREETING="new")
    town.update("third")
    town.work()
    assert "FailureReason" not in town.describe()
    assert town.greeting() == "new"


def test_what_cannot_be_taken_away_again_is_said_when_all_tries_are_over(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.deploy()
    town.configure("second", "broken")
    town.update("second")
    with town.store.read() as cx:
        row = cx.execute(select(duty).where(duty.c.kind != telling.DUTY)).one()
    owed = Duty(row.id, row.kind, row.queueing_key, row.payload, 1, row.created_at)

    def refuse(*_: object) -> None:
        raise StartFailed("the cluster does not answer")

    monkeypatch.setattr(town.fleet, "withdraw_shared", refuse)
    with pytest.raises(StartFailed):
        carry_through(town.store, town.deployment.update, owed)
    rolling_back = town.describe()
    with town.store.write() as cx:
        town.deployment.stuck_update(owed, "the cluster does not answer")(cx, NOW)

    assert rolling_back["EndpointStatus"] == "RollingBack"
    assert (
        rolling_back["PendingDeploymentSummary"]["ProductionVariants"][0]["VariantStatus"][0]["Status"]
        == "Deleting"
    )
    description = town.describe()
    assert description["EndpointStatus"] == "UpdateRollbackFailed"
    assert description["FailureReason"].endswith(
        "It could not be rolled back either: the cluster does not answer."
    )
    assert town.greeting() == "hello"
    with pytest.raises(
        Invalid, match="its status is UpdateRollbackFailed, and only one that is InService is updated"
    ):
        town.update("second")


def test_an_update_whose_duty_is_given_up_leaves_the_old_model_in_service(town: Town) -> None:
    town.deploy()
    town.update("e")
    with town.store.write() as cx:
        row = cx.execute(select(duty).where(duty.c.kind != telling.DUTY)).one()
        owed = Duty(row.id, row.kind, row.queueing_key, row.payload, 60, row.created_at)
        town.deployment.stuck_update(owed, "another server holds it.")(cx, NOW)
    town.work()

    description = town.describe()
    assert description["EndpointStatus"] == "InService"
    assert description["FailureReason"] == "The endpoint could not be updated: another server holds it."


def test_only_an_endpoint_in_service_is_updated(town: Town) -> None:
    town.create("broken")
    for begin in (
        lambda: town.update("e"),
        lambda: town.resize({"VariantName": "AllTraffic", "DesiredWeight": 2}),
    ):
        with pytest.raises(Invalid) as refusal:
            begin()
        assert str(refusal.value) == f'Cannot update in-progress endpoint "{ARN}".'

    town.work()
    with pytest.raises(Invalid, match="its status is Failed, and only one that is InService is updated"):
        town.update("e")
    with pytest.raises(NotFound, match="Could not find endpoint "):
        town.update("e", name="nobody")


def test_an_update_needs_a_config_that_is_there(town: Town) -> None:
    town.deploy()

    with pytest.raises(NotFound, match="Could not find endpoint configuration"):
        town.update("nothing")
    assert town.describe()["EndpointStatus"] == "InService"


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
    with town.store.read() as cx:
        row = cx.execute(select(duty).where(duty.c.kind != telling.DUTY)).one()
    again = Duty(row.id, row.kind, row.queueing_key, row.payload, 2, row.created_at)
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


def test_a_canary_that_ceases_to_answer_is_taken_back(town: Town, tmp_path: Path) -> None:
    may_live = tmp_path / "may-live"
    may_live.touch()
    write_product(town.home / "catalog", "mortal", MORTAL)
    town.deploy(GREETING="old")
    town.configure("second", "mortal", MAY_LIVE=str(may_live))
    town.update("second", DeploymentConfig=CANARY)
    town.work()
    [new] = [each for each in town.fleet.instances() if each.log_name.endswith(".g1.log")]
    assert isinstance(new, LocalInstance)
    assert new.pid is not None

    may_live.unlink()
    os.kill(new.pid, signal.SIGKILL)
    until(lambda: new.restarts == 2, "its death to be noticed")
    chosen = town.fleet.routes.choose
    until(lambda: all(new not in chosen("e").instances for _ in range(20)), "it to get no more calls")
    [owed] = town.owed()
    later = town.deployment.update(owed)
    assert later is not None  # it may come back
    with town.store.write() as cx:
        cx.execute(duty.delete())
        later(cx, NOW)
    town.now = NOW + RESTART_TIME
    town.work()

    description = town.describe()
    assert description["EndpointStatus"] == "InService"
    assert description["FailureReason"] == (
        "The primary container for production variant AllTraffic ceased to answer while it had 50% of the calls. "
        "See AllTraffic-1.g1.log, which `secondlook endpoints logs` prints."
    )
    assert answers(town, 10).keys() == {"old"}


def test_an_update_that_takes_longer_than_it_may_is_taken_back(town: Town) -> None:
    town.deploy(GREETING="old")
    town.update("e", DeploymentConfig=CANARY)
    town.work()
    town.now = NOW + timedelta(seconds=601)

    town.work()

    description = town.describe()
    assert description["EndpointStatus"] == "InService"
    assert (
        description["FailureReason"]
        == "The update took longer than its MaximumExecutionTimeoutInSeconds of 600."
    )
    assert description["LastModifiedTime"] == NOW + timedelta(seconds=601)


def test_properties_of_variants_are_retained_where_that_is_asked(town: Town) -> None:
    town.deploy(weights={"a": 3, "b": 1})
    town.configure("second", weights={"a": 1, "c": 1}, instances=2)

    town.update(
        "second",
        RetainAllVariantProperties=True,
        ExcludeRetainedVariantProperties=[{"VariantPropertyType": "DesiredInstanceCount"}],
    )
    town.work()

    assert shown(town) == [("a", 3, 2), ("c", 1, 2)]


def shown(town: Town) -> list[tuple[str, float, int]]:
    return [
        (variant["VariantName"], variant["CurrentWeight"], variant["CurrentInstanceCount"])
        for variant in town.describe()["ProductionVariants"]
    ]


def test_weights_and_counts_change_without_a_restart_of_what_stays(town: Town) -> None:
    town.deploy(weights={"a": 1, "b": 0})
    before = pids(town)

    town.resize(
        {"VariantName": "a", "DesiredWeight": 0},
        {"VariantName": "b", "DesiredWeight": 5, "DesiredInstanceCount": 2},
    )
    variants = {variant["VariantName"]: variant for variant in town.describe()["ProductionVariants"]}
    assert (variants["b"]["CurrentWeight"], variants["b"]["DesiredWeight"]) == (0, 5)
    assert variants["b"]["DesiredInstanceCount"] == 2
    assert variants["b"]["VariantStatus"][0]["Status"] == "Updating"
    assert town.invoke().variant == "a"
    town.work()

    assert shown(town) == [("a", 0, 1), ("b", 5, 2)]
    assert {town.invoke().variant for _ in range(10)} == {"b"}
    assert before < pids(town)
    assert town.invoke(target="a").variant == "a"

    town.resize({"VariantName": "b", "DesiredInstanceCount": 1})
    town.work()
    until(lambda: pids(town) == before, "the instance too many to go")
    assert len(list((town.home / "models").iterdir())) == 2


@pytest.mark.parametrize(
    ("desired", "message"),
    [
        (
            [{"VariantName": "x", "DesiredWeight": 1}],
            'The variant name(s) "x" is/are not present within endpoint configuration "e".',
        ),
        (
            [{"VariantName": "AllTraffic"}, {"VariantName": "AllTraffic"}],
            "DesiredWeightsAndCapacities names a production variant twice: AllTraffic.",
        ),
        (
            [{"VariantName": "AllTraffic", "DesiredInstanceCount": 0}],
            "Production variant AllTraffic cannot have 0 instances: give it DesiredWeight 0 to send it no calls.",
        ),
        (
            [{"VariantName": "AllTraffic", "DesiredInstanceCount": 17}],
            "Production variant AllTraffic asks for 17 instances; at most 16 run here.",
        ),
    ],
)
def test_weights_and_counts_that_cannot_be_are_refused(
    town: Town, desired: list[dict[str, Any]], message: str
) -> None:
    town.deploy()

    with pytest.raises(Invalid) as refusal:
        town.resize(*desired)

    assert str(refusal.value) == message
    assert town.describe()["EndpointStatus"] == "InService"


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


def test_the_journal_says_what_was_done_to_an_endpoint(town: Town) -> None:
    town.deploy()
    town.update("e")
    town.work()
    town.resize({"VariantName": "AllTraffic", "DesiredWeight": 2.0})
    with town.store.write() as cx:
        endpoint.remove(cx, PLACE, "e", NOW)
    town.work()

    with town.store.read() as cx:
        rows = cx.execute(select(journal).order_by(journal.c.id)).all()
    assert [(row.action, row.resource_type, row.resource, row.detail) for row in rows] == [
        ("CreateEndpoint", "Endpoint", "e", {"config": "e"}),
        ("UpdateEndpoint", "Endpoint", "e", {"config": "e"}),
        (
            "UpdateEndpointWeightsAndCapacities",
            "Endpoint",
            "e",
            {"variants": [{"VariantName": "AllTraffic", "DesiredWeight": 2.0}]},
        ),
        ("DeleteEndpoint", "Endpoint", "e", None),
    ]
