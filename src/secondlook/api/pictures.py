"""Pictures as Textract and Rekognition take them: bytes in the request, or an object of a bucket that the caller may read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from anyio import to_thread

from secondlook.api.call import Call
from secondlook.names import is_bucket_name
from secondlook.store.encryption import is_customers
from secondlook.store.errors import ObjectError
from secondlook.wire.errors import AwsError

_SIGNS = (
    ("image/jpeg", b"\xff\xd8\xff"),
    ("image/png", b"\x89PNG\r\n\x1a\n"),
    ("image/tiff", b"II*\0"),
    ("image/tiff", b"MM\0*"),
    ("application/pdf", b"%PDF-"),
)
"""How files of a type begin."""

_NOT_READ = (
    "Unable to get object metadata from S3. Check object key, region and/or access permissions."  # AWS's own
)


@dataclass(frozen=True, slots=True)
class Rules:
    """What one service takes, and its codes for what it does not."""

    media_types: tuple[str, ...]
    called: str
    most_bytes: int
    too_large: str
    unsupported: str
    bad: str


@dataclass(frozen=True, slots=True)
class Picture:
    """`place` is the bucket and the key that it was read from, None for what came in the request; so is `etag`."""

    body: bytes
    media_type: str
    place: tuple[str, str] | None
    etag: str | None


async def picture(call: Call, member: str, rules: Rules) -> Picture:
    """The one that `member` of the call names; raises AwsError in the service's words."""
    source: Mapping[str, Any] = call.params[member]
    if ("Bytes" in source) == ("S3Object" in source):
        raise invalid(f"{member} must have Bytes or S3Object, and not both.")
    if "Bytes" in source:
        body, place, etag = source["Bytes"], None, None
        _check_size(len(body), rules)
    else:
        place = _place(call, source["S3Object"], f"{member}.S3Object")
        body, etag = await to_thread.run_sync(_read, call, place, rules)
    return Picture(body, _media_type(body, rules), place, etag)


def invalid(message: str) -> AwsError:
    return AwsError("InvalidParameterException", message)


def _place(call: Call, named: Mapping[str, Any], at: str) -> tuple[str, str]:
    for member in ("Bucket", "Name"):
        if not named.get(member):
            raise _no_object(f"{at}.{member} is missing.")
    if named.get("Version", "null") != "null":
        raise _no_object(f"{at}.Version: objects here have no versions.")
    if not is_bucket_name(named["Bucket"]):
        raise _no_object(f"{at}.Bucket is no name of a bucket.")
    call.caller.check_bucket(named["Bucket"])
    return named["Bucket"], named["Name"]


def _read(call: Call, place: tuple[str, str], rules: Rules) -> tuple[bytes, str]:
    try:
        with call.services.objects.get(*place) as opened:
            if is_customers(opened.stored.encryption):
                raise _no_object(
                    "The object was put with a key of the customer's, which cannot be sent here."
                )
            _check_size(opened.stored.size, rules)
            return opened.all(), opened.stored.etag
    except ObjectError as error:
        raise _no_object(str(error)) from error


def _check_size(size: int, rules: Rules) -> None:
    if size > rules.most_bytes:
        raise AwsError(
            rules.too_large,
            f"The {rules.called} has {size:,} bytes; a model takes {rules.most_bytes:,} at most.",
        )


def _media_type(body: bytes, rules: Rules) -> str:
    for media_type, sign in _SIGNS:
        if body.startswith(sign) and media_type in rules.media_types:
            return media_type
    raise AwsError(
        rules.unsupported,
        f"Request has unsupported {rules.called} format: it begins with {body[:8]!r}; send {', '.join(rules.media_types)}.",
    )


def _no_object(why: str) -> AwsError:
    return AwsError("InvalidS3ObjectException", f"{_NOT_READ} ({why})")
