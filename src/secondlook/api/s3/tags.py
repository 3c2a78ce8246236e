"""The tags of an object in a header."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl

from secondlook.api.call import Call
from secondlook.api.tag_sets import OBJECT, checked
from secondlook.wire.errors import AwsError
from secondlook.wire.http import in_utf8
from secondlook.wire.s3_errors import invalid_argument


def of_header(call: Call) -> Mapping[str, str]:
    """The tags in `x-amz-tagging`, written as a query string; by key, because S3 keeps no order of these."""
    header = in_utf8(call.params.get("Tagging") or "")
    try:
        pairs = parse_qsl(header, keep_blank_values=True, errors="strict")
    except ValueError:
        raise _bad_header(header) from None
    if len(dict(pairs)) < len(pairs) or any(pair.count("=") > 1 for pair in header.split("&")):
        raise _bad_header(header)
    return checked(sorted(pairs), OBJECT)


def _bad_header(header: str) -> AwsError:
    return invalid_argument(
        "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name "
        "duplicates.",
        "x-amz-tagging",
        header,
    )
