"""The rows of multipart uploads under way, wherever their parts lie."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, tuple_

from secondlook.store import bucket_rows
from secondlook.store.keys import beyond
from secondlook.store.objects import About, Upload
from secondlook.store.refusals import NoSuchUpload
from secondlook.store.session import Store
from secondlook.store.tables import part, upload


def begin(cx: Connection, new: Upload) -> None:
    bucket_rows.require(cx, new.bucket)
    cx.execute(
        insert(upload).values(
            id=new.id,
            bucket=new.bucket,
            key=new.key,
            content_type=new.about.content_type,
            headers=dict(new.about.headers),
            metadata=dict(new.about.metadata),
            encryption=dict(new.about.encryption),
            checksum={"algorithm": new.algorithm, "type": new.kind},
            created_at=new.created_at,
        )
    )


def find(cx: Connection, bucket: str, key: str, id_: str, *, hold: bool = False) -> Upload:
    """The upload, or NoSuchUpload. `hold` keeps it from being completed or aborted until the transaction ends."""
    query = select(upload).where(upload.c.id == id_, upload.c.bucket == bucket, upload.c.key == key)
    row = cx.execute(query.with_for_update() if hold else query).one_or_none()
    if row is None:
        bucket_rows.require(cx, bucket)
        raise NoSuchUpload(id_)
    return _upload(row)


def forget(cx: Connection, id_: str) -> None:
    cx.execute(delete(part).where(part.c.upload_id == id_))
    cx.execute(delete(upload).where(upload.c.id == id_))


class UploadRows:
    """The part of `store.objects.Uploads` that rows alone can answer."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def head(self, bucket: str, key: str, upload: str) -> Upload:
        with self._store.read() as cx:
            return find(cx, bucket, key, upload)

    def list(
        self, bucket: str, prefix: str = "", after: tuple[str, str] = ("", ""), limit: int = 1000
    ) -> Sequence[Upload]:
        query = select(upload).where(
            upload.c.bucket == bucket, tuple_(upload.c.key, upload.c.id) > tuple_(*after)
        )
        if prefix:
            query = query.where(upload.c.key >= prefix)
        if (end := beyond(prefix)) is not None:
            query = query.where(upload.c.key < end)
        with self._store.read() as cx:
            bucket_rows.require(cx, bucket)
            return [
                _upload(row) for row in cx.execute(query.order_by(upload.c.key, upload.c.id).limit(limit))
            ]


def _upload(row: Row[Any]) -> Upload:
    about = About(row.content_type, row.headers, row.metadata, encryption=row.encryption)
    algorithm, kind = row.checksum["algorithm"], row.checksum["type"]
    return Upload(row.id, row.bucket, row.key, about, algorithm, kind, row.created_at)
