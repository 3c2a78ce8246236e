"""Tags of resources: up to 50 each, by ARN [api.md §6]."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, delete, func, select, update

from secondlook.review.errors import LimitExceeded
from secondlook.store.insert import insert_new
from secondlook.store.tables import tag

MOST = 50


def put(cx: Connection, arn: str, tags: Iterable[Mapping[str, str]]) -> None:
    """Add tags; a key that is there gets the new value. Raises LimitExceeded above 50 per resource."""
    values = {pair["Key"]: pair["Value"] for pair in tags}
    if not values:
        return
    for key in sorted(values):  # in one order, so that two calls at once do not wait for each other's rows
        if insert_new(cx, tag, arn=arn, key=key, value=values[key]) is None:
            cx.execute(update(tag).where(tag.c.arn == arn, tag.c.key == key).values(value=values[key]))
    if (cx.scalar(select(func.count()).select_from(tag).where(tag.c.arn == arn)) or 0) > MOST:
        raise LimitExceeded(f"A resource has at most {MOST} tags; {arn} would have more.")


def of(cx: Connection, arn: str) -> list[dict[str, str]]:
    rows = cx.execute(select(tag.c.key, tag.c.value).where(tag.c.arn == arn).order_by(tag.c.key))
    return [{"Key": row.key, "Value": row.value} for row in rows]


def take(cx: Connection, arn: str, keys: Iterable[str]) -> None:
    cx.execute(delete(tag).where(tag.c.arn == arn, tag.c.key.in_(list(keys))))


def drop(cx: Connection, arn: str) -> None:
    """The resource is gone, and its tags with it."""
    cx.execute(delete(tag).where(tag.c.arn == arn))
