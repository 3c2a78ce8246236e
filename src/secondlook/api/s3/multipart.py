"""Objects that arrive in parts; `completion` makes one of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from anyio import to_thread

from secondlook.api.call import Call
from secondlook.api.s3 import checksums, encryption, target
from secondlook.api.s3.about import about
from secondlook.api.s3.arrival import THREADS, arrive
from secondlook.api.s3.sources import read_part
from secondlook.store.conditions import same_second
from secondlook.store.errors import PreconditionFailed
from secondlook.store.incoming import Incoming
from secondlook.store.objects import Part, Upload


def create_multipart_upload(call: Call) -> dict[str, Any]:
    bucket, key = target.bucket(call), target.key(call)
    algorithm, kind = checksums.wanted(call.params.get("ChecksumAlgorithm"), call.params.get("ChecksumType"))
    described = about(call)
    kept = encryption.settled(call, described.encryption, bucket)
    described = replace(described, encryption=kept)
    upload = call.services.objects.uploads.begin(bucket, key, described, call.now, algorithm, kind)
    named = {"Bucket": bucket, "Key": key, "UploadId": upload}
    sums = {"ChecksumAlgorithm": algorithm, "ChecksumType": kind}
    return named | sums | encryption.shown(kept, call.params)


async def upload_part(call: Call) -> dict[str, Any]:
    """The upload is looked up before its part is read: a part of none is refused at once."""
    number, uploads = target.part_number(call.params["PartNumber"]), call.services.objects.uploads
    upload = await to_thread.run_sync(_upload_of_part, call, limiter=THREADS)
    checksums.check_part(upload, call.request)
    kept = upload.about.encryption

    def keep(body: bytes | Incoming, sums: Mapping[str, str]) -> Part:
        return uploads.add(upload, number, body, sums, call.now)

    part = await arrive(call, call.services.objects.receive, keep, upload.algorithm or checksums.DEFAULT)
    return {"ETag": f'"{part.etag}"', **part.checksums, **encryption.shown(kept, call.params)}


def upload_part_copy(call: Call) -> dict[str, Any]:
    """The bytes pass through here, because the part needs an MD5 and a checksum of its own."""
    number, objects = target.part_number(call.params["PartNumber"]), call.services.objects
    upload = _upload_of_part(call)
    kept = upload.about.encryption
    with read_part(call) as opened:
        body = objects.receive()
        try:
            algorithm = upload.algorithm or checksums.DEFAULT
            sums = checksums.digest(algorithm, _written(body, opened.chunks()))
        except BaseException:
            body.discard()
            raise
    part = objects.uploads.add(upload, number, body, sums, call.now)
    copied = {
        "ETag": f'"{part.etag}"',
        "LastModified": part.modified_at.replace(microsecond=0),
        **part.checksums,
    }
    return {"CopyPartResult": copied, **encryption.shown(kept, call.params)}


def abort_multipart_upload(call: Call) -> dict[str, Any]:
    upload, began = _upload(call), call.params.get("IfMatchInitiatedTime")
    if began is not None and not same_second(began, upload.created_at):
        raise PreconditionFailed("x-amz-if-match-initiated-time")
    call.services.objects.uploads.abort(upload)
    return {}


def _upload(call: Call) -> Upload:
    return call.services.objects.uploads.head(target.bucket(call), target.key(call), call.params["UploadId"])


def _upload_of_part(call: Call) -> Upload:
    """The upload that a part belongs to, if it may be encrypted as the part is."""
    upload = _upload(call)
    encryption.check_part(call, upload.about.encryption, upload.bucket)
    return upload


def _written(body: Incoming, chunks: Iterable[bytes]) -> Iterator[bytes]:
    for chunk in chunks:
        body.write(chunk)
        yield chunk
