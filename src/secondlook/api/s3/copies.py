"""Copying objects on the server's side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from secondlook.api.call import Call
from secondlook.api.s3 import checksums, conditions, encryption, tags, target
from secondlook.api.s3.about import about, refuse_unserved
from secondlook.api.s3.objects import FULL_OBJECT
from secondlook.api.s3.sources import check_source
from secondlook.store.objects import About, Source, Stored
from secondlook.wire.s3_errors import invalid_argument, invalid_request

Place = tuple[str, str]
"""Bucket and key."""


def copy_object(call: Call) -> dict[str, Any]:
    """On the server's side: no byte goes through here unless another checksum is asked for."""
    place, origin = (target.bucket(call), target.key(call)), target.source(call)
    _check_directives(call)
    refuse_unserved(call)
    if place == origin and not _replaces(call, "Metadata") and not encryption.requested(call):
        raise invalid_request(
            "This copy request is illegal because it is trying to copy an object to itself without changing the "
            "object's metadata, storage class, website redirect location or encryption attributes."
        )
    source = call.services.objects.head(*origin)
    check_source(call, source)
    copied = call.services.objects.put(
        *place,
        Source(*origin, source.etag),
        _about(call, place[0], origin, source),
        call.now,
        conditions.of_write(call.params),
    )
    modified_at = copied.modified_at.replace(microsecond=0)
    result = {"ETag": f'"{copied.etag}"', "LastModified": modified_at, **copied.checksums}
    return {"CopyObjectResult": result, **encryption.shown(copied.encryption, call.params)}


def _about(call: Call, bucket: str, origin: Place, source: Stored) -> About:
    """What is said of the copy: as of the source, but for what the request replaces. Its encryption is always its own."""
    described = about(call) if _replaces(call, "Metadata") else source.about
    return replace(
        described,
        checksums=_checksums(call, origin, source),
        encryption=encryption.settled(call, encryption.requested(call), bucket),
        tags=_tags(call, origin, source),
    )


def _checksums(call: Call, origin: Place, source: Stored) -> Mapping[str, str]:
    algorithm = call.params.get("ChecksumAlgorithm")
    if not algorithm or f"Checksum{algorithm}" in source.checksums:
        return source.checksums
    checksums.wanted(algorithm, None)
    with call.services.objects.get(*origin) as opened:
        return checksums.digest(algorithm, opened.chunks()) | FULL_OBJECT


def _tags(call: Call, origin: Place, source: Stored) -> Mapping[str, str]:
    if _replaces(call, "Tagging"):
        return tags.of_header(call)
    return call.services.objects.tags(*origin) if source.tag_count else {}


def _replaces(call: Call, what: str) -> bool:
    """Whether the request brings its own metadata or tags, instead of those of the source."""
    return bool(call.params.get(f"{what}Directive", "COPY") == "REPLACE")


def _check_directives(call: Call) -> None:
    for what in ("Metadata", "Tagging", "Annotation"):
        directive = call.params.get(f"{what}Directive", "COPY")
        if directive not in {"COPY", "REPLACE"}:
            raise invalid_argument(
                f"Unknown {what.lower()} directive: it is COPY or REPLACE.",
                f"x-amz-{what.lower()}-directive",
                directive,
            )
