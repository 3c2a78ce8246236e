"""What tests of updates share: a canary, which processes run, and who answers."""

from __future__ import annotations

from collections import Counter

from secondlook.hosting.instances.kinds.local.supervised import LocalInstance

from .workshop import Town

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


def pids(town: Town) -> set[int]:
    return {instance.pid for instance in town.fleet.instances() if isinstance(instance, LocalInstance)} - {
        None
    }


def answers(town: Town, calls: int) -> Counter[str]:
    return Counter(town.greeting() for _ in range(calls))
