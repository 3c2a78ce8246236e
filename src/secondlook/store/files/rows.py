"""The row that points from (bucket, key) to a blob: found, switched, or removed, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, select

from secondlook.store.bucket_rows import require
from secondlook.store.conditions import ALWAYS, Entry, OnlyIf
from secondlook.store.errors import NoSuchKey, ObjectError, PreconditionFailed
from secondlook.store.insert import insert_new, upsert
from secondlook.store.objects import Stored
from secondlook.store.prepared import prepared
from secondlook.store.tables import object_


def find(cx: Connection, bucket: str, key: str, *, hold: bool = False) -> Row[Any]:
    """The row, or NoSuchBucket, or NoSuchKey. `hold` keeps others from switching it until the transaction ends."""
    row = cx.execute(*(_held_row if hold else _row)(bucket, key)).one_or_none()
    if row is None:
        require(cx, bucket)
        raise NoSuchKey(key)
    return row


def stored(row: Row[Any]) -> Stored:
    """What a row says of its object."""
    return Stored(
        row.size,
        row.etag,
        row.content_type,
        row.headers,
        row.metadata,
        row.checksums,
        row.modified_at,
        row.encryption,
        len(row.tags),
    )


def columns(blob: str, new: Stored, tags: Mapping[str, str]) -> dict[str, Any]:
    """The columns of an object whose body is `blob`."""
    return {
        "blob": blob,
        "size": new.size,
        "etag": new.etag,
        "content_type": new.content_type,
        "headers": dict(new.headers),
        "metadata": dict(new.metadata),
        "checksums": dict(new.checksums),
        "modified_at": new.modified_at,
        "encryption": dict(new.encryption),
        "tags": dict(tags),
    }


def switch(cx: Connection, bucket: str, key: str, values: dict[str, Any], only_if: OnlyIf) -> None:
    """Give (bucket, key) these columns. The blob that it pointed to stays, for whoever reads it now."""
    require(cx, bucket)
    if only_if != ALWAYS and (error := only_if.error(_held(cx, bucket, [key]).get(key), key)):
        raise error
    if only_if.absent:
        # Two such puts at once: the primary key lets one in, the look before lets both.
        if insert_new(cx, object_, bucket=bucket, key=key, **values) is None:
            raise PreconditionFailed("If-None-Match")
        return
    upsert(cx, object_, {"bucket": bucket, "key": key}, values)


def remove(
    cx: Connection, bucket: str, keys: Sequence[str], conditions: Sequence[OnlyIf]
) -> list[ObjectError | None]:
    """Delete the rows whose condition holds; what stands against each of the others. Their blobs stay, as in `switch`."""
    present = _held(
        cx, bucket, [key for key, only_if in zip(keys, conditions, strict=True) if only_if != ALWAYS]
    )
    errors: list[ObjectError | None] = []
    for key, only_if in zip(keys, conditions, strict=True):
        errors.append(only_if.error(present.get(key), key))
        if errors[-1] is None:
            present.pop(key, None)
    going = [key for key, error in zip(keys, errors, strict=True) if error is None]
    if not cx.execute(delete(object_).where(object_.c.bucket == bucket, object_.c.key.in_(going))).rowcount:
        require(cx, bucket)
    return errors


def _held(cx: Connection, bucket: str, keys: Sequence[str]) -> dict[str, Entry]:
    """What is there now of these keys, and stays so until the transaction ends; in one order, so that nobody waits in a circle."""
    if not keys:
        return {}
    query = select(object_.c.key, object_.c.size, object_.c.etag, object_.c.modified_at)
    query = query.where(object_.c.bucket == bucket, object_.c.key.in_(keys)).order_by(object_.c.key)
    return {row.key: Entry(*row) for row in cx.execute(query.with_for_update())}


@prepared
def _row(bucket: Any, key: Any) -> Select[Any]:
    return select(object_).where(object_.c.bucket == bucket, object_.c.key == key)


@prepared
def _held_row(bucket: Any, key: Any) -> Select[Any]:
    return select(object_).where(object_.c.bucket == bucket, object_.c.key == key).with_for_update(read=True)
