"""Buckets as rows: which there are, wherever their objects lie."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, delete, insert, select
from sqlalchemy.exc import IntegrityError

from secondlook.store.document import Document
from secondlook.store.errors import BucketExists, BucketNotEmpty, NoSuchBucket
from secondlook.store.insert import insert_new, upsert
from secondlook.store.objects import NOTHING, Bucket
from secondlook.store.prepared import prepared
from secondlook.store.remembered import RememberedEach
from secondlook.store.session import Store
from secondlook.store.steps import delete_in_steps
from secondlook.store.tables import bucket, bucket_setting, object_, part, upload
from secondlook.store.version import BUCKET_SETTINGS, raise_version

_SHOWN = (bucket.c.name, bucket.c.region, bucket.c.created_at)


class BucketRows:
    def __init__(self, store: Store) -> None:
        self._store = store
        self._settings: RememberedEach[tuple[str, str], Any] = RememberedEach(
            store, BUCKET_SETTINGS, _setting
        )

    def create(self, name: str, region: str, now: datetime, settings: Mapping[str, Any] = NOTHING) -> None:
        rows = [
            {"bucket": name, "name": setting, "value": Document.of(value)}
            for setting, value in settings.items()
        ]
        with self._store.write() as cx:
            if insert_new(cx, bucket, name=name, region=region, created_at=now) is None:
                raise BucketExists(name)
            if rows:
                cx.execute(insert(bucket_setting), rows)

    def head(self, name: str) -> Bucket:
        with self._store.read() as cx:
            row = cx.execute(select(*_SHOWN).where(bucket.c.name == name)).one_or_none()
        if row is None:
            raise NoSuchBucket(name)
        return Bucket(*row)

    def delete(self, name: str) -> None:
        """Uploads under way go with their bucket, as in S3; objects keep it."""
        with self._store.read() as cx:
            if cx.scalar(select(object_.c.key).where(object_.c.bucket == name).limit(1)) is not None:
                raise BucketNotEmpty(name)
        uploads = select(upload.c.id).where(upload.c.bucket == name)
        delete_in_steps(self._store, part, part.c.upload_id.in_(uploads))
        delete_in_steps(self._store, upload, upload.c.bucket == name)
        try:
            with self._store.write() as cx:
                cx.execute(delete(upload).where(upload.c.bucket == name))
                if cx.execute(delete(bucket).where(bucket.c.name == name)).rowcount == 0:
                    raise NoSuchBucket(name)
                raise_version(cx, BUCKET_SETTINGS)
        except IntegrityError:
            raise BucketNotEmpty(name) from None

    def list(self) -> Sequence[Bucket]:
        with self._store.read() as cx:
            rows = cx.execute(select(*_SHOWN)).all()
        return [Bucket(*row) for row in sorted(rows, key=lambda row: row.name)]

    def setting(self, name: str, setting: str) -> Any:
        with self._store.read() as cx:
            return _setting(cx, (name, setting))

    def known_setting(self, name: str, setting: str) -> Any:
        return self._settings.find((name, setting))

    def set(self, name: str, setting: str, value: Any) -> None:
        kept = Document.of(value) if value is not None else None
        with self._store.write() as cx:
            require(cx, name)
            _keep(cx, name, setting, kept)

    def change(self, name: str, setting: str, change: Callable[[Any], Any]) -> None:
        with self._store.write() as cx:
            if cx.scalar(select(bucket.c.name).where(bucket.c.name == name).with_for_update()) is None:
                raise NoSuchBucket(name)
            last = cx.scalar(select(bucket_setting.c.value).where(*_is(name, setting)))
            _keep(cx, name, setting, change(last))


def _is(name: str, setting: str) -> tuple[ColumnElement[bool], ...]:
    return bucket_setting.c.bucket == name, bucket_setting.c.name == setting


def _setting(cx: Connection, key: tuple[str, str]) -> Any:
    value = cx.scalar(select(bucket_setting.c.value).where(*_is(*key)))
    if value is None:
        require(cx, key[0])
    return value


def _keep(cx: Connection, name: str, setting: str, value: Any) -> None:
    raise_version(cx, BUCKET_SETTINGS)
    if value is None:
        cx.execute(delete(bucket_setting).where(*_is(name, setting)))
        return
    upsert(cx, bucket_setting, {"bucket": name, "name": setting}, {"value": value})


def require(cx: Connection, name: str) -> None:
    """NoSuchBucket unless it is there."""
    if cx.scalar(*_named(name)) is None:
        raise NoSuchBucket(name)


@prepared
def _named(name: Any) -> Select[Any]:
    return select(bucket.c.name).where(bucket.c.name == name)
