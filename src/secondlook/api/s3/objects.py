"""Putting single objects; `reads`, `copies` and `deletions` have the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from secondlook.api.call import Call
from secondlook.api.s3 import conditions, encryption, target
from secondlook.api.s3.about import about
from secondlook.api.s3.arrival import arrive
from secondlook.store.incoming import Incoming
from secondlook.store.objects import Stored

FULL_OBJECT = {"ChecksumType": "FULL_OBJECT"}


async def put_object(call: Call) -> dict[str, Any]:
    """The body streams to the store; the key changes once everything said of the body has proved true."""
    bucket, key = target.bucket(call), target.key(call)
    described, condition = about(call), conditions.of_write(call.params)
    objects = call.services.objects

    def keep(body: bytes | Incoming, sums: Mapping[str, str]) -> Stored:
        kept = encryption.settled(call, described.encryption, bucket)
        whole = replace(described, checksums={**sums, **FULL_OBJECT}, encryption=kept)
        return objects.put(bucket, key, body, whole, call.now, condition)

    stored = await arrive(call, objects.receive, keep)
    encrypted = encryption.shown(stored.encryption, call.params)
    return {"ETag": f'"{stored.etag}"', **stored.checksums, **encrypted}
