"""Which bucket and key a call is about, checked in S3's words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote_plus

from secondlook.api.call import Call
from secondlook.api.owner import check_owner
from secondlook.names import is_bucket_name
from secondlook.wire.errors import AwsError
from secondlook.wire.http import in_utf8
from secondlook.wire.s3_errors import invalid_argument

_BARE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")

MOST_PARTS = 10_000

LONGEST_KEY = 1024
"""UTF-8 bytes."""

KEY_PARAMETER = "secondlook-key"
"""Where our own links carry a key that no browser can send in a path (docs/decisions/0013)."""


def bucket(call: Call) -> str:
    """The bucket's name; refuses a caller that takes it for somebody else's, or may not use it."""
    check_owner(call, "ExpectedBucketOwner")
    name = bucket_name(call.params["Bucket"])
    call.caller.check_bucket(name)
    return name


def key(call: Call) -> str:
    """The object's key; refuses what no key can be, and versions, which are not kept."""
    version(call.params)
    # A signature of version 2 does not cover such parameters: with it, a link to one object would open all of them.
    if call.claim.kind == "query" and KEY_PARAMETER in call.request.names:
        return key_name(call.request.parameter(KEY_PARAMETER))
    return key_name(call.params["Key"])


def version(members: Mapping[str, Any]) -> None:
    """Refuse every version of an object but its only one."""
    if not is_the_only_version(members):
        raise invalid_argument(
            "Invalid version id specified: objects here have no versions.", "versionId", members["VersionId"]
        )


def is_the_only_version(members: Mapping[str, Any]) -> bool:
    """Whether the version is `null`, which S3 has without versioning, or none is named."""
    named: str = members.get("VersionId", "null")
    return named == "null"


def bucket_name(name: str) -> str:
    """`name`, if it is one that S3 would give."""
    if not is_bucket_name(name):
        raise AwsError("InvalidBucketName", "The specified bucket is not valid.", 400, {"BucketName": name})
    return name


def key_name(name: str) -> str:
    """`name`, if it is one that S3 would take."""
    size = len(name.encode())
    if size > LONGEST_KEY:
        raise AwsError(
            "KeyTooLongError", "Your key is too long", 400, {"Size": size, "MaxSizeAllowed": LONGEST_KEY}
        )
    if not name or "\0" in name:
        raise invalid_argument("A key has 1 to 1024 bytes, none of them zero.")
    return name


def part_number(number: int) -> int:
    """`number`, if a part can have it."""
    if not 1 <= number <= MOST_PARTS:
        raise invalid_argument(
            f"Part number must be an integer between 1 and {MOST_PARTS}, inclusive", "partNumber", number
        )
    return number


def source(call: Call) -> tuple[str, str]:
    """Bucket and key of `x-amz-copy-source`: `/bucket/key`, percent-encoded, with or without the first slash.

    Letters that are not ASCII may stand there as bytes of UTF-8. A plus is a space, as in S3 [aws/aws-cli#614].
    """
    check_owner(call, "ExpectedSourceBucketOwner")
    header = in_utf8(call.params["CopySource"])
    path, _, version_id = header.partition("?versionId=")
    bucket_part, slash, key_part = _decoded(path).removeprefix("/").partition("/")
    if not slash or not key_part:
        raise _bad_source(
            "Copy Source must mention the source bucket and key: /sourcebucket/sourcekey", header
        )
    version({"VersionId": version_id or "null"})
    name = bucket_name(bucket_part)
    call.caller.check_bucket(name)
    return name, key_name(key_part)


def _decoded(path: str) -> str:
    wrong = _bad_source(
        "Invalid copy source encoding: the key is percent-encoded UTF-8, a percent sign itself is %25.", path
    )
    if _BARE_PERCENT.search(path):
        raise wrong
    try:
        return unquote_plus(path, errors="strict")
    except UnicodeDecodeError:
        raise wrong from None


def _bad_source(message: str, header: str) -> AwsError:
    return invalid_argument(message, "x-amz-copy-source", header)
