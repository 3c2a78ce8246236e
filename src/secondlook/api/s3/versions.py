"""Listing versions: each object is one, called `null`, as in a bucket that never had versions."""

from __future__ import annotations

from typing import Any

from secondlook.api.call import Call
from secondlook.api.s3 import target
from secondlook.api.s3.arguments import encoding, page_size
from secondlook.api.s3.owner import owner
from secondlook.store.objects import Page
from secondlook.wire.s3_errors import invalid_argument

ONLY = "null"
"""The id of the version that an object has where versions are not kept."""


def list_object_versions(call: Call) -> dict[str, Any]:
    """Each object, as its only version `null`."""
    bucket, given = target.bucket(call), call.params
    limit, show = page_size(call, "MaxKeys"), encoding(call)
    prefix, delimiter = given.get("Prefix") or "", given.get("Delimiter") or ""
    page = _page(call, bucket, prefix, delimiter, limit)
    more = page.last is not None
    return {
        "Name": bucket,
        "Prefix": show(prefix),
        "Delimiter": show(delimiter) or None,
        "KeyMarker": show(given.get("KeyMarker") or ""),
        "VersionIdMarker": given.get("VersionIdMarker") or "",
        "MaxKeys": limit,
        "EncodingType": given.get("EncodingType"),
        "IsTruncated": more,
        "NextKeyMarker": show(page.last) if page.last is not None else None,
        "NextVersionIdMarker": ONLY if more else None,
        "Versions": [
            {
                "Key": show(entry.key),
                "VersionId": ONLY,
                "IsLatest": True,
                "LastModified": entry.modified_at.replace(microsecond=0),
                "ETag": f'"{entry.etag}"',
                "Size": entry.size,
                "StorageClass": "STANDARD",
                "Owner": owner(call),
            }
            for entry in page.objects
        ],
        "CommonPrefixes": [{"Prefix": show(group)} for group in page.prefixes],
    }


def _page(call: Call, bucket: str, prefix: str, delimiter: str, limit: int) -> Page:
    after, version = call.params.get("KeyMarker") or "", call.params.get("VersionIdMarker")
    if version and not after:
        raise invalid_argument(
            "A version-id marker cannot be specified without a key marker.", "version-id-marker", version
        )
    if limit == 0:
        call.house.objects.buckets.head(bucket)
        return Page()
    return call.house.objects.list(bucket, prefix, delimiter, after, limit)
