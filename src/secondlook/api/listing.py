"""List operations: the filters, orders and tokens that they share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import Column, Connection, Select

from secondlook.api.call import Call
from secondlook.store.paging import BadToken, Place, page
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
    modified: Column[Any] | None = None,
    within: Sequence[Column[Any]] = (),
    by_name: bool = False,
    first: Column[Any] | None = None,
    descending: bool = True,
    prepare: Callable[[Connection, Sequence[Any]], Sequence[Any]] = lambda _cx, rows: rows,
    besides: Callable[[Connection], Iterable[tuple[Place, Any]]] = lambda _cx: (),
) -> dict[str, Any]:
    """One page of `query` under `member`, newest first unless `descending` or SortOrder says otherwise.

    By name where SortBy says so, or `by_name`; with `first`, by that column, and by creation within it. Rows of one name are told apart by `within`. `prepare` makes of the rows what
    is shown, with further looks at the database. `besides` are things that are no rows (`paging.page`), by their names, or by their
    times and names.
    """
    params = call.params
    by_name = by_name or params.get("SortBy") == "Name"
    if part := params.get("NameContains"):
        query = query.where(name.contains(part, autoescape=True))
    if after := params.get("CreationTimeAfter"):
        query = query.where(created > after)
    if before := params.get("CreationTimeBefore"):
        query = query.where(created < before)
    if modified is not None and (after := params.get("LastModifiedTimeAfter")):
        query = query.where(modified > after)
    if modified is not None and (before := params.get("LastModifiedTimeBefore")):
        query = query.where(modified < before)
    if order := params.get("SortOrder"):
        descending = order == "Descending"
    try:
        with call.store.read() as cx:
            rows, token = page(
                cx,
                query,
                [name, *within] if by_name else [*([] if first is None else [first]), created, name, *within],
                descending=descending,
                token=params.get("NextToken"),
                size=params.get("MaxResults", DEFAULT_SIZE),
                besides=besides(cx),
            )
            shown = prepare(cx, rows)
    except BadToken as error:
        raise errors.validation(str(error)) from error
    return {member: [show(item) for item in shown], **({"NextToken": token} if token else {})}
