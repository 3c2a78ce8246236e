"""Listing objects, in both versions of the operation."""

from __future__ import annotations

from typing import Any

from secondlook.api.call import Call
from secondlook.api.owner import owner
from secondlook.api.s3 import pages, target
from secondlook.api.s3.arguments import Show, encoding, page_size
from secondlook.api.s3.markers import read_token, token
from secondlook.store.objects import Page


def list_objects_v2(call: Call) -> dict[str, Any]:
    params = call.params
    continued = params.get("ContinuationToken")
    after = read_token(continued) if continued else params.get("StartAfter") or ""
    page, limit, show = _page(call, after)
    return {
        **_answer(call, page, limit, show, with_owner=bool(params.get("FetchOwner"))),
        "KeyCount": len(page.objects) + len(page.prefixes),
        "ContinuationToken": continued,
        "NextContinuationToken": token(page.last) if page.last is not None else None,
        "StartAfter": show(params["StartAfter"]) if params.get("StartAfter") else None,
    }


def list_objects(call: Call) -> dict[str, Any]:
    params = call.params
    page, limit, show = _page(call, pages.behind_marker(call, params.get("Marker") or ""))
    return {
        **_answer(call, page, limit, show, with_owner=True),
        # As S3 in this version only: boto3 decodes everything but the prefix.
        "Prefix": params.get("Prefix") or "",
        "Marker": show(params.get("Marker") or ""),
        # Without a delimiter the next marker is the last key, and S3 leaves it out.
        "NextMarker": show(page.last) if page.last is not None and params.get("Delimiter") else None,
    }


def _page(call: Call, after: str) -> tuple[Page, int, Show]:
    bucket, limit, show = target.bucket(call), page_size(call, "MaxKeys"), encoding(call)
    return pages.page(call, bucket, after, limit), limit, show


def _answer(call: Call, page: Page, limit: int, show: Show, *, with_owner: bool) -> dict[str, Any]:
    owned = {"Owner": owner(call)} if with_owner else {}
    contents = [pages.entry(entry, show) | owned for entry in page.objects]
    return {**pages.common(call, page, limit, show), "Contents": contents}
