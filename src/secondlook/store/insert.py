"""Insert a row unless its key is taken, on either database, without ending the transaction."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_new(cx: Connection, table: Table, **values: Any) -> Row[Any] | None:
    """Insert and return the row's primary key, or None if a row with one of its unique keys is there already."""
    dialect = sqlite if cx.dialect.name == "sqlite" else postgresql
    statement = (
        dialect.insert(table).values(**values).on_conflict_do_nothing().returning(*table.primary_key.columns)
    )
    return cx.execute(statement).one_or_none()
