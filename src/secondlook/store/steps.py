"""Deleting much, without anybody noticing: in steps, each a transaction of its own.

On SQLite one transaction writes at a time, so a long one stands in everybody's way. A step is as large as fits a
fiftieth of a second, and after each the others have as long again. What is left when a server dies is deleted by
whoever takes the duty up again: steps delete by condition and remember nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from sqlalchemy import ColumnElement, Connection, Table, delete, select, tuple_

from secondlook.store.session import Store

MOST_ROWS = 500
"""Rows of one step, however quick they are."""

STEP_SECONDS = 0.02

_FIRST_ROWS = 1
"""A row may have megabytes; it takes nine steps to find out that it has not."""

Step = Callable[[Connection, int], int]
"""Deletes up to so many rows; answers how many there were."""


def in_steps(store: Store, step: Step, patience: float = float("inf")) -> bool:
    """Repeat `step` until it finds less than it may delete; False when `patience` seconds were over before that."""
    began, rows = time.monotonic(), _FIRST_ROWS
    while True:
        moment = time.monotonic()
        with store.write() as cx:
            deleted = step(cx, rows)
        took = time.monotonic() - moment
        if deleted < rows:
            return True
        if moment + took - began > patience:
            return False
        rows = min(rows * 2, MOST_ROWS) if took < STEP_SECONDS / 2 else rows
        rows = max(rows // 2, 1) if took > STEP_SECONDS else rows
        time.sleep(took)


def delete_some(cx: Connection, table: Table, where: ColumnElement[bool], most: int) -> int:
    """Delete up to `most` rows; how many. What refers to them by a cascade goes with them."""
    key = tuple_(*table.primary_key.columns)
    some = select(*table.primary_key.columns).where(where).limit(most)
    return cx.execute(delete(table).where(key.in_(some))).rowcount


def delete_in_steps(
    store: Store, table: Table, where: ColumnElement[bool], patience: float = float("inf")
) -> bool:
    """Delete all rows that fit `where`; False when `patience` seconds were over before that."""
    return in_steps(store, lambda cx, most: delete_some(cx, table, where, most), patience)
