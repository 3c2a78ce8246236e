"""Objects that arrive in parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from anyio import to_thread

from secondlook.api.call import Call
from secondlook.api.s3 import checksums, conditions, encryption, target
from secondlook.api.s3.about import about
from secondlook.api.s3.arrival import THREADS, arrive
from secondlook.api.s3.sources import read_part
from secondlook.store.incoming import Incoming
from secondlook.store.objects import Part, Stored, Upload, same_second
from secondlook.store.refusals import InvalidPart, NoSuchUpload, PreconditionFailed
from secondlook.wire.checksums import bad_checksum
from secondlook.wire.errors import AwsError


def create_multipart_upload(call: Call) -> dict[str, Any]:
    bucket, key = target.bucket(call), target.key(call)
    algorithm, kind = checksums.wanted(call.params.get("ChecksumAlgorithm"), call.params.get("ChecksumType"))
    described = about(call)
    kept = encryption.settled(call, described.encryption, bucket)
    described = replace(described, encryption=kept)
    upload = call.house.objects.uploads.begin(bucket, key, described, call.now, algorithm, kind)
    named = {"Bucket": bucket, "Key": key, "UploadId": upload}
    sums = {"ChecksumAlgorithm": algorithm, "ChecksumType": kind}
    return named | sums | encryption.told(kept, call.params)


async def upload_part(call: Call) -> dict[str, Any]:
    """The upload is looked up before its part is read: a part of none is refused at once."""
    number, uploads = target.part_number(call.params["PartNumber"]), call.house.objects.uploads
    upload = await to_thread.run_sync(_upload, call, limiter=THREADS)
    checksums.check_part(upload, call.request)
    kept = upload.about.encryption
    encryption.check_part(kept, call.params)

    def keep(body: bytes | Incoming, sums: Mapping[str, str]) -> Part:
        return uploads.add(upload, number, body, sums, call.now)

    part = await arrive(call, call.house.objects.receive, keep, upload.algorithm or checksums.DEFAULT)
    return {"ETag": f'"{part.etag}"', **part.checksums, **encryption.told(kept, call.params)}


def upload_part_copy(call: Call) -> dict[str, Any]:
    """The bytes pass through here, because the part needs an MD5 and a checksum of its own."""
    number, objects = target.part_number(call.params["PartNumber"]), call.house.objects
    upload = _upload(call)
    kept = upload.about.encryption
    encryption.check_part(kept, call.params)
    with read_part(call) as opened:
        body = objects.receive()
        try:
            algorithm = upload.algorithm or checksums.DEFAULT
            sums = checksums.digest(algorithm, _written(body, opened.chunks()))
        except BaseException:
            body.discard()
            raise
    part = objects.uploads.add(upload, number, body, sums, call.now)
    copied = {"ETag": f'"{part.etag}"', "LastModified": part.modified_at, **part.checksums}
    return {"CopyPartResult": copied, **encryption.told(kept, call.params)}


def complete_multipart_upload(call: Call) -> dict[str, Any]:
    """Whoever lost the answer asks again, and is told the same: docs/decisions/0019."""
    bucket, key = target.bucket(call), target.key(call)
    asked = (call.params.get("MultipartUpload") or {}).get("Parts") or []
    if not 1 <= len(asked) <= target.MOST_PARTS or not all(
        {"PartNumber", "ETag"} <= part.keys() for part in asked
    ):
        raise AwsError(
            "MalformedXML",
            "The XML you provided was not well-formed or did not validate against our published schema: "
            f"a completion names 1 to {target.MOST_PARTS} parts, each by PartNumber and ETag.",
            400,
        )
    parts = [(part["PartNumber"], part["ETag"].strip('"')) for part in asked]
    try:
        stored = _completed(call, asked, parts)
    except (NoSuchUpload, InvalidPart):
        known = call.house.objects.uploads.completed(bucket, key, call.params["UploadId"], parts)
        if known is None:
            raise
        stored = known
    return {
        "Location": f"{call.base_url}/{bucket}/{quote(key)}",
        "Bucket": bucket,
        "Key": key,
        "ETag": f'"{stored.etag}"',
        **stored.checksums,
        **encryption.by_us(stored.encryption),
    }


def _completed(call: Call, asked: Sequence[Mapping[str, Any]], parts: Sequence[tuple[int, str]]) -> Stored:
    upload, uploads = _upload(call), call.house.objects.uploads
    checksums.check_kind(upload, call.params.get("ChecksumType"))
    present = {part.number: part for part in _all_parts(call, upload)}
    for part in asked:
        _check_claimed(part, present.get(part["PartNumber"]))
    chosen = [present[number] for number, _ in parts if number in present]
    whole = checksums.of_whole(upload, chosen)
    _check_whole(call, whole, sum(part.size for part in chosen))
    return uploads.complete(upload, parts, whole, call.now, conditions.of_write(call.params))


def abort_multipart_upload(call: Call) -> dict[str, Any]:
    upload, began = _upload(call), call.params.get("IfMatchInitiatedTime")
    if began is not None and not same_second(began, upload.created_at):
        raise PreconditionFailed("x-amz-if-match-initiated-time")
    call.house.objects.uploads.abort(upload)
    return {}


def _upload(call: Call) -> Upload:
    return call.house.objects.uploads.head(target.bucket(call), target.key(call), call.params["UploadId"])


def _written(body: Incoming, chunks: Iterable[bytes]) -> Iterator[bytes]:
    for chunk in chunks:
        body.write(chunk)
        yield chunk


def _all_parts(call: Call, upload: Upload) -> Iterator[Part]:
    after = 0
    while page := call.house.objects.uploads.parts(upload, after):
        yield from page
        after = page[-1].number


def _check_claimed(asked: Mapping[str, Any], part: Part | None) -> None:
    for member, value in checksums.claimed(asked).items():
        # The S3 behind us may know no checksums of parts.
        if part is None or (part.checksums and part.checksums.get(member) != value):
            raise InvalidPart(asked["PartNumber"])


def _check_whole(call: Call, whole: Mapping[str, str], size: int) -> None:
    for member, value in checksums.claimed(call.params).items():
        name = member.removeprefix("Checksum")
        if member not in whole:
            raise AwsError(
                "InvalidRequest",
                f"The upload has no {name} checksum that the one you specified could match.",
                400,
            )
        if whole[member] != value:
            raise bad_checksum(name)
    if call.params.get("MpuObjectSize", size) != size:
        raise AwsError(
            "InvalidRequest",
            f"The provided 'x-amz-mp-object-size' header does not match the {size} bytes of the parts.",
            400,
        )
