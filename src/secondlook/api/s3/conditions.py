"""Ranges and conditions of reads, writes and deletes, pure.

Source: RFC 9110 sections 13 and 14, S3's GetObject page for what goes first, S3's user guide, "Add preconditions".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from secondlook.store.conditions import OnlyIf
from secondlook.store.objects import Span, Stored
from secondlook.store.refusals import PreconditionFailed
from secondlook.wire.s3_errors import not_implemented
from secondlook.wire.scalars import read_digits

_RANGE = re.compile(r"bytes=\s*(\d*)\s*-\s*(\d*)\s*", re.ASCII)


def span(text: str | None) -> Span | None:
    """The range of a Range header; None (all of it) for what S3 ignores: several ranges, other units, nonsense."""
    found = _RANGE.fullmatch(text or "")
    if found is None or not (found[1] or found[2]):
        return None
    if not found[1]:
        return Span(None, suffix=read_digits(found[2]))
    first, last = read_digits(found[1]), read_digits(found[2]) if found[2] else None
    if last is not None and last < first:
        return None
    return Span(first, last)


def is_unmodified(
    stored: Stored,
    match: str | None,
    none_match: str | None,
    modified_since: datetime | None,
    unmodified_since: datetime | None,
) -> bool:
    """Whether the reader has this object already (304). PreconditionFailed where it insists on another.

    An ETag decides over a date: If-Match over If-Unmodified-Since, If-None-Match over If-Modified-Since.
    """
    changed = stored.modified_at.replace(microsecond=0)
    if match is not None:
        if not names(match, stored.etag):
            raise PreconditionFailed("If-Match")
    elif unmodified_since is not None and changed > unmodified_since:
        raise PreconditionFailed("If-Unmodified-Since")
    if none_match is not None:
        return names(none_match, stored.etag)
    return modified_since is not None and changed <= modified_since


def names(header: str, etag: str) -> bool:
    """Whether a list of ETags (`"a", W/"b"`, or `*`) holds this one."""
    return any(_bare(tag) in {etag, "*"} for tag in header.split(","))


def of_write(given: Mapping[str, Any]) -> OnlyIf:
    """The condition on the object that a write replaces (`If-None-Match: *`, `If-Match`)."""
    absent = given.get("IfNoneMatch")
    if absent not in {None, "*"}:
        raise not_implemented("If-None-Match of a write takes * and nothing else.")
    return OnlyIf(absent=absent is not None, etag=_tag(given.get("IfMatch")))


def of_delete(given: Mapping[str, Any]) -> OnlyIf:
    """The condition on the object that DeleteObject deletes."""
    return OnlyIf(
        etag=_tag(given.get("IfMatch")),
        size=given.get("IfMatchSize"),
        modified_at=given.get("IfMatchLastModifiedTime"),
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
