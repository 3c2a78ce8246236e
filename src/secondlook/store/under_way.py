"""Which writes may be under way while somebody looks, so that what they add cannot be seen yet."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Connection, Text, cast, func, literal


def ended_below(cx: Connection) -> ColumnElement[int]:
    """The number below which every transaction has ended, for a look that selects it beside what it looks for.

    SQLite lets one transaction write at a time: whoever may write sees all there is.
    """
    return _snapshot(cx, func.pg_snapshot_xmin)


def begun_below(cx: Connection) -> ColumnElement[int]:
    """The number below which every transaction has begun by the time of the look; later ones have it or a larger one."""
    return _snapshot(cx, func.pg_snapshot_xmax)


def _snapshot(cx: Connection, bound: Any) -> ColumnElement[int]:
    if cx.dialect.name == "sqlite":
        return literal(0)
    return cast(cast(bound(func.pg_current_snapshot()), Text), BigInteger)
