"""Which writes are under way while somebody looks, so that what they add cannot be seen yet: functions of SQL.

PostgreSQL numbers transactions in the order in which they begin to write. SQLite lets one write at a time, and whoever does sees
all there is: there every number is 0.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class ended_below(FunctionElement[int]):  # noqa: N801  a function of SQL
    """The number below which every transaction has ended."""

    type = BigInteger()
    inherit_cache = True


class own_number(FunctionElement[int]):  # noqa: N801
    """The number of this transaction, which gets one if it has none."""

    type = BigInteger()
    inherit_cache = True


class own_number_so_far(FunctionElement[int]):  # noqa: N801
    """The number of this transaction; null before it has begun to write."""

    type = BigInteger()
    inherit_cache = True


_OF_POSTGRESQL = {
    ended_below: "pg_snapshot_xmin(pg_current_snapshot())",
    own_number: "pg_current_xact_id()",
    own_number_so_far: "pg_current_xact_id_if_assigned()",
}


@compiles(ended_below, "postgresql")
@compiles(own_number, "postgresql")
@compiles(own_number_so_far, "postgresql")
def _in_postgresql(function: FunctionElement[Any], _compiler: Any, **_: Any) -> str:
    return f"CAST(CAST({_OF_POSTGRESQL[type(function)]} AS TEXT) AS BIGINT)"  # as no type has both


@compiles(ended_below, "sqlite")
@compiles(own_number, "sqlite")
def _in_sqlite(_function: FunctionElement[Any], _compiler: Any, **_: Any) -> str:
    return "0"


@compiles(own_number_so_far, "sqlite")
def _none_in_sqlite(_function: FunctionElement[Any], _compiler: Any, **_: Any) -> str:
    return "NULL"
