"""Event targets: where events are sent to. A target has a kind, which is its channel's name, and that channel's settings.

What a channel does with its settings is its own business (`clock.channels`); here they are JSON.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, func, insert, or_, select, update
from sqlalchemy.sql.elements import ColumnElement

from secondlook.review.decisions.event import is_for_all, topic
from secondlook.review.errors import NotFound
from secondlook.store import journal
from secondlook.store.tables import delivery, event_target


def add(
    cx: Connection,
    kind: str,
    settings: dict[str, Any],
    secret: bytes | None,
    flow: str | None,
    now: datetime,
    *,
    all_events: bool = False,
    topic_arn: str | None = None,
) -> int:
    """Send events (of one flow definition, or all) there from now on; `secret` is sealed. The target's id.

    Without `all_events` it gets those only that A2I has too. With a `topic_arn`, those only that AWS publishes to that SNS topic.
    """
    values = {
        "kind": kind,
        "settings": settings,
        "secret": secret,
        "flow": flow,
        "all_events": all_events,
        "topic": topic_arn,
        "created_at": now,
    }
    number: int = cx.execute(insert(event_target).values(values).returning(event_target.c.id)).scalar_one()
    # Not the settings: the address of a webhook may have a secret in it.
    journal.record(cx, "CreateEventTarget", "EventTarget", str(number), now, detail={"kind": kind})
    return number


def of_kind(cx: Connection, kind: str) -> list[Row[Any]]:
    """id, settings, flow, topic, all_events, created_at, disabled_at of every target of a kind, oldest first, and how it gets on.

    `waiting` and `failed` count deliveries that are still owed and that were given up (`deliveries.OUTCOME`), `last_error`
    is why the latest try among both failed.
    """
    columns = (
        event_target.c.id,
        event_target.c.settings,
        event_target.c.flow,
        event_target.c.topic,
        event_target.c.all_events,
        event_target.c.created_at,
        event_target.c.disabled_at,
        _of_target(func.count(), and_(_OWED, _IS_ON)).label("waiting"),
        _of_target(func.count(), or_(delivery.c.state == "given-up", and_(_OWED, ~_IS_ON))).label("failed"),
        _last_error().label("last_error"),
    )
    return list(cx.execute(select(*columns).where(event_target.c.kind == kind).order_by(event_target.c.id)))


def wanting(cx: Connection, document: dict[str, Any], flow: str) -> list[Row[Any]]:
    """The targets (id, kind) that are on and want this event of a flow definition, oldest first."""
    wants = or_(event_target.c.flow.is_(None), event_target.c.flow == flow)
    if not is_for_all(document):
        wants &= event_target.c.all_events
    wants &= event_target.c.topic.is_(None)
    if named := topic(document):
        wants |= event_target.c.topic == named
    query = select(event_target.c.id, event_target.c.kind).where(event_target.c.disabled_at.is_(None), wants)
    return list(cx.execute(query.order_by(event_target.c.id)))


def disable(cx: Connection, kind: str, target_id: int, now: datetime) -> None:
    """Send it nothing more: what is owed to it is given up (`deliveries.OUTCOME`). Raises NotFound."""
    on = (event_target.c.id == target_id) & event_target.c.disabled_at.is_(None)
    check(cx, kind, target_id)
    if cx.execute(update(event_target).where(on).values(disabled_at=now)).rowcount == 1:
        journal.record(cx, "DisableEventTarget", "EventTarget", str(target_id), now, detail={"kind": kind})


def check(cx: Connection, kind: str, target_id: int) -> None:
    """Raise NotFound unless there is such a target, be it disabled."""
    same = (event_target.c.id == target_id) & (event_target.c.kind == kind)
    if cx.scalar(select(event_target.c.id).where(same)) is None:
        raise NotFound(f"There is no {kind} {target_id}.")


_OWED = delivery.c.state == "owed"
_IS_ON = event_target.c.disabled_at.is_(None)


def _of_target(what: Any, state: ColumnElement[bool]) -> Any:
    """`what` of the deliveries in a state that go to the target of the row around it."""
    query = select(what).select_from(delivery)
    return query.where(delivery.c.target == event_target.c.id, state).scalar_subquery()


def _last_error() -> Any:
    unwell = delivery.c.state.in_(("owed", "given-up")) & delivery.c.error.is_not(None)
    return (
        select(delivery.c.error)
        .where(delivery.c.target == event_target.c.id, unwell)
        .order_by(delivery.c.tried_at.desc(), delivery.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
