"""What an object is said to be, in boto3's words and back. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from secondlook.store.bucket.encoded_words import decode, encode
from secondlook.store.conditions import ANY, OnlyIf
from secondlook.store.errors import Elsewhere
from secondlook.store.metadata import check_size
from secondlook.store.objects import BINARY, About, Stored

_HEADERS = {
    "Cache-Control": "CacheControl",
    "Content-Disposition": "ContentDisposition",
    "Content-Encoding": "ContentEncoding",
    "Content-Language": "ContentLanguage",
    "Expires": "Expires",
}
_READ = {**_HEADERS, "Expires": "ExpiresString"}
"""Header → member of a request, and of an answer: there boto3 tells apart what was written and what time that may be."""

RESERVED = "secondlook-encryption"
"""The metadata that keeps `About.encryption`."""

_COUNTS = (
    "the S3 behind this server keeps there also what is asked of encryption, and encodes what is not ASCII."
)


def described(about: About) -> dict[str, Any]:
    """Type, headers and metadata as members of a request; refuses metadata of a name that is ours."""
    if RESERVED in about.metadata:
        raise Elsewhere(
            "InvalidArgument", 400, f"x-amz-meta-{RESERVED} is this server's own: take another name."
        )
    metadata = {name: encode(value) for name, value in about.metadata.items()}
    if about.encryption:
        # Not asked of the S3 behind us: a key id is none of its KMS's, and how it encrypts is its admin's affair.
        metadata[RESERVED] = json.dumps(dict(about.encryption), separators=(",", ":"))
    check_size(metadata, _COUNTS)
    said: dict[str, Any] = {"ContentType": encode(about.content_type), "Metadata": metadata}
    said |= {
        member: encode(about.headers[name]) for name, member in _HEADERS.items() if name in about.headers
    }
    return said | ({"Tagging": urlencode(about.tags)} if about.tags else {})


def checksum(sums: Mapping[str, str]) -> dict[str, str]:
    """A checksum of the whole as a member of a request; one of parts cannot be sent with a body."""
    if sums.get("ChecksumType", "FULL_OBJECT") != "FULL_OBJECT":
        return {}
    return {name: value for name, value in sums.items() if name != "ChecksumType"}


def algorithm(sums: Mapping[str, str]) -> dict[str, str]:
    """Which checksum a copy is to have; of one of parts nothing is said, for the copy has what its source has."""
    names = [name.removeprefix("Checksum") for name in checksum(sums)]
    return {"ChecksumAlgorithm": names[0]} if names else {}


def condition(only_if: OnlyIf) -> dict[str, str]:
    """The condition on what is replaced, as members of a request."""
    said = {"IfNoneMatch": "*"} if only_if.absent else {}
    return said | ({"IfMatch": _quoted(only_if.etag)} if only_if.etag is not None else {})


def delete_condition(only_if: OnlyIf) -> dict[str, Any]:
    """The condition on what DeleteObject deletes."""
    conditions = {"IfMatchSize": only_if.size, "IfMatchLastModifiedTime": only_if.modified_at}
    return condition(only_if) | {name: value for name, value in conditions.items() if value is not None}


def entry_condition(only_if: OnlyIf) -> dict[str, Any]:
    """The condition in an entry of DeleteObjects."""
    etag = None if only_if.etag is None else _quoted(only_if.etag)
    conditions = {"ETag": etag, "Size": only_if.size, "LastModifiedTime": only_if.modified_at}
    return {name: value for name, value in conditions.items() if value is not None}


def stored(answer: Mapping[str, Any], size: int) -> Stored:
    """What GetObject and HeadObject say."""
    headers = {name: decode(answer[member]) for name, member in _READ.items() if answer.get(member)}
    metadata = dict(answer.get("Metadata") or {})
    encryption = json.loads(metadata.pop(RESERVED, "{}"))
    return Stored(
        size,
        tag(answer),
        decode(answer.get("ContentType") or BINARY),
        headers,
        {name: decode(value) for name, value in metadata.items()},
        sums(answer),
        answer["LastModified"],
        encryption,
        answer.get("TagCount", 0),
    )


def tag(answer: Mapping[str, Any]) -> str:
    etag: str = answer["ETag"]
    return etag.strip('"')


def sums(answer: Mapping[str, Any]) -> dict[str, str]:
    """The checksums in an answer; a part's has no type."""
    return {
        name: value
        for name, value in answer.items()
        if name.startswith("Checksum") and isinstance(value, str)
    }


def _quoted(etag: str) -> str:
    return etag if etag == ANY else f'"{etag}"'
