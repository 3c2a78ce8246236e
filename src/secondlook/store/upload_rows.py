"""The rows of multipart uploads, under way or just completed, wherever their parts lie."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, insert, select, tuple_, update

from secondlook.store import bucket_rows
from secondlook.store.errors import NoSuchUpload
from secondlook.store.key_order import beyond
from secondlook.store.objects import About, Stored, Upload
from secondlook.store.session import Store
from secondlook.store.tables import part, upload

Parts = Sequence[tuple[int, str]]
"""Number and ETag of each."""


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
            tags=dict(new.about.tags),
        )
    )


def find(cx: Connection, bucket: str, key: str, id_: str, *, hold: bool = False) -> Upload:
    """The upload, under way, or NoSuchUpload. `hold` keeps it from being completed or aborted until the transaction ends."""
    query = select(upload).where(_named(bucket, key, id_), upload.c.completed_at.is_(None))
    row = cx.execute(query.with_for_update() if hold else query).one_or_none()
    if row is None:
        bucket_rows.require(cx, bucket)
        raise NoSuchUpload(id_)
    return _upload(row)


def forget(cx: Connection, id_: str) -> None:
    """The upload is given up, unless somebody has completed it meanwhile."""
    cx.execute(delete(part).where(part.c.upload_id == id_))
    cx.execute(delete(upload).where(upload.c.id == id_, upload.c.completion.is_(None)))


def lose(cx: Connection, id_: str, now: datetime) -> None:
    """The upload is over, and whoever kept its parts does not say how: its row says for a while that there was one."""
    under_way = (upload.c.id == id_, upload.c.completed_at.is_(None))
    cx.execute(update(upload).where(*under_way).values(completed_at=now))


def is_lost(cx: Connection, bucket: str, key: str, id_: str) -> bool:
    """Whether this is an upload that was lost."""
    lost = (_named(bucket, key, id_), upload.c.completed_at.is_not(None), upload.c.completion.is_(None))
    return cx.scalar(select(upload.c.id).where(*lost)) is not None


def complete(cx: Connection, id_: str, parts: Parts, stored: Stored) -> None:
    """The upload is over; its row says for a while what came of it."""
    completion = {
        "parts": _fingerprint(parts),
        "etag": stored.etag,
        "size": stored.size,
        "checksums": dict(stored.checksums),
    }
    cx.execute(delete(part).where(part.c.upload_id == id_))
    cx.execute(
        update(upload)
        .where(upload.c.id == id_)
        .values(completion=completion, completed_at=stored.modified_at)
    )


class UploadRows:
    """The part of `store.objects.Uploads` that rows alone can answer."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def head(self, bucket: str, key: str, upload: str) -> Upload:
        with self._store.read() as cx:
            return find(cx, bucket, key, upload)

    def completed(self, bucket: str, key: str, upload_id: str, parts: Parts) -> Stored | None:
        query = select(upload).where(_named(bucket, key, upload_id), upload.c.completed_at.is_not(None))
        with self._store.read() as cx:
            row = cx.execute(query).one_or_none()
        if row is None or row.completion is None:
            return None
        answer = row.completion
        if answer["parts"] != _fingerprint(parts):
            raise NoSuchUpload(upload_id)
        about = replace(_about(row), checksums=answer["checksums"])
        return Stored.of(about, answer["size"], answer["etag"], row.completed_at)

    def list(
        self, bucket: str, prefix: str = "", after: tuple[str, str] = ("", ""), limit: int = 1000
    ) -> Sequence[Upload]:
        query = select(upload).where(
            upload.c.bucket == bucket,
            upload.c.completed_at.is_(None),
            tuple_(upload.c.key, upload.c.id) > tuple_(*after),
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
    algorithm, kind = row.checksum["algorithm"], row.checksum["type"]
    return Upload(row.id, row.bucket, row.key, _about(row), algorithm, kind, row.created_at)


def _about(row: Row[Any]) -> About:
    return About(row.content_type, row.headers, row.metadata, encryption=row.encryption, tags=row.tags)


def _named(bucket: str, key: str, id_: str) -> ColumnElement[bool]:
    return and_(upload.c.id == id_, upload.c.bucket == bucket, upload.c.key == key)


def _fingerprint(parts: Parts) -> str:
    """Tells one list of up to 10,000 parts from another."""
    return hashlib.sha256(repr([tuple(part) for part in parts]).encode()).hexdigest()
