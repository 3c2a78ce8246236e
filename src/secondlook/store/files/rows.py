"""The row that points from (bucket, key) to a blob: found, and switched in one transaction."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, select
from sqlalchemy.dialects import postgresql, sqlite

from secondlook.store.bucket_rows import require
from secondlook.store.insert import insert_new
from secondlook.store.objects import OnlyIf, Stored
from secondlook.store.refusals import NoSuchKey, PreconditionFailed
from secondlook.store.tables import object_


def find(cx: Connection, bucket: str, key: str, *, hold: bool = False) -> Row[Any]:
    """The row, or NoSuchBucket, or NoSuchKey. `hold` keeps others from switching it until the transaction ends."""
    query = select(object_).where(object_.c.bucket == bucket, object_.c.key == key)
    row = cx.execute(query.with_for_update(read=True) if hold else query).one_or_none()
    if row is None:
        require(cx, bucket)
        raise NoSuchKey(key)
    return row


def stored(row: Row[Any]) -> Stored:
    """What a row says of its object."""
    return Stored(
        row.size, row.etag, row.content_type, row.headers, row.metadata, row.checksums, row.modified_at
    )


def switch(cx: Connection, bucket: str, key: str, blob: str, new: Stored, only_if: OnlyIf) -> None:
    """Point (bucket, key) to `blob`. The blob that it pointed to stays, for whoever reads it now."""
    require(cx, bucket)
    values = {
        "blob": blob,
        "size": new.size,
        "etag": new.etag,
        "content_type": new.content_type,
        "headers": dict(new.headers),
        "metadata": dict(new.metadata),
        "checksums": dict(new.checksums),
        "modified_at": new.modified_at,
    }
    if only_if.absent:
        # Two such puts at once: the primary key lets one in, a look before would let both.
        if insert_new(cx, object_, bucket=bucket, key=key, **values) is None:
            raise PreconditionFailed("If-None-Match")
        return
    if only_if.etag is not None:
        present = select(object_.c.etag).where(object_.c.bucket == bucket, object_.c.key == key)
        only_if.hold(cx.scalar(present.with_for_update()), key)
    dialect = sqlite if cx.dialect.name == "sqlite" else postgresql
    insert = dialect.insert(object_).values(bucket=bucket, key=key, **values)
    cx.execute(insert.on_conflict_do_update(index_elements=["bucket", "key"], set_=values))
