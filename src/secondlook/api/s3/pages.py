"""Pages of a bucket's keys, as every listing of objects shows them."""

from __future__ import annotations

from typing import Any

from secondlook.api.call import Call
from secondlook.api.s3.arguments import Show
from secondlook.store.conditions import Entry
from secondlook.store.key_order import group
from secondlook.store.objects import Page
from secondlook.wire.s3_errors import invalid_argument


def page(call: Call, bucket: str, after: str, limit: int) -> Page:
    """Up to `limit` keys and common prefixes behind `after`; with none asked for, only whether the bucket is there."""
    prefix, delimiter = call.params.get("Prefix") or "", call.params.get("Delimiter") or ""
    if "\0" in prefix + delimiter + after:
        raise invalid_argument("A key holds no zero byte, so none can begin so.")
    if limit == 0:
        call.services.objects.buckets.head(bucket)
        return Page()
    return call.services.objects.list(bucket, prefix, delimiter, after, limit)


def behind_marker(call: Call, marker: str) -> str:
    """Where a listing goes on: not at the next key where the marker lies in a common prefix, but behind all of that.

    So S3 was seen to do with the markers of ListObjects, ListObjectVersions and ListMultipartUploads
    (localstack/localstack, `test_s3_list_operations.py`, validated on AWS); `StartAfter` is a key like any other.
    """
    prefix, delimiter = call.params.get("Prefix") or "", call.params.get("Delimiter") or ""
    inside = group(marker, prefix, delimiter) if marker.startswith(prefix) else None
    return inside or marker


def entry(listed: Entry, show: Show) -> dict[str, Any]:
    """An object of the page."""
    return {
        "Key": show(listed.key),
        "LastModified": listed.modified_at.replace(microsecond=0),
        "ETag": f'"{listed.etag}"',
        "ChecksumAlgorithm": listed.algorithms,
        "ChecksumType": listed.checksum_type,
        "Size": listed.size,
        "StorageClass": "STANDARD",
    }


def common(call: Call, listed: Page, limit: int, show: Show) -> dict[str, Any]:
    """What the answer says of itself, and the common prefixes."""
    params = call.params
    return {
        "Name": params["Bucket"],
        "Prefix": show(params.get("Prefix") or ""),
        "Delimiter": show(params["Delimiter"]) if params.get("Delimiter") else None,
        "MaxKeys": limit,
        "EncodingType": params.get("EncodingType"),
        "IsTruncated": listed.last is not None,
        "CommonPrefixes": [{"Prefix": show(prefix)} for prefix in listed.prefixes],
    }
