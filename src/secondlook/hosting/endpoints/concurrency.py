"""How many asynchronous calls an instance takes at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from secondlook.hosting import contract
from secondlook.hosting.asynchronous.config import AsyncConfig
from secondlook.hosting.container import Container

ELSEWHERE = 4
"""At an instance that is no process of ours, whose workers we do not know, unless the config says otherwise."""


def per_instance(asynchronous: Mapping[str, Any] | None, container: Container) -> int | None:
    """By the AsyncInferenceConfig of an endpoint's row; None where it has none."""
    if not asynchronous:
        return None
    return AsyncConfig.from_json(asynchronous).most or _workers(container)


def _workers(container: Container) -> int:
    """How many predictions run at once in an instance."""
    if not container.runs_here:
        return ELSEWHERE
    workers = container.environment.get(contract.WORKERS, "1")
    return max(1, int(workers)) if workers.isdecimal() else 1
