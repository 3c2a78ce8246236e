"""Making one object of the parts that were uploaded, once however often one asks: docs/decisions/0019."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from secondlook.api.call import Call
from secondlook.api.s3 import checksums, conditions, encryption, target
from secondlook.store.errors import InvalidPart, NoSuchUpload
from secondlook.store.objects import Part, Stored, Upload
from secondlook.wire.s3_errors import invalid_request, malformed_xml


def complete_multipart_upload(call: Call) -> dict[str, Any]:
    """Whoever lost the answer asks again within a day, and is told the same."""
    bucket, key = target.bucket(call), target.key(call)
    named = _named(call)
    parts = [(part["PartNumber"], part["ETag"].strip('"')) for part in named]
    try:
        stored = _completed(call, named, parts)
    except (NoSuchUpload, InvalidPart):
        known = call.services.objects.uploads.completed(bucket, key, call.params["UploadId"], parts)
        if known is None:
            raise
        stored = known
    return {
        "Location": f"{call.base_url}/{bucket}/{quote(key)}",
        "Bucket": bucket,
        "Key": key,
        "ETag": f'"{stored.etag}"',
        **stored.checksums,
        **encryption.managed(stored.encryption),
    }


def _named(call: Call) -> Sequence[Mapping[str, Any]]:
    """The parts that the request names."""
    parts = (call.params.get("MultipartUpload") or {}).get("Parts") or []
    complete = all({"PartNumber", "ETag"} <= part.keys() for part in parts)
    if not complete or not 1 <= len(parts) <= target.MOST_PARTS:
        raise malformed_xml(f"a completion names 1 to {target.MOST_PARTS} parts, each by PartNumber and ETag")
    return parts


def _completed(call: Call, named: Sequence[Mapping[str, Any]], parts: Sequence[tuple[int, str]]) -> Stored:
    uploads = call.services.objects.uploads
    upload = uploads.head(target.bucket(call), target.key(call), call.params["UploadId"])
    encryption.check_named(upload.about.encryption, call.params)
    checksums.check_kind(upload, call.params.get("ChecksumType"))
    checksums.check_named(upload, named)
    present = {part.number: part for part in _all_parts(call, upload)}
    for part in named:
        _check_claimed(part, present.get(part["PartNumber"]))
    chosen = [present[number] for number, _ in parts if number in present]
    whole = checksums.of_whole(upload, chosen)
    checksums.check_whole(upload, whole, call.params)
    _check_size(call, sum(part.size for part in chosen))
    return uploads.complete(upload, parts, whole, call.now, conditions.of_write(call.params))


def _all_parts(call: Call, upload: Upload) -> Iterator[Part]:
    after = 0
    while page := call.services.objects.uploads.parts(upload, after):
        yield from page
        after = page[-1].number


def _check_claimed(named: Mapping[str, Any], part: Part | None) -> None:
    for member, value in checksums.claimed(named).items():
        # The S3 behind us may know no checksums of parts.
        if part is None or (part.checksums and part.checksums.get(member) != value):
            raise InvalidPart(named["PartNumber"])


def _check_size(call: Call, size: int) -> None:
    if call.params.get("MpuObjectSize", size) != size:
        raise invalid_request(
            f"The provided 'x-amz-mp-object-size' header does not match the {size} bytes of the parts."
        )
