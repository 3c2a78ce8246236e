"""Objects: bodies under keys in buckets. Five verbs (put, get, head, delete, list), two groups beside them.

Whoever needs an object takes `Objects` and does not know whether it lies in a directory (`store.files`) or in
an S3 (`store.bucket`). All calls block: doors run them in threads, and no transaction of the caller may be open.
What cannot be done raises one of `store.errors`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import md5
from types import MappingProxyType, TracebackType
from typing import Any, Protocol, Self

from secondlook.store.conditions import ALWAYS, Entry, OnlyIf
from secondlook.store.errors import InvalidRange, ObjectError
from secondlook.store.incoming import Incoming
from secondlook.store.writer import Work

CHUNK = 256 * 1024
"""Bytes read or written at a time."""

BINARY = "binary/octet-stream"
"""The content type of an object whose writer named none, as in S3."""

LARGEST_BODY = 5 * 1024**3
"""Bytes of one PutObject, one part or one copy; S3's own limit."""

# --- what goes in and out -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class About:
    """What a writer says of a body; stored as it is and given back with it."""

    content_type: str = BINARY
    headers: Mapping[str, str] = field(default_factory=dict)  # Cache-Control, Content-Disposition, …
    metadata: Mapping[str, str] = field(default_factory=dict)  # x-amz-meta-* without that prefix
    checksums: Mapping[str, str] = field(default_factory=dict)  # ChecksumCRC32 …, verified by the door
    encryption: Mapping[str, Any] = field(
        default_factory=dict
    )  # ServerSideEncryption …, as asked of the door
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stored:
    """An object without its body. `etag` has no quotes; `size` is in bytes."""

    size: int
    etag: str
    content_type: str
    headers: Mapping[str, str]
    metadata: Mapping[str, str]
    checksums: Mapping[str, str]
    modified_at: datetime
    encryption: Mapping[str, Any] = field(default_factory=dict)
    tag_count: int = 0

    @classmethod
    def of(cls, about: About, size: int, etag: str, modified_at: datetime) -> Self:
        """A new object, of which its writer says `about`."""
        return cls(
            size,
            etag,
            about.content_type,
            about.headers,
            about.metadata,
            about.checksums,
            modified_at,
            about.encryption,
            len(about.tags),
        )

    @property
    def about(self) -> About:
        """What its writer said of it, but for the tags."""
        return About(self.content_type, self.headers, self.metadata, self.checksums, self.encryption)


@dataclass(frozen=True, slots=True)
class Span:
    """A range of bytes as HTTP writes it: `first-last`, `first-`, or the last `suffix` bytes."""

    first: int | None
    last: int | None = None
    suffix: int | None = None

    def of(self, size: int) -> range:
        """The positions within a body of `size` bytes; InvalidRange if there are none."""
        if self.suffix is not None:
            start, stop = max(0, size - self.suffix), size
        else:
            start = self.first or 0
            stop = size if self.last is None else min(size, self.last + 1)
        if start >= stop:
            raise InvalidRange(size)
        return range(start, stop)

    def header(self) -> str:
        """The value of a Range header."""
        if self.suffix is not None:
            return f"bytes=-{self.suffix}"
        return f"bytes={self.first}-{'' if self.last is None else self.last}"


@dataclass(frozen=True, slots=True)
class Source:
    """A body that is taken from another object; where `etag` is given, it must still be that object's."""

    bucket: str
    key: str
    etag: str | None = None


NOTHING: Mapping[str, Any] = MappingProxyType({})
COMPLETED_KEPT = timedelta(days=1)
"""How long it is known what became of a multipart upload: who lost the answer asks again much sooner."""

LABEL = "objects-label"
"""The file, or the key in the server's own bucket of an S3, that says whose bodies lie there."""


class Readable(Protocol):
    """A body on its way out."""

    def read(self, most: int, /) -> bytes:
        """Up to `most` bytes; none at the end. Raises ObjectError where the rest cannot be had."""

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Opened:
    """An object with its body open at `span`; close it, or use it in a `with`."""

    stored: Stored
    span: range
    body: Readable

    def chunks(self) -> Iterator[bytes]:
        """The bytes of the span, CHUNK at a time."""
        while chunk := self.body.read(CHUNK):
            yield chunk

    def all(self) -> bytes:
        """All bytes of the span at once: for documents, not for pictures."""
        return b"".join(self.chunks())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.body.close()


@dataclass(frozen=True, slots=True)
class PartSpan:
    """Where the part of a number lies in the object with this `etag`, and how many there are; None: it was put whole."""

    span: range
    count: int | None
    etag: str


@dataclass(frozen=True, slots=True)
class ObjectPart:
    """A part that an object was made of. They are numbered from 1, whatever numbers they were uploaded under."""

    number: int
    size: int
    checksums: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PartPage:
    """Some parts of an object, of so many in all; none of an object that was put whole."""

    total: int
    parts: Sequence[ObjectPart]


@dataclass(frozen=True, slots=True)
class Page:
    """Up to `limit` objects and common prefixes. `last` is where the next page goes on, None at the end."""

    objects: Sequence[Entry] = ()
    prefixes: Sequence[str] = ()
    last: str | None = None


@dataclass(frozen=True, slots=True)
class Bucket:
    name: str
    region: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Upload:
    """An object that arrives in parts. `algorithm` and `kind` say which checksum it will carry, if any."""

    id: str
    bucket: str
    key: str
    about: About
    algorithm: str | None
    kind: str | None  # COMPOSITE | FULL_OBJECT
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Part:
    number: int
    size: int
    etag: str
    checksums: Mapping[str, str]
    modified_at: datetime


