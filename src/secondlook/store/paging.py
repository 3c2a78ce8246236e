"""Pages of long lists by keyset: a token says where the last page ended, so no page costs more than the first."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from operator import itemgetter
from typing import Any

from sqlalchemy import Column, Connection, Select, tuple_

from secondlook.store.tables import Time


class BadToken(ValueError):
    """A NextToken that this server did not give out."""


_FOREIGN = "NextToken is not one that this list gave out"


Place = tuple[Any, ...]
"""Where something stands in a list: the values of its keys."""


def page(
    cx: Connection,
    query: Select[Any],
    keys: Sequence[Column[Any]],
    *,
    descending: bool,
    token: str | None,
    size: int,
    besides: Iterable[tuple[Place, Any]] = (),
) -> tuple[list[Any], str | None]:
    """Up to `size` rows of `query` in the order of `keys` (together unique, all selected), and the next token.

    `besides` are things that are no rows and stand among them, each with its place; texts among such keys must be of the kind
    `Key`, which databases sort as Python does.
    """
    start = _start(token, keys) if token else None
    if start is not None:
        query = query.where(tuple_(*keys) < tuple_(*start) if descending else tuple_(*keys) > tuple_(*start))
    ordered = query.order_by(*(key.desc() if descending else key.asc() for key in keys)).limit(size + 1)
    found = [(tuple(row._mapping[key] for key in keys), row) for row in cx.execute(ordered)]  # noqa: SLF001  (SQLAlchemy's public name)
    others = [
        (place, other)
        for place, other in besides
        if start is None or (place < start if descending else place > start)
    ]
    if others:
        found = sorted([*found, *others], key=itemgetter(0), reverse=descending)
    shown = [item for _, item in found[:size]]
    return shown, _token(found[size - 1][0]) if len(found) > size else None


def _token(values: Sequence[Any]) -> str:
    plain = [value.isoformat() if isinstance(value, datetime) else value for value in values]
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode()


def _start(token: str, keys: Sequence[Column[Any]]) -> Place:
    try:
        values = json.loads(base64.urlsafe_b64decode(token.encode()))
        if not isinstance(values, list):
            raise BadToken(_FOREIGN)
        return tuple(_value(value, key) for value, key in zip(values, keys, strict=True))
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise BadToken(_FOREIGN) from error


def _value(value: object, key: Column[Any]) -> Any:
    """What a token says of a column, if it is of the column's kind: anybody can write a token."""
    if isinstance(key.type, Time):
        return datetime.fromisoformat(str(value)).astimezone(UTC)
    kind = key.type.python_type
    if type(value) is not kind:
        raise BadToken(_FOREIGN)
    if isinstance(value, int) and not 0 <= value < 2**63:
        raise BadToken(_FOREIGN)
    if isinstance(value, str):
        value.encode()
        if "\x00" in value:
            raise BadToken(_FOREIGN)
    return value
