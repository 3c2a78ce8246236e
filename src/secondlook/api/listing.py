"""List operations: the filters, orders and tokens that they share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Column, Row, Select

from secondlook.api.call import Call
from secondlook.store.paging import BadToken, page
from secondlook.wire import errors

DEFAULT_SIZE = 100
"""Rows of a page unless MaxResults says otherwise: AWS's maximum (our choice [api.md §2])."""


def listed(
    call: Call,
    query: Select[Any],
    member: str,
    show: Callable[[Row[Any]], dict[str, Any]],
    *,
    created: Column[Any],
    name: Column[Any],
    by_name: bool = False,
    descending: bool = True,
) -> dict[str, Any]:
    """One page of `query` under `member`, newest first unless `descending` or SortOrder says otherwise."""
    given = call.params
    if after := given.get("CreationTimeAfter"):
        query = query.where(created > after)
    if before := given.get("CreationTimeBefore"):
        query = query.where(created < before)
    if order := given.get("SortOrder"):
        descending = order == "Descending"
    try:
        with call.store.read() as cx:
            rows, token = page(
                cx,
                query,
                [name] if by_name else [created, name],
                descending=descending,
                token=given.get("NextToken"),
                size=given.get("MaxResults", DEFAULT_SIZE),
            )
    except BadToken as error:
        raise errors.validation(str(error)) from error
    return {member: [show(row) for row in rows], **({"NextToken": token} if token else {})}
