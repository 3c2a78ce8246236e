"""What is asked of the object that is there before it is replaced or deleted. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from secondlook.store.errors import NoSuchKey, ObjectError, PreconditionFailed


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a listing, and what a condition is held against."""

    key: str
    size: int
    etag: str
    modified_at: datetime
    algorithms: Sequence[str] = ()
    """Of its checksums, e.g. `CRC32`."""
    checksum_type: str | None = None


@dataclass(frozen=True, slots=True)
class OnlyIf:
    """A condition on the object that is replaced or deleted: absent (`If-None-Match: *`), or all that is named here.

    An `etag` wants an object to be there; size and time, as S3 has it, hold where there is none.
    """

    absent: bool = False
    etag: str | None = None  # ANY: whatever it is
    size: int | None = None
    modified_at: datetime | None = None  # by the second, as headers have it

    def error(self, present: Entry | None, key: str) -> ObjectError | None:
        """What stands against it, for the object at `key` (None: there is none)."""
        if present is None:
            return None if self.etag is None else NoSuchKey(key)
        if self.absent:
            return PreconditionFailed("If-None-Match")
        if self.etag not in {None, ANY, present.etag}:
            return PreconditionFailed("If-Match")
        if self.size not in {None, present.size}:
            return PreconditionFailed("x-amz-if-match-size")
        if self.modified_at and not same_second(self.modified_at, present.modified_at):
            return PreconditionFailed("x-amz-if-match-last-modified-time")
        return None


ALWAYS = OnlyIf()
ANY = "*"


def same_second(first: datetime, second: datetime) -> bool:
    """Whether two times are the same on the wire, which knows no fractions."""
    return first.replace(microsecond=0) == second.replace(microsecond=0)
