"""Insert a row whose key may be taken, on either database, without ending the transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Executable, Row, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_new(cx: Connection, table: Table, **values: Any) -> Row[Any] | None:
    """Insert and return the row's primary key, or None if a row with one of its unique keys is there already."""
    return cx.execute(_statement(table, cx.dialect.name, (*table.primary_key.columns,)), values).one_or_none()


def insert_each_new(
    cx: Connection, table: Table, rows: Sequence[Mapping[str, Any]], *returning: ColumnElement[Any]
) -> Sequence[Row[Any]]:
    """Insert by one statement those rows of whose unique keys none is there already; `returning` of these, in any order."""
    return cx.execute(_statement(table, cx.dialect.name, returning), rows).all()


def upsert(cx: Connection, table: Table, key: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    """Insert a row under its primary `key`, or give the one that is there these values."""
    statement = _replacing(table, cx.dialect.name, tuple(key), tuple(values))
    cx.execute(statement, {**key, **values})


@cache
def _statement(table: Table, dialect: str, returning: tuple[ColumnElement[Any], ...]) -> Executable:
    # Built once: values given apart from it cost a third of what values built into it do.
    return _insert(table, dialect).on_conflict_do_nothing().returning(*returning)


@cache
def _replacing(table: Table, dialect: str, key: tuple[str, ...], values: tuple[str, ...]) -> Executable:
    new = _insert(table, dialect)
    return new.on_conflict_do_update(index_elements=key, set_={name: new.excluded[name] for name in values})


def _insert(table: Table, dialect: str) -> sqlite.Insert | postgresql.Insert:
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
