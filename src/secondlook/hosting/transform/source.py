"""The input objects of a job, in an order that is the same after a restart.

Source: API reference, TransformS3DataSource: all objects whose keys begin with a prefix, or those that a manifest names.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from secondlook.hosting.errors import Invalid
from secondlook.hosting.transform.definition import Location, is_manifest, source_of, target_of
from secondlook.store.encryption import CUSTOMERS, is_customers
from secondlook.store.errors import NoSuchBucket, NoSuchKey
from secondlook.store.objects import Objects

MOST_MANIFEST = 32 << 20
"""Bytes of a manifest; it is read whole."""

SUFFIX = ".out"

Cursor = str | int
"""Behind which object a job goes on: its key, or its number in the manifest."""


class NoInput(Exception):
    """There is nothing to transform, or the job may not read it; the message says what and where."""


@dataclass(frozen=True, slots=True)
class InputObject:
    """`target` is the key that its result gets."""

    bucket: str
    key: str
    target: str
    cursor: Cursor

    @property
    def uri(self) -> str:
        return f"s3://{self.bucket}/{self.key}"


class Source:
    """What a job reads. `may_read` says of a bucket whether whoever made the job may."""

    def __init__(
        self,
        objects: Objects,
        definition: Mapping[str, Any],
        created_at: datetime,
        may_read: Callable[[str], bool],
    ) -> None:
        self._objects = objects
        self._location = source_of(definition)
        self._target = target_of(definition)
        self._is_manifest = is_manifest(definition)
        self._created_at = created_at
        self._may_read = may_read

    def objects(self, after: Cursor | None = None) -> Iterator[InputObject]:
        """Those behind `after`. Raises NoInput, ObjectError."""
        self._check(self._location.bucket)
        try:
            if self._is_manifest:
                yield from self._named(0 if after is None else int(after))
            else:
                yield from self._listed("" if after is None else str(after))
        except NoSuchBucket as error:
            raise NoInput(f"The bucket {self._location.bucket} does not exist.") from error

    def count(self, is_over: Callable[[], bool]) -> int | None:
        """How many there are in all; None if it is over before they are counted."""
        count = 0
        for _ in self.objects():
            count += 1
            if is_over():
                return None
        return count

    def _listed(self, after: str) -> Iterator[InputObject]:
        """In the order of keys. Folders' empty markers are passed over, and so is what the job itself writes among its input."""
        bucket, prefix = self._location.bucket, self._location.key
        folder = prefix[: prefix.rfind("/") + 1]
        last: str | None = after
        while last is not None:
            page = self._objects.list(bucket, prefix, after=last)
            for entry in page.objects:
                if entry.key.endswith("/") and entry.size == 0:
                    continue
                if self._is_own(bucket, entry.key) and entry.modified_at >= self._created_at:
                    continue
                yield InputObject(bucket, entry.key, self._result(entry.key[len(folder) :]), entry.key)
            last = page.last

    def _named(self, after: int) -> Iterator[InputObject]:
        """In the order of the manifest."""
        prefix, names = self._manifest()
        self._check(prefix.bucket)
        for number, name in enumerate(names[after:], after + 1):
            yield InputObject(prefix.bucket, prefix.key + name, self._result(name), number)

    def _manifest(self) -> tuple[Location, list[str]]:
        """The prefix and what follows it, of `[{"prefix": "s3://bucket/some/"}, "name", …]`."""
        uri = f"s3://{self._location.bucket}/{self._location.key}"
        try:
            with self._objects.get(self._location.bucket, self._location.key) as opened:
                if is_customers(opened.stored.encryption):
                    raise NoInput(f"The manifest {uri} {CUSTOMERS}.")
                if opened.stored.size > MOST_MANIFEST:
                    raise NoInput(
                        f"The manifest {uri} has {opened.stored.size:,} bytes; at most {MOST_MANIFEST:,} are read."
                    )
                entries = json.loads(opened.all())
        except NoSuchKey as error:
            raise NoInput(f"The manifest {uri} does not exist.") from error
        except (ValueError, RecursionError) as error:
            raise NoInput(f"The manifest {uri} is no JSON: {error}.") from error
        first: Any
        names: list[Any]
        first, *names = entries if isinstance(entries, list) and entries else [None]
        is_whole = isinstance(first, dict) and isinstance(first.get("prefix"), str)
        if not is_whole or not all(isinstance(name, str) and name for name in names):
            raise NoInput(
                f'The manifest {uri} must look like [{{"prefix": "s3://BUCKET/SOME/"}}, "NAME", "OTHER/NAME"].'
            )
        try:
            return Location.parse(first["prefix"], f"The prefix of the manifest {uri},"), names
        except Invalid as error:
            raise NoInput(str(error)) from error

    def _check(self, bucket: str) -> None:
        if not self._may_read(bucket):
            raise NoInput(f"The access key that made this job may not use the bucket {bucket}.")

    def _is_own(self, bucket: str, key: str) -> bool:
        beneath = self._result("").removesuffix(SUFFIX)
        return bucket == self._target.bucket and key.startswith(beneath) and key.endswith(SUFFIX)

    def _result(self, name: str) -> str:
        """`<S3OutputPath>/<what follows the prefix>.out`."""
        folder = self._target.key
        return (
            f"{folder}/{name}{SUFFIX}" if folder and not folder.endswith("/") else f"{folder}{name}{SUFFIX}"
        )
