"""The object that a copy is taken from."""

from __future__ import annotations

from secondlook.api.call import Call
from secondlook.api.s3 import conditions, target
from secondlook.store.objects import Opened, Span, Stored
from secondlook.store.refusals import PreconditionFailed


def read_source(call: Call, span: Span | None = None) -> Opened:
    """Open it at `span`, if the conditions of the copy hold."""
    bucket, key = target.source(call)
    opened = call.house.objects.get(bucket, key, span)
    try:
        check_source(call, opened.stored)
    except BaseException:
        opened.body.close()
        raise
    return opened


def check_source(call: Call, source: Stored) -> None:
    """Refuse unless the `x-amz-copy-source-if-…` conditions hold."""
    given = call.params
    if conditions.is_unmodified(
        source,
        given.get("CopySourceIfMatch"),
        given.get("CopySourceIfNoneMatch"),
        given.get("CopySourceIfModifiedSince"),
        given.get("CopySourceIfUnmodifiedSince"),
    ):
        raise PreconditionFailed("x-amz-copy-source-If-None-Match")
