"""How a worker likes to work in a flow definition: what the tools on its pages remember, kept by name [portal.md].

One small row for each, beside which nothing is kept: it goes with the worker and with the flow definition.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, select, update

from secondlook.review.decisions.preferences import merged
from secondlook.review.errors import NotYours
from secondlook.store.insert import insert_new
from secondlook.store.prepared import prepared
from secondlook.store.tables import flow, membership, person, preference


def find(cx: Connection, person_id: int, flow_name: str) -> dict[str, Any]:
    """What a worker likes in a flow definition, by name."""
    kept: dict[str, Any] | None = cx.execute(*_kept(person_id, flow_name)).scalar_one_or_none()
    return kept or {}


def keep(cx: Connection, person_id: int, flow_name: str, change: Mapping[str, Any], now: datetime) -> None:
    """Keep what has been accepted (`preferences.accept`), each name for itself; None forgets one.

    Raises NotYours where the worker may not work on the flow definition, or there is none.
    """
    flow_id = cx.execute(*_workable(person_id, flow_name)).scalar_one_or_none()
    if flow_id is None:
        raise NotYours(f"You are not offered tasks of {flow_name[:100]!r}.")
    insert_new(cx, preference, person_id=person_id, flow_id=flow_id, content={}, updated_at=now)
    row = preference.c.person_id == person_id, preference.c.flow_id == flow_id
    kept = cx.execute(select(preference.c.content).where(*row).with_for_update()).scalar_one()
    cx.execute(update(preference).where(*row).values(content=merged(kept, change), updated_at=now))


@prepared
def _kept(person_id: Any, flow_name: Any) -> Select[Any]:
    return (
        select(preference.c.content)
        .join(flow, flow.c.id == preference.c.flow_id)
        .where(preference.c.person_id == person_id, flow.c.name == flow_name)
    )


@prepared
def _workable(person_id: Any, flow_name: Any) -> Select[Any]:
    return (
        select(flow.c.id)
        .join(membership, membership.c.workteam == flow.c.workteam)
        .join(person, person.c.id == membership.c.person_id)
        .where(flow.c.name == flow_name, person.c.id == person_id, person.c.disabled_at.is_(None))
        # So that it is not deleted before what refers to it is written.
        .with_for_update(of=flow, key_share=True, read=True)
    )
