"""Which writes may be under way while somebody looks, so that what they add cannot be seen yet.

Both are selected beside what is looked for, so that they are of the same look. SQLite lets one transaction write at a
time: whoever may write sees all there is.
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
    name = "pg_snapshot_xmin"


class begun_below(FunctionElement[int]):  # noqa: N801
    """The number below which every transaction has begun: those that begin later have it, or a larger one."""

    type = BigInteger()
    inherit_cache = True
    name = "pg_snapshot_xmax"


@compiles(ended_below, "postgresql")
@compiles(begun_below, "postgresql")
def _of_snapshot(bound: ended_below | begun_below, _compiler: Any, **_: Any) -> str:
    return f"CAST(CAST({bound.name}(pg_current_snapshot()) AS TEXT) AS BIGINT)"


@compiles(ended_below, "sqlite")
@compiles(begun_below, "sqlite")
def _of_the_one_writer(_bound: ended_below | begun_below, _compiler: Any, **_: Any) -> str:
    return "0"
