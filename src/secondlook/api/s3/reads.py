"""Reading single objects: all of one, a range, or one of the parts it came in."""

from __future__ import annotations

from typing import NamedTuple

from secondlook.api.call import Call, Streamed
from secondlook.api.s3 import answer, conditions, encryption, target
from secondlook.store.errors import InvalidPartNumber, InvalidRange
from secondlook.store.objects import PartSpan, Span, Stored
from secondlook.wire.s3_errors import invalid_request


class _Wanted(NamedTuple):
    """What a reader asks for; `part` is where it lies, if they named it by its number."""

    span: Span | None
    part: PartSpan | None = None

    def is_of(self, etag: str) -> bool:
        """Whether it is still true of the object that is there now."""
        return self.part is None or self.part.etag == etag


def get_object(call: Call) -> Streamed:
    bucket, key = target.bucket(call), target.key(call)
    while True:
        try:
            wanted = _wanted(call, bucket, key)
            opened = call.services.objects.get(bucket, key, wanted.span)
        except (InvalidRange, InvalidPartNumber):
            if unmodified := _unmodified(call, call.services.objects.head(bucket, key)):
                return unmodified
            raise
        try:
            if not wanted.is_of(opened.stored.etag):
                opened.body.close()
                continue
            if unmodified := _unmodified(call, opened.stored):
                opened.body.close()
                return unmodified
            return answer.sent(call, opened, is_part=wanted.span is not None, count=_count(wanted))
        except BaseException:
            opened.body.close()
            raise


def head_object(call: Call) -> Streamed:
    bucket, key = target.bucket(call), target.key(call)
    while True:
        stored = call.services.objects.head(bucket, key)
        if unmodified := _unmodified(call, stored):
            return unmodified
        wanted = _wanted(call, bucket, key)
        if not wanted.is_of(stored.etag):
            continue
        span = wanted.span.of(stored.size) if wanted.span else range(stored.size)
        return answer.headed(call, stored, span, is_part=wanted.span is not None, count=_count(wanted))


def _unmodified(call: Call, stored: Stored) -> Streamed | None:
    """304 for a reader who has the object already; refuses without its key, and what is on conditions that do not hold.

    All that comes before a range or a part is looked for (RFC 9110, section 13.2.2).
    """
    encryption.check_reader(call, stored.encryption)
    return answer.unmodified(stored) if answer.is_unmodified(call, stored) else None


def _wanted(call: Call, bucket: str, key: str) -> _Wanted:
    number, text = call.params.get("PartNumber"), call.params.get("Range")
    if number is None:
        return _Wanted(_range(call, bucket, key, conditions.span(text)))
    if text is not None:
        raise invalid_request("Cannot specify both Range header and partNumber query parameter")
    part = call.services.objects.part(bucket, key, target.part_number(number))
    return _Wanted(Span(part.span.start, part.span.stop - 1) if part.span else None, part)


def _range(call: Call, bucket: str, key: str, span: Span | None) -> Span | None:
    """All of the object, if it is no longer the one that the reader has the rest of."""
    if span is None or "if-range" not in call.request.headers:
        return span
    stored = call.services.objects.head(bucket, key)
    return span if conditions.names(call.request.headers.get("if-range"), stored.etag) else None


def _count(wanted: _Wanted) -> int | None:
    return wanted.part.count if wanted.part else None
