"""Single objects: put and copy. `reads` has how they are got."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from secondlook.api.call import Call
from secondlook.api.s3 import checksums, conditions, tags, target
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
    described = replace(described, tags=_tags(call, source, source_bucket, source_key))
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


def _tags(call: Call, source: Stored, bucket: str, key: str) -> Mapping[str, str]:
    """Those of the source, unless the request brings others."""
    if call.params.get("TaggingDirective", "COPY") == "REPLACE":
        return tags.of_header(call)
    return call.house.objects.tags(bucket, key) if source.tag_count else {}
