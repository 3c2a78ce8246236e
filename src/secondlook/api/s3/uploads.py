"""Listing uploads under way, and their parts."""

from __future__ import annotations

from typing import Any

from secondlook.api.call import Call
from secondlook.api.s3 import target
from secondlook.api.s3.arguments import number
from secondlook.api.s3.buckets import owner
from secondlook.api.s3.listing import encoding, limit_of
from secondlook.wire.errors import AwsError


def list_parts(call: Call) -> dict[str, Any]:
    bucket, key = target.bucket(call), target.key(call)
    uploads, limit = call.house.objects.uploads, limit_of(call, "MaxParts")
    upload = uploads.head(bucket, key, call.params["UploadId"])
    marker = number(call, "PartNumberMarker", 0)
    found = uploads.parts(upload, marker, limit + 1)
    shown = found[:limit]
    return {
        "Bucket": bucket,
        "Key": key,
        "UploadId": upload.id,
        "PartNumberMarker": marker,
        "NextPartNumberMarker": shown[-1].number if shown else marker,
        "MaxParts": limit,
        "IsTruncated": len(found) > limit,
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


def list_multipart_uploads(call: Call) -> dict[str, Any]:
    bucket, given = target.bucket(call), call.params
    if given.get("Delimiter"):
        raise AwsError("NotImplemented", "Uploads are listed by prefix here, not by delimiter.", 501)
    show, limit = encoding(call), limit_of(call, "MaxUploads")
    key_marker, id_marker = given.get("KeyMarker") or "", given.get("UploadIdMarker") or ""
    # Without an id the marker stands behind every upload of its key.
    after = (key_marker, id_marker or "\U0010ffff") if key_marker else ("", "")
    prefix = given.get("Prefix") or ""
    found = call.house.objects.uploads.list(bucket, prefix, after, limit + 1)
    shown = found[:limit]
    more = len(found) > limit and bool(shown)
    return {
        "Bucket": bucket,
        "KeyMarker": show(key_marker),
        "UploadIdMarker": id_marker,
        "NextKeyMarker": show(shown[-1].key) if more else None,
        "NextUploadIdMarker": shown[-1].id if more else None,
        "Prefix": show(prefix),
        "EncodingType": given.get("EncodingType"),
        "MaxUploads": limit,
        "IsTruncated": more,
        "Uploads": [
            {
                "UploadId": one.id,
                "Key": show(one.key),
                "Initiated": one.created_at.replace(microsecond=0),
                "StorageClass": "STANDARD",
                "Owner": owner(call),
                "Initiator": owner(call),
                "ChecksumAlgorithm": one.algorithm,
                "ChecksumType": one.kind,
            }
            for one in shown
        ],
    }
