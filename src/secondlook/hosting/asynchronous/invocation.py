"""Asynchronous calls as rows: written with what they owe, read by the clock, gone once they are answered.

Two duties follow a call: `invoke-async` asks the model as soon as there is room, `expire-async` ends what still waits when
its time is over.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from secondlook.hosting.asynchronous.config import AsyncConfig
from secondlook.store.outbox import forget, owe
from secondlook.store.tables import async_invocation, endpoint

INVOKE, EXPIRE = "invoke-async", "expire-async"

LONGEST_INLINE = 128_000
"""Bytes of a body that comes with the call itself [model]."""

LARGEST = 1 << 30
"""Bytes of an input, and of an answer [hosting.md]."""

TTL_SECONDS, INVOCATION_SECONDS = 21_600, 900
"""Unless the caller says otherwise [hosting.md]."""


@dataclass(frozen=True, slots=True)
class Invocation:
    """One call. `request` has the members of InvokeEndpointAsync but its body, `status` is the endpoint's, None once that is deleted.

    `call_id` is ours and unique; `inference_id` is the caller's where they gave one. `caller` is on whose behalf the answer is
    reviewed: `{"buckets", "key", "origin"}`; `flow_arn` the flow definition that does so.
    """

    id: int
    call_id: str
    inference_id: str
    request: Mapping[str, Any]
    input_location: str
    output_location: str
    failure_location: str | None
    created_at: datetime
    expires_at: datetime
    endpoint_name: str
    status: str | None
    config: AsyncConfig
    flow_arn: str | None
    caller: Mapping[str, Any]

    @property
    def endpoint_is_gone(self) -> bool:
        return self.status in {None, "Deleting"}

    @property
    def seconds(self) -> float:
        """InvocationTimeoutSeconds."""
        seconds: float = self.request.get("InvocationTimeoutSeconds", INVOCATION_SECONDS)
        return seconds


def add(
    cx: Connection,
    endpoint_row: Row[Any],
    values: Mapping[str, Any],
    now: datetime,
    expires_at: datetime,
) -> int:
    """Write a call of an endpoint (its row) and what it owes. `values` are columns of the table."""
    number: int = cx.execute(
        insert(async_invocation)
        .values(endpoint_id=endpoint_row.id, created_at=now, expires_at=expires_at, **values)
        .returning(async_invocation.c.id)
    ).scalar_one()
    key, payload = str(number), {"invocation_id": number}
    owe(cx, INVOKE, key, payload, due=now, now=now, share=share(endpoint_row.id))
    owe(cx, EXPIRE, key, payload, due=expires_at, now=now)
    return number


def share(endpoint_id: int) -> str:
    """By what calls share the clock's threads: the calls of one endpoint wait for each other and not for all."""
    return f"{endpoint_id:020}"


def find(cx: Connection, number: int) -> Invocation | None:
    """The call; None when it is answered."""
    row = cx.execute(
        select(async_invocation, endpoint.c.status)
        .outerjoin(endpoint, endpoint.c.id == async_invocation.c.endpoint_id)
        .where(async_invocation.c.id == number)
    ).one_or_none()
    if row is None:
        return None
    return Invocation(
        row.id,
        row.request["id"],
        row.inference_id,
        row.request["members"],
        row.input_location,
        row.output_location,
        row.failure_location or None,
        row.created_at,
        row.expires_at,
        row.request["endpoint"],
        row.status,
        AsyncConfig.from_json(row.request["config"]),
        row.request["flow"],
        row.request["caller"],
    )


def done(cx: Connection, number: int) -> bool:
    """Forget a call that is answered, or never will be. False where another server has done so."""
    if cx.execute(delete(async_invocation).where(async_invocation.c.id == number)).rowcount != 1:
        return False
    forget(cx, INVOKE, str(number))
    forget(cx, EXPIRE, str(number))
    return True
