"""In which steps calls go over to what an update brought up."""

from __future__ import annotations

from typing import Any

import pytest

from secondlook.hosting.endpoints.traffic import limit, steps
from secondlook.hosting.errors import Invalid


def blue_green(kind: str, **more: Any) -> dict[str, Any]:
    """A DeploymentConfig; `more` goes into its traffic routing, but for the waiting at the end."""
    ends = {"TerminationWaitInSeconds": more.pop("end")} if "end" in more else {}
    routing = {"Type": kind, "WaitIntervalInSeconds": 60, **more}
    return {"BlueGreenUpdatePolicy": {"TrafficRoutingConfiguration": routing, **ends}}


def percent(value: int) -> dict[str, Any]:
    return {"Type": "CAPACITY_PERCENT", "Value": value}


def count(value: int) -> dict[str, Any]:
    return {"Type": "INSTANCE_COUNT", "Value": value}


def rolling(size: dict[str, Any]) -> dict[str, Any]:
    return {"RollingUpdatePolicy": {"MaximumBatchSize": size, "WaitIntervalInSeconds": 5}}


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        (None, []),
        ({}, []),
        ({"AutoRollbackConfiguration": {"Alarms": [{"AlarmName": "a"}]}}, []),
        (blue_green("ALL_AT_ONCE"), [(1.0, 60)]),
        (blue_green("ALL_AT_ONCE", end=30), [(1.0, 60), (1.0, 30)]),
        (blue_green("ALL_AT_ONCE", WaitIntervalInSeconds=0), []),
        (blue_green("CANARY", CanarySize=percent(10)), [(0.1, 60), (1.0, 60)]),
        (blue_green("CANARY", CanarySize=count(1)), [(0.25, 60), (1.0, 60)]),
        (
            blue_green("LINEAR", LinearStepSize=percent(30)),
            [(0.3, 60), (0.6, 60), (0.9, 60), (1.0, 60)],
        ),
        (blue_green("LINEAR", LinearStepSize=count(2)), [(0.5, 60), (1.0, 60)]),
        (rolling(percent(50)), [(0.5, 5), (1.0, 5)]),
    ],
)
def test_of_four_instances(config: dict[str, Any] | None, expected: list[tuple[float, float]]) -> None:
    assert [(step.share, step.lasts.total_seconds()) for step in steps(config, 4)] == expected


def test_one_instance_is_never_too_much_for_a_step() -> None:
    [step] = steps(rolling(count(1)), 1)

    assert step.share == 1.0


@pytest.mark.parametrize(
    ("config", "message"),
    [
        (blue_green("CANARY"), "A TrafficRoutingConfiguration of type CANARY needs CanarySize."),
        (blue_green("LINEAR"), "A TrafficRoutingConfiguration of type LINEAR needs LinearStepSize."),
        (
            blue_green("CANARY", CanarySize=percent(60)),
            "CanarySize is 60 percent; it may be 1 to 50 percent of the instances.",
        ),
        (
            blue_green("LINEAR", LinearStepSize=percent(5)),
            "LinearStepSize is 5 percent; it may be 10 to 50 percent of the instances.",
        ),
        (
            rolling(count(3)),
            "MaximumBatchSize is 3 of 4 instances; it may be 5 to 50 percent of the instances.",
        ),
        (
            blue_green("ALL_AT_ONCE") | rolling(count(1)),
            "DeploymentConfig takes one of BlueGreenUpdatePolicy and RollingUpdatePolicy, not both.",
        ),
    ],
)
def test_what_contradicts_itself_is_refused(config: dict[str, Any], message: str) -> None:
    with pytest.raises(Invalid) as refusal:
        steps(config, 4)

    assert str(refusal.value) == message


def test_a_config_may_say_how_long_all_of_it_may_take() -> None:
    config = rolling(count(1))
    config["RollingUpdatePolicy"]["MaximumExecutionTimeoutInSeconds"] = 600

    longest = limit(config)

    assert longest is not None
    assert longest.total_seconds() == 600
    assert limit(None) is None
