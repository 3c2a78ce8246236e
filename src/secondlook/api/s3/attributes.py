"""What an object is, in one answer of its own: GetObjectAttributes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from secondlook.api.call import Call
from secondlook.api.s3 import encryption, target
from secondlook.api.s3.arguments import number, page_size
from secondlook.wire.s3_errors import invalid_argument

ATTRIBUTES = ("ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize")


def get_object_attributes(call: Call) -> dict[str, Any]:
    """Only what `x-amz-object-attributes` names."""
    bucket, key = target.bucket(call), target.key(call)
    names = [name.strip() for name in call.params.get("ObjectAttributes") or ()]
    _check(names)
    stored = call.services.objects.head(bucket, key)
    encryption.check_reader(call, stored.encryption)
    values = {
        "ETag": stored.etag,
        "Checksum": _plain(stored.checksums) or None,
        "StorageClass": "STANDARD",
        "ObjectSize": stored.size,
        "ObjectParts": _parts(call, bucket, key) if "ObjectParts" in names else None,
    }
    shown = {name: values[name] for name in names}
    return shown | {"LastModified": stored.modified_at}


def _plain(checksums: Mapping[str, str]) -> dict[str, str]:
    """Those of parts without the number of parts, which ObjectParts has."""
    return {name: value.partition("-")[0] for name, value in checksums.items()}


def _check(names: list[str]) -> None:
    for name in names or [""]:
        if name not in ATTRIBUTES:
            raise invalid_argument(
                f"Invalid attribute name specified: x-amz-object-attributes names one or more of {', '.join(ATTRIBUTES)}.",
                "x-amz-object-attributes",
                name,
            )


def _parts(call: Call, bucket: str, key: str) -> dict[str, Any] | None:
    """A page of them; none of an object that was put whole."""
    limit, marker = page_size(call, "MaxParts"), number(call, "PartNumberMarker", 0)
    page = call.services.objects.parts(bucket, key, marker, limit)
    if not page.total:
        return None
    last = page.parts[-1].number if page.parts else marker
    return {
        "TotalPartsCount": page.total,
        "PartNumberMarker": marker,
        "NextPartNumberMarker": last,
        "MaxParts": limit,
        "IsTruncated": last < page.total,
        "Parts": [{"PartNumber": part.number, "Size": part.size, **part.checksums} for part in page.parts],
    }
