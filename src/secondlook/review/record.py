"""Predictions that pass through conditions: each recorded once, with the loop that it starts, in one transaction [statistics, §7]."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, exists, select

from secondlook.review.errors import ReviewError
from secondlook.review.starting import Start, start_each
from secondlook.store.insert import insert_each_new
from secondlook.store.session import Store
from secondlook.store.steps import delete_in_steps
from secondlook.store.tables import prediction
from secondlook.store.writer import Work


@dataclass(frozen=True, slots=True)
class Prediction:
    """One to be recorded. `row` are the columns but for the loop; `start` is the loop that it asks for, if any, `keep` what
    must be there when that starts.

    The same `prediction_id` in the same flow definition is the same prediction: what is recorded stays as it is.
    """

    row: dict[str, Any]
    start: Start | None = None
    keep: Work[None] | None = None


def record_each(cx: Connection, predictions: Sequence[Prediction]) -> list[ReviewError | None]:
    """Record predictions and start their loops. Answers why those are neither recorded nor started that cannot be."""
    starts = [new.start for new in predictions if new.start is not None]
    outcomes = iter(start_each(cx, starts) if starts else ())
    errors = [None if new.start is None else next(outcomes) for new in predictions]
    rows = [
        {**new.row, "loop": None if new.start is None else new.start.name}
        for new, error in zip(predictions, errors, strict=True)
        if error is None
    ]
    for new, error in zip(predictions, errors, strict=True):
        if new.keep is not None and error is None:
            new.keep(cx)
    if rows:
        # In one order: servers that record the same predictions meet at the first of them, not in a circle.
        rows.sort(key=lambda row: (row["flow"], row["prediction_id"]))
        insert_each_new(cx, prediction, rows, prediction.c.id)
    return errors


def of_flow(name: str) -> Select[Any]:
    """The predictions of a flow definition, for the door to page through."""
    return select(prediction).where(prediction.c.flow == name)


def has_any(cx: Connection, name: str) -> bool:
    """Whether anything was recorded of a flow definition, which may be deleted by now."""
    return cx.scalar(select(exists().where(prediction.c.flow == name))) is True


def forget(store: Store, days: int, now: datetime) -> None:
    """Delete those older than so many days. May be many: no transaction of the caller may be open."""
    delete_in_steps(store, prediction, prediction.c.at < now - timedelta(days=days))
