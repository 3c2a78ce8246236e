"""Ranges and conditional reads, pure. Source: RFC 9110 sections 13 and 14, and S3's GetObject page for what goes first."""

from __future__ import annotations

import re
from datetime import datetime

from secondlook.store.objects import Span, Stored
from secondlook.store.refusals import PreconditionFailed

_RANGE = re.compile(r"bytes=\s*(\d*)\s*-\s*(\d*)\s*", re.ASCII)


def span(text: str | None) -> Span | None:
    """The range of a Range header; None (all of it) for what S3 ignores: several ranges, other units, nonsense."""
    found = _RANGE.fullmatch(text or "")
    if found is None or not (found[1] or found[2]):
        return None
    if not found[1]:
        return Span(None, suffix=int(found[2]))
    first, last = int(found[1]), int(found[2]) if found[2] else None
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
    tags = (one.strip().removeprefix("W/").strip('"') for one in header.split(","))
    return any(one in {etag, "*"} for one in tags)
