"""What the gateway does otherwise for one service than for all: its folder says so in its `__init__`, as `TRAITS`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from anyio import CapacityLimiter

from secondlook.wire.http import Request
from secondlook.wire.specs import Operation
from secondlook.wire.validate import validate

THREADS = CapacityLimiter(32)
"""Operations under way at once; more wait their turn."""


def unchecked(*_: object) -> None:
    """The operations check it themselves."""


def by_model(operation: Operation, params: Mapping[str, Any], _request: Request) -> None:
    """Every constraint of the service's model holds, or a ValidationException lists those that do not."""
    validate(operation, params)


@dataclass(frozen=True, slots=True)
class ServiceTraits:
    """How the requests of one service are taken."""

    check_body: Callable[[Request, Operation], None] = unchecked
    """Raises AwsError where a body that was read is not what its headers say."""

    check_params: Callable[[Operation, Mapping[str, Any], Request], None] = by_model
    """Raises AwsError for what an operation does not take."""

    threads: CapacityLimiter = THREADS
    """Where operations that are no coroutines run."""

    leaves_streams: bool = False
    """Whether an operation whose input is the body as it is reads that itself: it may be larger than memory."""

    beside_the_model: Mapping[str, tuple[Callable[..., Any], str]] = field(default_factory=dict)
    """What is served although the model does not name it: the function, and the operation whose rights it takes."""
