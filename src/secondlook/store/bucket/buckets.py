"""Buckets as rows with a real bucket behind each."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from secondlook.store.bucket.client import Remote, translated
from secondlook.store.bucket_rows import BucketRows, require
from secondlook.store.errors import BucketExists, Elsewhere, NoSuchBucket
from secondlook.store.objects import NOTHING
from secondlook.store.session import Store


class RemoteBuckets(BucketRows):
    def __init__(self, store: Store, remote: Remote) -> None:
        super().__init__(store)
        self._remote = remote

    def create(self, name: str, region: str, now: datetime, settings: Mapping[str, Any] = NOTHING) -> None:
        """A real bucket of the same account is adopted, with all that is in it."""
        with suppress(NoSuchBucket):
            self.head(name)
            raise BucketExists(name)
        self.make(name)
        super().create(name, region, now, settings)

    def delete(self, name: str) -> None:
        self.head(name)
        with suppress(NoSuchBucket), translated(bucket=name):
            self._remote.call.delete_bucket(Bucket=self._remote.name(name))
        super().delete(name)

    def make(self, name: str) -> None:
        """The real bucket, unless it is there."""
        region = self._remote.region
        where = {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}
        try:
            with translated(bucket=name):
                self._remote.call.create_bucket(Bucket=self._remote.name(name), **where)
        except Elsewhere as error:
            if error.code != "BucketAlreadyOwnedByYou":
                raise

    def require(self, name: str) -> None:
        """NoSuchBucket unless it was created here."""
        with self._store.read() as cx:
            require(cx, name)