# --- the verbs -------------------------------------------------------------------------------------------------


class Objects(Protocol):
    """Where objects lie. A key is any text of 1 to 1024 UTF-8 bytes without U+0000; it never names a file."""

    @property
    def buckets(self) -> Buckets: ...

    @property
    def uploads(self) -> Uploads: ...

    def receive(self) -> Incoming:
        """A place for a body that arrives in pieces; hand it to `put` or `discard` it."""

    def put(
        self,
        bucket: str,
        key: str,
        body: bytes | Incoming | Source,
        about: About,
        now: datetime,
        only_if: OnlyIf = ALWAYS,
    ) -> Stored:
        """Store a body durably and switch the key to it; readers see the old object or the new one."""

    def stage(self, bucket: str, key: str, body: bytes, about: About, now: datetime) -> Work[None]:
        """As `put`, but the object is there once the answer is called, in a transaction of the caller: for what belongs to rows.

        The body is durable before; one whose transaction fails is swept. An S3 has no rows: there the object is there at once.
        """

    def get(self, bucket: str, key: str, span: Span | None = None) -> Opened: ...

    def head(self, bucket: str, key: str) -> Stored: ...

    def delete(self, bucket: str, *keys: str, only_if: Sequence[OnlyIf] = ()) -> Sequence[ObjectError | None]:
        """Remove objects, up to 1000; nothing happens for a key without one.

        `only_if` has a condition for each key, or none. The answer says of each key why its object stays, or None.
        """

    def list(
        self, bucket: str, prefix: str = "", delimiter: str = "", after: str = "", limit: int = 1000
    ) -> Page:
        """Keys in the order of their bytes, from the first one behind `after` (a key or a common prefix)."""

    def tags(self, bucket: str, key: str) -> Mapping[str, str]: ...

    def set_tags(self, bucket: str, key: str, tags: Mapping[str, str]) -> None:
        """Replace all of them; the object is as old as it was."""

    def part(self, bucket: str, key: str, number: int) -> PartSpan:
        """Where a part lies; InvalidPartNumber if there is none. An object that was put whole is its own part 1."""

    def parts(self, bucket: str, key: str, after: int = 0, limit: int = 1000) -> PartPage:
        """The parts that an object was made of, those numbered behind `after`."""

    def label(self) -> str | None:
        """What `set_label` has written where the bodies lie; None if nothing. It is no object, and nobody lists it."""

    def set_label(self, text: str) -> None: ...

    def sweep(self, now: datetime, grace: float) -> int:
        """Remove bodies that nothing points to and that are older than `grace` seconds; how many."""


class Buckets(Protocol):
    def create(self, name: str, region: str, now: datetime, settings: Mapping[str, Any] = NOTHING) -> None:
        """BucketExists if it is there already."""

    def head(self, name: str) -> Bucket: ...

    def delete(self, name: str) -> None: ...

    def list(self) -> Sequence[Bucket]:
        """All of them, by name."""

    def setting(self, name: str, setting: str) -> Any:
        """What `set` keeps, None if nothing."""

    def known_setting(self, name: str, setting: str) -> Any:
        """As `setting`, from memory: what another server has set counts here within a second."""

    def set(self, name: str, setting: str, value: Any) -> None:
        """Keep a value of JSON in place of the last one; None keeps nothing."""

    def change(self, name: str, setting: str, change: Callable[[Any], Any]) -> None:
        """Keep what `change` makes of the last value, which nobody else changes meanwhile. It must be quick: others wait."""


class Uploads(Protocol):
    """Objects that arrive in parts (multipart uploads)."""

    def begin(
        self, bucket: str, key: str, about: About, now: datetime, algorithm: str | None, kind: str | None
    ) -> str:
        """The id of a new upload."""

    def head(self, bucket: str, key: str, upload: str) -> Upload: ...

    def add(
        self,
        upload: Upload,
        number: int,
        body: bytes | Incoming,
        checksums: Mapping[str, str],
        now: datetime,
    ) -> Part:
        """Store one part; an earlier one of the same number is replaced."""

    def parts(self, upload: Upload, after: int = 0, limit: int = 1000) -> Sequence[Part]:
        """Parts by number, those behind `after`; ask for one more than you need to see whether more follow."""

    def complete(
        self,
        upload: Upload,
        parts: Sequence[tuple[int, str]],
        checksums: Mapping[str, str],
        now: datetime,
        only_if: OnlyIf = ALWAYS,
    ) -> Stored:
        """Make the object of these parts (number, ETag), in ascending order."""

    def completed(
        self, bucket: str, key: str, upload: str, parts: Sequence[tuple[int, str]]
    ) -> Stored | None:
        """What `complete` has answered for these parts, for COMPLETED_KEPT; NoSuchUpload if it made the object of others."""

    def abort(self, upload: Upload) -> None: ...

    def list(
        self, bucket: str, prefix: str = "", after: tuple[str, str] = ("", ""), limit: int = 1000
    ) -> Sequence[Upload]:
        """Uploads under way by (key, id), those behind `after`."""


def part_etag(etags: Sequence[str]) -> str:
    """The ETag of an object made of parts: MD5 of their binary MD5s, a dash, their number."""
    return f"{md5(b''.join(map(bytes.fromhex, etags)), usedforsecurity=False).hexdigest()}-{len(etags)}"
