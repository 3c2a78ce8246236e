"""How the calls of an endpoint go over to what an update brought up: in which parts, and how long each is looked at. Pure.

A DeploymentConfig says it [model, DeploymentConfig]. Both generations run in full meanwhile, so a rolling update goes over in the parts
of its batches and saves no memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import Any

from secondlook.hosting.errors import Invalid

MOST_OF_A_STEP = Fraction(1, 2)
LEAST_OF_A_STEP = {
    "CanarySize": Fraction(0),
    "LinearStepSize": Fraction(1, 10),
    "MaximumBatchSize": Fraction(1, 20),
}
"""Which part of all instances a step may be, as the service model's texts say."""


@dataclass(frozen=True, slots=True)
class Step:
    """`share` of the calls, 0 to 1, goes to the new variants for this long."""

    share: float
    lasts: timedelta


def steps(config: Mapping[str, Any] | None, instances: int) -> list[Step]:
    """What comes between the first answer of the new variants, of `instances` in all, and the end of the old ones.

    Empty without a config: everything goes over at once. Raises Invalid for a config that contradicts itself.
    """
    return [step for step in _steps(config or {}, instances) if step.lasts]


def limit(config: Mapping[str, Any] | None) -> timedelta | None:
    """How long the whole update may take, if the config says so."""
    policy = _policy(config or {})
    seconds = policy.get("MaximumExecutionTimeoutInSeconds")
    return None if seconds is None else timedelta(seconds=seconds)


def _policy(config: Mapping[str, Any]) -> Mapping[str, Any]:
    return config.get("BlueGreenUpdatePolicy") or config.get("RollingUpdatePolicy") or {}


def _steps(config: Mapping[str, Any], instances: int) -> Iterator[Step]:
    blue_green, rolling = config.get("BlueGreenUpdatePolicy"), config.get("RollingUpdatePolicy")
    if blue_green and rolling:
        raise Invalid(
            "DeploymentConfig takes one of BlueGreenUpdatePolicy and RollingUpdatePolicy, not both."
        )
    if rolling:
        batch = _part(rolling, "MaximumBatchSize", instances)
        yield from _even(batch, rolling["WaitIntervalInSeconds"])
    elif blue_green:
        routing = blue_green["TrafficRoutingConfiguration"]
        wait = routing["WaitIntervalInSeconds"]
        match routing["Type"]:
            case "CANARY":
                yield Step(float(_part(routing, "CanarySize", instances)), timedelta(seconds=wait))
                yield Step(1.0, timedelta(seconds=wait))
            case "LINEAR":
                yield from _even(_part(routing, "LinearStepSize", instances), wait)
            case _:
                yield Step(1.0, timedelta(seconds=wait))
        yield Step(1.0, timedelta(seconds=blue_green.get("TerminationWaitInSeconds", 0)))


def _even(part: Fraction, wait: int) -> Iterator[Step]:
    share = part
    while share < 1:
        yield Step(float(share), timedelta(seconds=wait))
        share += part
    yield Step(1.0, timedelta(seconds=wait))


def _part(policy: Mapping[str, Any], member: str, instances: int) -> Fraction:
    """A CapacitySize as a part of all instances; one instance is never too much for a step."""
    size = policy.get(member)
    if size is None:
        raise Invalid(f"A TrafficRoutingConfiguration of type {policy['Type']} needs {member}.")
    is_count = size["Type"] == "INSTANCE_COUNT"
    part = Fraction(size["Value"], instances if is_count else 100)
    least = LEAST_OF_A_STEP[member]
    if part < least or (part > MOST_OF_A_STEP and not (is_count and size["Value"] == 1)):
        of = f"{size['Value']} of {instances} instances" if is_count else f"{size['Value']} percent"
        raise Invalid(
            f"{member} is {of}; it may be {int(least * 100) or 1} to {int(MOST_OF_A_STEP * 100)} percent of the instances."
        )
    return min(part, Fraction(1))
