"""List operations: the filters, orders and tokens that they share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Column, Connection, Row, Select

from secondlook.api.call import Call
from secondlook.store.paging import BadToken, page
from secondlook.wire import errors

DEFAULT_SIZE = 100
"""Rows of a page unless MaxResults says otherwise: AWS's maximum (our choice [api.md §2])."""


def listed(
    call: Call,
    query: Select[Any],
    member: str,
    show: Callable[[Any], dict[str, Any]],
    *,
    created: Column[Any],
    name: Column[Any],
    by_name: bool = False,
    first: Column[Any] | None = None,
    descending: bool = True,
    prepare: Callable[[Connection, Sequence[Row[Any]]], Sequence[Any]] = lambda _cx, rows: rows,
) -> dict[str, Any]:
    """One page of `query` under `member`, newest first unless `descending` or SortOrder says otherwise.

    With `first`, by that column, and by creation within it. `prepare` makes of the rows what is shown, with further looks at the database.
    """
    params = call.params
    if after := params.get("CreationTimeAfter"):
        query = query.where(created > after)
    if before := params.get("CreationTimeBefore"):
        query = query.where(created < before)
    if order := params.get("SortOrder"):
        descending = order == "Descending"
    try:
        with call.store.read() as cx:
            rows, token = page(
                cx,
                query,
                [name] if by_name else [*([] if first is None else [first]), created, name],
                descending=descending,
                token=params.get("NextToken"),
                size=params.get("MaxResults", DEFAULT_SIZE),
            )
            shown = prepare(cx, rows)
    except BadToken as error:
        raise errors.validation(str(error)) from error
    return {member: [show(item) for item in shown], **({"NextToken": token} if token else {})}
