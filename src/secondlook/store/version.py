"""Version rows: a number that rises with each change of something that doors keep in memory."""

from __future__ import annotations

from sqlalchemy import Connection, select, update

from secondlook.store.insert import insert_new
from secondlook.store.session import raised
from secondlook.store.tables import cache_version

BUCKET_SETTINGS = "bucket settings"

STARTABLE = "startable"
"""Of what loops start in: flow definitions, their task UIs, and the people who are enough for them or not."""


def version(cx: Connection, name: str) -> int:
    """The current number; 0 before the first change."""
    return cx.scalar(select(cache_version.c.number).where(cache_version.c.name == name)) or 0


def raise_version(cx: Connection, name: str) -> None:
    """Say, in the transaction that changes it, that `name` has changed."""
    raised(cx).add(name)
    insert_new(cx, cache_version, name=name, number=0)
    cx.execute(
        update(cache_version).where(cache_version.c.name == name).values(number=cache_version.c.number + 1)
    )
