"""Ranges and conditions of reads, writes and deletes, pure.

Source: RFC 9110 sections 13 and 14, S3's GetObject page for what goes first, S3's user guide, "Add preconditions".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from secondlook.store.conditions import OnlyIf
from secondlook.store.objects import Span, Stored
from secondlook.wire.s3_errors import not_implemented
from secondlook.wire.scalars import read_digits

_RANGE = re.compile(r"bytes=\s*(\d*)\s*-\s*(\d*)\s*", re.ASCII)


def span(text: str | None) -> Span | None:
    """The range of a Range header; None (all of it) for what S3 ignores: several ranges, other units, nonsense."""
    match = _RANGE.fullmatch(text or "")
    if match is None or not (match[1] or match[2]):
        return None
    if not match[1]:
        return Span(None, suffix=read_digits(match[2]))
    first, last = read_digits(match[1]), read_digits(match[2]) if match[2] else None
    if last is not None and last < first:
        return None
    return Span(first, last)


@dataclass(frozen=True, slots=True)
class OnlyThen:
    """What an object must be to be read or copied.

    An ETag decides over a date: If-Match over If-Unmodified-Since, If-None-Match over If-Modified-Since.
    """

    match: str | None = None
    none_match: str | None = None
    modified_since: datetime | None = None
    unmodified_since: datetime | None = None

    def failed(self, stored: Stored) -> str:
        """The condition that insists on another object; empty if none does."""
        if self.match is not None:
            return "" if names(self.match, stored.etag) else "If-Match"
        if self.unmodified_since is not None and _changed(stored) > self.unmodified_since:
            return "If-Unmodified-Since"
        return ""

    def unmodified(self, stored: Stored, now: datetime) -> str:
        """The condition by which the reader has this object already; empty if it has not.

        S3 ignores If-Modified-Since where that is still to come (localstack/localstack, `test_s3_preconditions.py`,
        validated on AWS; apache/opendal, pull request 5500).
        """
        if self.none_match is not None:
            return "If-None-Match" if names(self.none_match, stored.etag) else ""
        changed = _changed(stored)
        # The object's own time counts, however the clocks of servers differ.
        if self.modified_since is not None and changed <= self.modified_since <= max(now, changed):
            return "If-Modified-Since"
        return ""


def of_read(params: Mapping[str, Any]) -> OnlyThen:
    """What a reader wants an object to be."""
    return OnlyThen(
        params.get("IfMatch"),
        params.get("IfNoneMatch"),
        params.get("IfModifiedSince"),
        params.get("IfUnmodifiedSince"),
    )


def of_copy(params: Mapping[str, Any]) -> OnlyThen:
    """What a copy wants its source to be."""
    return OnlyThen(
        params.get("CopySourceIfMatch"),
        params.get("CopySourceIfNoneMatch"),
        params.get("CopySourceIfModifiedSince"),
        params.get("CopySourceIfUnmodifiedSince"),
    )


def _changed(stored: Stored) -> datetime:
    """When it was changed, as headers tell it."""
    return stored.modified_at.replace(microsecond=0)


def names(header: str, etag: str) -> bool:
    """Whether a list of ETags (`"a", W/"b"`, or `*`) holds this one."""
    return any(_bare(tag) in {etag, "*"} for tag in header.split(","))


def of_write(params: Mapping[str, Any]) -> OnlyIf:
    """The condition on the object that a write replaces (`If-None-Match: *`, `If-Match`)."""
    absent = params.get("IfNoneMatch")
    if absent not in {None, "*"}:
        raise not_implemented("If-None-Match of a write takes * and nothing else.")
    return OnlyIf(absent=absent is not None, etag=_tag(params.get("IfMatch")))


def of_delete(params: Mapping[str, Any]) -> OnlyIf:
    """The condition on the object that DeleteObject deletes."""
    return OnlyIf(
        etag=_tag(params.get("IfMatch")),
        size=params.get("IfMatchSize"),
        modified_at=params.get("IfMatchLastModifiedTime"),
    )


def of_entry(entry: Mapping[str, Any]) -> OnlyIf:
    """The condition in an entry of DeleteObjects."""
    return OnlyIf(
        etag=_tag(entry.get("ETag")), size=entry.get("Size"), modified_at=entry.get("LastModifiedTime")
    )


def _tag(header: str | None) -> str | None:
    return None if header is None else _bare(header)


def _bare(tag: str) -> str:
    return tag.strip().removeprefix("W/").strip('"')
