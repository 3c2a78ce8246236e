"""The objects of a batch, one after the other: those below a prefix, or those that a manifest names."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from secondlook.client.batch.patience import Patience
from secondlook.client.errors import SecondlookError
from secondlook.client.service import Service
from secondlook.names import is_bucket_name

REF = "source-ref"
"""The member of a manifest's line that names an object, as Ground Truth writes it."""

MANIFESTS = (".manifest", ".jsonl")

PER_LISTING = 1000
"""Keys of one answer of ListObjectsV2, which is the most that it gives."""


@dataclass(frozen=True, slots=True)
class Thing:
    """An object. `etag` is None where only its name is known."""

    uri: str
    etag: str | None = None


class Source(Protocol):
    """`name` is how it was given, and tells one batch from another."""

    @property
    def name(self) -> str: ...

    def things(self) -> Generator[Thing]:
        """As they are listed: never more than a page of them is held."""


def of(service: Service, given: str, patience: Patience | None = None) -> Source:
    """`s3://BUCKET/PREFIX`; or a manifest, which is a file, or an object that is called *.manifest or *.jsonl.

    Raises SecondlookError for what can be none of these.
    """
    if given.startswith("s3://"):
        bucket, _, key = given.removeprefix("s3://").partition("/")
        if not bucket:
            raise SecondlookError(f"{given!r} names no bucket: write s3://BUCKET/PREFIX.")
        if key.endswith(MANIFESTS):
            return Manifest(given, lambda: _lines(service, bucket, key))
        return Prefix(given, service, bucket, key, patience or Patience(0))
    path = Path(given)
    if not path.is_file():
        raise SecondlookError(
            f"There is no manifest {given!r}. Objects are given as s3://BUCKET/PREFIX, or by a manifest: a file of JSON Lines "
            f'like {{"{REF}": "s3://BUCKET/KEY"}}.'
        )
    return Manifest(given, lambda: path.open("rb"))


@dataclass(frozen=True, slots=True)
class Prefix:
    """All objects whose keys begin so, but for the markers of empty folders."""

    name: str
    service: Service
    bucket: str
    prefix: str
    patience: Patience

    def things(self) -> Generator[Thing]:
        s3 = self.service.client("s3")
        token: dict[str, str] = {}
        while True:
            page = self.patience.call(
                s3.list_objects_v2, Bucket=self.bucket, Prefix=self.prefix, MaxKeys=PER_LISTING, **token
            )
            for entry in page.get("Contents", ()):
                if not entry["Key"].endswith("/"):
                    yield Thing(f"s3://{self.bucket}/{entry['Key']}", entry["ETag"])
            if not page["IsTruncated"]:
                return
            token = {"ContinuationToken": page["NextContinuationToken"]}


class Manifest:
    """JSON Lines that each name an object. `open_lines` opens them at the first."""

    def __init__(self, name: str, open_lines: Callable[[], AbstractContextManager[Iterable[bytes]]]) -> None:
        self.name = name
        self._open = open_lines

    def things(self) -> Generator[Thing]:
        with self._open() as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield Thing(_named(line, f"line {number} of {self.name}"))


def _named(line: bytes, where: str) -> str:
    """Raises SecondlookError naming the line."""
    try:
        uri = json.loads(line)[REF]
    except (ValueError, KeyError, TypeError, RecursionError):
        uri = None
    if not isinstance(uri, str) or not _is_object(uri):
        shown = line.strip()[:80].decode(errors="replace")
        raise SecondlookError(
            f'{where} names no object: it is {shown}, and reads {{"{REF}": "s3://BUCKET/KEY"}}.'
        )
    return uri


def _is_object(uri: str) -> bool:
    """Whether S3 could have an object there: half of a surrogate pair stands in no key."""
    bucket, _, key = uri.removeprefix("s3://").partition("/")
    is_whole = key.encode("utf-8", "replace").decode() == key
    return uri.startswith("s3://") and is_bucket_name(bucket) and bool(key) and is_whole


@contextmanager
def _lines(service: Service, bucket: str, key: str) -> Iterator[Iterator[bytes]]:
    with closing(service.client("s3").get_object(Bucket=bucket, Key=key)["Body"]) as body:
        yield body.iter_lines()
