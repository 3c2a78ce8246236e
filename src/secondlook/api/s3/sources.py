"""The object that a copy is taken from."""

from __future__ import annotations

import re

from secondlook.api.call import Call
from secondlook.api.s3 import conditions, encryption, target
from secondlook.store.errors import InvalidRange, PreconditionFailed
from secondlook.store.objects import Opened, Span, Stored
from secondlook.wire.errors import AwsError
from secondlook.wire.s3_errors import invalid_argument
from secondlook.wire.scalars import read_digits

_RANGE = re.compile(r"bytes=(\d+)-(\d+)", re.ASCII)


def read_part(call: Call) -> Opened:
    """Open the source of a part at its range, if the conditions of the copy hold."""
    bucket, key = target.source(call)
    text = call.params.get("CopySourceRange")
    wanted = None if text is None else _range(text)
    try:
        opened = call.services.objects.get(
            bucket, key, Span(wanted.start, wanted.stop - 1) if wanted is not None else None
        )
    except InvalidRange as error:
        check_source(call, call.services.objects.head(bucket, key))
        raise _outside(text, error.size) from None
    try:
        check_source(call, opened.stored)
        _check_inside(text, wanted, opened)
    except BaseException:
        opened.body.close()
        raise
    return opened


def check_source(call: Call, source: Stored) -> None:
    """Refuse without the source's own key, and unless the `x-amz-copy-source-if-…` conditions hold."""
    encryption.check_key(source.encryption, call.params, "CopySource")
    preconditions = conditions.of_copy(call.params)
    if condition := preconditions.failed(source) or preconditions.unmodified(source, call.now):
        raise PreconditionFailed(f"x-amz-copy-source-{condition}")


def _range(text: str) -> range:
    match = _RANGE.fullmatch(text)
    wanted = range(read_digits(match[1]), read_digits(match[2]) + 1) if match else range(0)
    if not wanted:
        raise _invalid(
            "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the "
            "zero-based offsets of the first and last bytes to copy",
            text,
        )
    return wanted


def _check_inside(text: str | None, wanted: range | None, opened: Opened) -> None:
    if wanted is not None and opened.span != wanted:
        raise _outside(text, opened.stored.size)


def _outside(text: str | None, size: int) -> AwsError:
    return _invalid(f"Range specified is not valid for source object of size: {size}", text)


def _invalid(message: str, text: str | None) -> AwsError:
    return invalid_argument(message, "x-amz-copy-source-range", text)
