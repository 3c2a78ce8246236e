"""Listing objects, in both versions of the operation."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from typing import Any

from secondlook.api.call import Call
from secondlook.api.s3 import target
from secondlook.api.s3.arguments import encoding, page_size
from secondlook.api.s3.owner import owner
from secondlook.store.conditions import Entry
from secondlook.store.objects import Page
from secondlook.wire.s3_errors import invalid_argument


def list_objects_v2(call: Call) -> dict[str, Any]:
    given = call.params
    token = given.get("ContinuationToken")
    after = _read_token(token) if token else given.get("StartAfter") or ""
    page, limit, show = _page(call, after)
    return {
        **_common(call, page, limit, show, with_owner=bool(given.get("FetchOwner"))),
        "KeyCount": len(page.objects) + len(page.prefixes),
        "ContinuationToken": token,
        "NextContinuationToken": _token(page.last) if page.last is not None else None,
        "StartAfter": show(given["StartAfter"]) if given.get("StartAfter") else None,
    }


def list_objects(call: Call) -> dict[str, Any]:
    given = call.params
    page, limit, show = _page(call, given.get("Marker") or "")
    return {
        **_common(call, page, limit, show, with_owner=True),
        # As S3 in this version only: boto3 decodes everything but the prefix.
        "Prefix": given.get("Prefix") or "",
        "Marker": show(given.get("Marker") or ""),
        # Without a delimiter the next marker is the last key, and S3 leaves it out.
        "NextMarker": show(page.last) if page.last is not None and given.get("Delimiter") else None,
    }


def _page(call: Call, after: str) -> tuple[Page, int, Callable[[str], str]]:
    bucket, limit = target.bucket(call), page_size(call, "MaxKeys")
    show = encoding(call)
    prefix, delimiter = call.params.get("Prefix") or "", call.params.get("Delimiter") or ""
    if "\0" in prefix + delimiter + after:
        raise invalid_argument("A key holds no zero byte, so none can begin so.")
    if limit == 0:
        call.house.objects.buckets.head(bucket)
        return Page(), 0, show
    return call.house.objects.list(bucket, prefix, delimiter, after, limit), limit, show


def _common(
    call: Call, page: Page, limit: int, show: Callable[[str], str], *, with_owner: bool
) -> dict[str, Any]:
    given = call.params
    return {
        "Name": given["Bucket"],
        "Prefix": show(given.get("Prefix") or ""),
        "Delimiter": show(given["Delimiter"]) if given.get("Delimiter") else None,
        "MaxKeys": limit,
        "EncodingType": given.get("EncodingType"),
        "IsTruncated": page.last is not None,
        "Contents": [
            _shown(entry, show) | ({"Owner": owner(call)} if with_owner else {}) for entry in page.objects
        ],
        "CommonPrefixes": [{"Prefix": show(prefix)} for prefix in page.prefixes],
    }


def _shown(entry: Entry, show: Callable[[str], str]) -> dict[str, Any]:
    return {
        "Key": show(entry.key),
        "LastModified": entry.modified_at.replace(microsecond=0),
        "ETag": f'"{entry.etag}"',
        "Size": entry.size,
        "StorageClass": "STANDARD",
    }


def _token(last: str) -> str:
    return base64.urlsafe_b64encode(last.encode()).decode()


def _read_token(token: str) -> str:
    try:
        return base64.b64decode(token.encode(), b"-_", validate=True).decode()
    except (binascii.Error, UnicodeError, ValueError):
        raise invalid_argument("The continuation token provided is incorrect") from None
