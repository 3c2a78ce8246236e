"""Listing versions: each object is one, called `null`, as in a bucket that never had versions."""

from __future__ import annotations

from typing import Any

from secondlook.api.call import Call
from secondlook.api.owner import owner
from secondlook.api.s3 import pages, target
from secondlook.api.s3.arguments import encoding, page_size
from secondlook.api.s3.markers import read_place, with_place
from secondlook.wire.s3_errors import invalid_argument

ONLY = "null"
"""The id of the version that an object has where versions are not kept."""


def list_object_versions(call: Call) -> dict[str, Any]:
    """Each object, as its only version `null`."""
    bucket, params = target.bucket(call), call.params
    limit, show = page_size(call, "MaxKeys"), encoding(call)
    page = pages.page(call, bucket, _after(call), limit)
    version = {"VersionId": ONLY, "IsLatest": True, "Owner": owner(call)}
    return {
        **pages.common(call, page, limit, show),
        "KeyMarker": show(params.get("KeyMarker") or ""),
        "VersionIdMarker": params.get("VersionIdMarker") or "",
        "NextKeyMarker": show(page.last) if page.last is not None else None,
        "NextVersionIdMarker": with_place(ONLY, page.last, show) if page.last is not None else None,
        "Versions": [pages.entry(entry, show) | version for entry in page.objects],
    }


def _after(call: Call) -> str:
    """The key behind which the page begins."""
    key, version = call.params.get("KeyMarker") or "", call.params.get("VersionIdMarker")
    if version and not key:
        raise invalid_argument(
            "A version-id marker cannot be specified without a key marker.", "version-id-marker", version
        )
    return pages.behind_marker(call, read_place(version or "", key, "version-id marker")[0])
