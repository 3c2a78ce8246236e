"""Listing keys by index: a page costs what it shows, whatever lies before it or hides below a common prefix."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from operator import ge, gt

from sqlalchemy import Connection, select

from secondlook.store.conditions import Entry
from secondlook.store.key_order import beyond, group, is_group
from secondlook.store.objects import Page
from secondlook.store.tables import object_

_FIRST_LOOK = 64
_TYPE = "ChecksumType"
_COLUMNS = (object_.c.key, object_.c.size, object_.c.etag, object_.c.modified_at, object_.c.checksums)


def page(cx: Connection, bucket: str, prefix: str, delimiter: str, after: str, limit: int) -> Page:
    """See `store.objects.Objects.list`.

    With a delimiter, whole groups are one line: once a read ends inside a group, the next begins behind it.
    """
    low: str | None
    low, compare = (after, gt) if after and after >= prefix else (prefix, ge)
    if is_group(after, prefix, delimiter):
        low, compare = beyond(after), ge
    entries: list[Entry] = []
    prefixes: list[str] = []
    last, look = "", _FIRST_LOOK if delimiter else limit + 1
    inside: str | None = None
    end = beyond(prefix)
    while low is not None:
        query = select(*_COLUMNS)
        query = query.where(object_.c.bucket == bucket, compare(object_.c.key, low))
        if end is not None:
            query = query.where(object_.c.key < end)
        rows = cx.execute(query.order_by(object_.c.key).limit(look)).all()
        for row in rows:
            if inside is not None and row.key.startswith(inside):
                continue
            if len(entries) + len(prefixes) == limit:
                return Page(entries, prefixes, last)
            inside = group(row.key, prefix, delimiter)
            if inside is None:
                entries.append(_entry(*row))
            else:
                prefixes.append(inside)
            last = inside or row.key
        if len(rows) < look:
            break
        # Small looks while groups follow each other, larger ones while keys do.
        low, compare, look = (
            (rows[-1].key, gt, min(look * 4, limit + 1)) if inside is None else (beyond(inside), ge, 8)
        )
    return Page(entries, prefixes)


def _entry(key: str, size: int, etag: str, modified_at: datetime, checksums: Mapping[str, str]) -> Entry:
    algorithms = [name.removeprefix("Checksum") for name in checksums if name != _TYPE]
    return Entry(key, size, etag, modified_at, algorithms, checksums.get(_TYPE))
