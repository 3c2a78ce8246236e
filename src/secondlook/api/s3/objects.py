"""Single objects: put, get, head, copy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from secondlook.api.call import Call, Streamed
from secondlook.api.s3 import answer, checksums, conditions, target
from secondlook.api.s3.about import about, refuse_unserved
from secondlook.api.s3.arrival import arrive
from secondlook.api.s3.sources import check_source
from secondlook.store.incoming import Incoming
from secondlook.store.objects import Source, Stored
from secondlook.wire.errors import AwsError

FULL_OBJECT = {"ChecksumType": "FULL_OBJECT"}


async def put_object(call: Call) -> dict[str, Any]:
    """The body streams to the store; the key changes once everything said of the body has proved true."""
    bucket, key = target.bucket(call), target.key(call)
    described, condition = about(call), conditions.of_write(call.params)
    objects = call.house.objects

    def keep(body: bytes | Incoming, sums: Mapping[str, str]) -> Stored:
        whole = replace(described, checksums={**sums, **FULL_OBJECT})
        return objects.put(bucket, key, body, whole, call.now, condition)

    stored = await arrive(call, objects.receive, keep)
    return {"ETag": f'"{stored.etag}"', **stored.checksums}


def get_object(call: Call) -> Streamed:
    bucket, key = target.bucket(call), target.key(call)
    _whole(call)
    stored = None
    wanted = conditions.span(call.params.get("Range"))
    if wanted is not None and "if-range" in call.request.headers:
        stored = call.house.objects.head(bucket, key)
        wanted = wanted if conditions.names(call.request.headers.get("if-range"), stored.etag) else None
    opened = call.house.objects.get(bucket, key, wanted)
    try:
        if answer.is_unmodified(call, opened.stored):
            opened.body.close()
            return answer.unmodified(opened.stored)
        return answer.sent(call, opened, part=wanted is not None)
    except BaseException:
        opened.body.close()
        raise


def head_object(call: Call) -> Streamed:
    bucket, key = target.bucket(call), target.key(call)
    _whole(call)
    stored = call.house.objects.head(bucket, key)
    if answer.is_unmodified(call, stored):
        return answer.unmodified(stored)
    wanted = conditions.span(call.params.get("Range"))
    placed = wanted.of(stored.size) if wanted else range(stored.size)
    return answer.headed(call, stored, placed, part=wanted is not None)


def copy_object(call: Call) -> dict[str, Any]:
    """On the server's side: no byte goes through here unless another checksum is asked for."""
    bucket, key = target.bucket(call), target.key(call)
    source_bucket, source_key = target.source(call)
    replaces = call.params.get("MetadataDirective", "COPY") == "REPLACE"
    if (bucket, key) == (source_bucket, source_key) and not replaces:
        raise AwsError(
            "InvalidRequest",
            "This copy request is illegal because it is trying to copy an object to itself without changing the "
            "object's metadata, storage class, website redirect location or encryption attributes.",
            400,
        )
    refuse_unserved(call)
    objects = call.house.objects
    source = objects.head(source_bucket, source_key)
    check_source(call, source)
    described, sums = about(call) if replaces else source.about, source.checksums
    algorithm = call.params.get("ChecksumAlgorithm")
    if algorithm and f"Checksum{algorithm}" not in sums:
        checksums.wanted(algorithm, None)
        with objects.get(source_bucket, source_key) as opened:
            sums = checksums.digest(algorithm, opened.chunks()) | FULL_OBJECT
    copied = objects.put(
        bucket,
        key,
        Source(source_bucket, source_key, source.etag),
        replace(described, checksums=sums),
        call.now,
        conditions.of_write(call.params),
    )
    result = {"ETag": f'"{copied.etag}"', "LastModified": copied.modified_at, **copied.checksums}
    return {"CopyObjectResult": result}


def _whole(call: Call) -> None:
    """Objects are read by ranges, not by the numbers of the parts they came in: those are not kept."""
    if call.params.get("PartNumber", 1) != 1:
        raise AwsError("NotImplemented", "partNumber: read a Range of the object instead.", 501)
