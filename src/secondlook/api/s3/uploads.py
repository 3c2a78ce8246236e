"""Listing uploads under way, and their parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from secondlook.api.call import Call
from secondlook.api.owner import owner
from secondlook.api.s3 import target
from secondlook.api.s3.arguments import Show, encoding, number, page_size
from secondlook.api.s3.markers import read_place, with_place
from secondlook.api.s3.pages import behind_marker
from secondlook.store.key_order import LAST, behind, group
from secondlook.store.objects import Upload


def list_parts(call: Call) -> dict[str, Any]:
    bucket, key = target.bucket(call), target.key(call)
    uploads, limit = call.services.objects.uploads, page_size(call, "MaxParts")
    upload = uploads.head(bucket, key, call.params["UploadId"])
    marker = number(call, "PartNumberMarker", 0)
    parts = uploads.parts(upload, marker, limit + 1)
    shown = parts[:limit]
    return {
        "Bucket": bucket,
        "Key": key,
        "UploadId": upload.id,
        "PartNumberMarker": marker,
        "NextPartNumberMarker": shown[-1].number if shown else marker,
        "MaxParts": limit,
        "IsTruncated": len(parts) > limit,
        "Parts": [
            {
                "PartNumber": part.number,
                "LastModified": part.modified_at.replace(microsecond=0),
                "ETag": f'"{part.etag}"',
                "Size": part.size,
                **part.checksums,
            }
            for part in shown
        ],
        "Initiator": owner(call),
        "Owner": owner(call),
        "StorageClass": "STANDARD",
        "ChecksumAlgorithm": upload.algorithm,
        "ChecksumType": upload.kind,
    }


class _Page(NamedTuple):
    """Uploads and common prefixes, and the markers (key, id) where the next page goes on; None at the end."""

    uploads: Sequence[Upload] = ()
    prefixes: Sequence[str] = ()
    last: tuple[str, str] | None = None


def list_multipart_uploads(call: Call) -> dict[str, Any]:
    bucket, params = target.bucket(call), call.params
    show, limit = encoding(call), page_size(call, "MaxUploads")
    page = _page(call, bucket, limit)
    next_key, next_id = page.last or ("", "")
    return {
        "Bucket": bucket,
        "KeyMarker": show(params.get("KeyMarker") or ""),
        "UploadIdMarker": params.get("UploadIdMarker") or "",
        "NextKeyMarker": show(next_key) if next_key else None,
        "NextUploadIdMarker": with_place(next_id, next_key, show) or None,
        "Prefix": show(params.get("Prefix") or ""),
        "Delimiter": show(params["Delimiter"]) if params.get("Delimiter") else None,
        "EncodingType": params.get("EncodingType"),
        "MaxUploads": limit,
        "IsTruncated": page.last is not None,
        "Uploads": [_shown(call, upload, show) for upload in page.uploads],
        "CommonPrefixes": [{"Prefix": show(prefix)} for prefix in page.prefixes],
    }


def _page(call: Call, bucket: str, limit: int) -> _Page:
    prefix, delimiter = call.params.get("Prefix") or "", call.params.get("Delimiter") or ""
    uploads: list[Upload] = []
    prefixes: list[str] = []
    last = ("", "")
    for upload in _behind(call, bucket, prefix, delimiter):
        name = group(upload.key, prefix, delimiter)
        if name is not None and prefixes[-1:] == [name]:
            continue
        if len(uploads) + len(prefixes) == limit:
            return _Page(uploads, prefixes, last if limit else None)
        if name is None:
            uploads.append(upload)
            last = (upload.key, upload.id)
        else:
            prefixes.append(name)
            last = (name, "")
    return _Page(uploads, prefixes)


def _behind(call: Call, bucket: str, prefix: str, delimiter: str) -> Iterator[Upload]:
    """The uploads behind the request's markers, in their order."""
    marker, id_ = call.params.get("KeyMarker") or "", call.params.get("UploadIdMarker") or ""
    key, id_ = read_place(id_, marker, "upload-id marker") if marker else ("", "")
    # Without an id the marker stands behind every upload of its key, and a common prefix behind every key in it.
    after = (behind(behind_marker(call, key), prefix, delimiter), id_ or LAST) if key else ("", "")
    while uploads := call.services.objects.uploads.list(bucket, prefix, after):
        yield from uploads
        after = (uploads[-1].key, uploads[-1].id)


def _shown(call: Call, upload: Upload, show: Show) -> dict[str, Any]:
    return {
        "UploadId": upload.id,
        "Key": show(upload.key),
        "Initiated": upload.created_at.replace(microsecond=0),
        "StorageClass": "STANDARD",
        "Owner": owner(call),
        "Initiator": owner(call),
        "ChecksumAlgorithm": upload.algorithm,
        "ChecksumType": upload.kind,
    }
