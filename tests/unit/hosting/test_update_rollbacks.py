"""Updates that are taken back: why, what is said of it, and that the old model answers; with real model processes."""

from __future__ import annotations

import os
import signal
from datetime import timedelta
from pathlib import Path

import pytest

from secondlook.hosting.endpoints.deployment import RESTART_TIME
from secondlook.hosting.errors import Invalid, StartFailed
from secondlook.hosting.instances.kinds.local.supervised import LocalInstance
from secondlook.store.tables import duty

from .conftest import NOW, until, write_product
from .updating import CANARY, answers, pids
from .workshop import Town, carry_through

MORTAL = """
    import os, pathlib
    if not pathlib.Path(os.environ["MAY_LIVE"]).exists():
        raise SystemExit("the disk is gone")
    def transform_fn(model, body, content_type, accept):
        return "mortal 0", "text/plain"
"""


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


def test_what_cannot_be_taken_away_again_is_said_when_all_tries_are_over(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.deploy()
    town.configure("second", "broken")
    town.update("second")
    [owed] = town.owed()

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
    [owed] = town.owed(tries=60)
    with town.store.write() as cx:
        town.deployment.stuck_update(owed, "another server holds it.")(cx, NOW)
    town.work()

    description = town.describe()
    assert description["EndpointStatus"] == "InService"
    assert description["FailureReason"] == "The endpoint could not be updated: another server holds it."
