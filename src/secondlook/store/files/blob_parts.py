"""Of which parts a body was joined: one row for each such body, for those who read objects part by part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate

from sqlalchemy import Connection, delete, insert, select

from secondlook.store.document import Document
from secondlook.store.errors import InvalidPartNumber
from secondlook.store.objects import ObjectPart, PartPage, PartSpan
from secondlook.store.tables import blob_parts, object_

Parts = Sequence[tuple[int, Mapping[str, str]]]
"""Bytes and checksums of each, in order."""


def document(parts: Parts) -> Document:
    """The column of a body that is made of these."""
    return Document.of(parts)


def keep(cx: Connection, blob: str, parts: Document) -> None:
    cx.execute(insert(blob_parts).values(blob=blob, parts=parts))


def forget_unused(cx: Connection, shard: str) -> None:
    """Those of bodies in one directory that no object has any longer."""
    used = select(object_.c.key).where(object_.c.blob == blob_parts.c.blob).exists()
    cx.execute(delete(blob_parts).where(blob_parts.c.blob.between(shard, shard + "g"), ~used))


def of(cx: Connection, blob: str) -> Parts:
    """Those of a body; none if it came whole."""
    return cx.scalar(select(blob_parts.c.parts).where(blob_parts.c.blob == blob)) or ()


def place(parts: Parts, number: int, size: int, etag: str) -> PartSpan:
    """Where the part of this number lies in a body of `size` bytes."""
    if not 1 <= number <= max(len(parts), 1):
        raise InvalidPartNumber(max(len(parts), 1))
    if not parts:
        return PartSpan(range(size), None, etag)
    ends = list(accumulate(part_size for part_size, _ in parts))
    return PartSpan(range(ends[number - 1] - parts[number - 1][0], ends[number - 1]), len(parts), etag)


def page(parts: Parts, after: int, limit: int) -> PartPage:
    shown = parts[after : after + limit]
    return PartPage(
        len(parts), [ObjectPart(number, size, sums) for number, (size, sums) in enumerate(shown, after + 1)]
    )
