"""Which checksum a body has, which one is kept, and what parts make of theirs. Members are S3's: `ChecksumCRC32` …

Source: S3 user guide, "Checking object integrity": a checksum of the whole (FULL_OBJECT) or of the parts' checksums
(COMPOSITE); CRC64NVME is what S3 adds where the writer names none.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from secondlook.store.objects import Part, Upload
from secondlook.wire.checksums import HEADERS, Integrity, bad_checksum, composite, joined, read, text
from secondlook.wire.http import Request
from secondlook.wire.payload import HEADER, takes_body
from secondlook.wire.s3_errors import invalid_request
from secondlook.wire.specs import Operation
from secondlook.wire.transfer import announced_trailers, malformed_trailer

DEFAULT = "CRC64NVME"
ALGORITHMS = tuple(HEADERS.values())

_KINDS = {
    "CRC64NVME": ("FULL_OBJECT",),
    "SHA1": ("COMPOSITE",),
    "SHA256": ("COMPOSITE",),
    "SHA512": ("COMPOSITE",),
}
_BOTH = ("COMPOSITE", "FULL_OBJECT")
_SETTINGS = ("x-amz-checksum-mode", "x-amz-checksum-algorithm", "x-amz-checksum-type")


def integrity(request: Request, keep: str | None = None) -> tuple[Integrity, str]:
    """What holds the body against all that its headers say, and the algorithm to keep: `keep`, or the one they name."""
    expected, late = _named(request)
    named = [*expected, *late]
    _check_promised(request, named)
    if late and not request.headers.get(HEADER).endswith("-TRAILER"):
        raise malformed_trailer(f"x-amz-trailer needs {HEADER}: STREAMING-…-TRAILER")
    kept = keep or (named[0] if named else DEFAULT)
    return Integrity({**expected, **_md5(request)}, {kept, *named}), kept


def _named(request: Request) -> tuple[dict[str, str], list[str]]:
    """The checksum in the headers and the algorithm of the one in the trailer: one of them at most."""
    late = [HEADERS[name] for name in announced_trailers(request)]
    return _in_headers(request, len(late)), late


def check_document(request: Request, operation: Operation) -> None:
    """A body that was read whole is what Content-MD5 says, and the checksum that the operation takes.

    An object is held against them while it arrives.
    """
    if request.body is None or not takes_body(request):
        return
    sums: dict[str, str] = {}
    if operation.takes_checksum:
        sums = _in_headers(request)
        _check_promised(request, [*sums])
    expected = {**sums, **_md5(request)}
    if operation.needs_checksum and request.body and not expected:
        raise invalid_request("Missing required header for this request: Content-MD5 OR x-amz-checksum-*")
    check = Integrity(expected, show_md5=text)
    check.update(request.body)
    check.check()


def digest(algorithm: str, chunks: Iterable[bytes]) -> dict[str, str]:
    """The checksum of a body that is here already."""
    whole = Integrity({}, [algorithm])
    for chunk in chunks:
        whole.update(chunk)
    return {f"Checksum{algorithm}": whole.check()[algorithm]}


def wanted(algorithm: str | None, kind: str | None) -> tuple[str | None, str | None]:
    """Algorithm and type of a multipart upload, the type filled in; refuses pairs that do not exist."""
    if algorithm is None:
        if kind is not None:
            raise invalid_request(
                "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header."
            )
        return None, None
    _refuse_unserved(algorithm)
    possible = _KINDS.get(algorithm, _BOTH)
    if kind not in {None, *possible}:
        raise invalid_request(
            f"The {kind} checksum type cannot be used with the {algorithm.lower()} checksum algorithm."
        )
    return algorithm, kind or possible[0]


def check_part(upload: Upload, request: Request) -> None:
    """A part carries the checksum that its upload was begun with, or none."""
    expected, late = _named(request)
    named = next(iter([*expected, *late]), None)
    if upload.algorithm and named and named != upload.algorithm:
        raise invalid_request(
            f"Checksum Type mismatch occurred, expected checksum Type: {upload.algorithm.lower()}, "
            f"actual checksum Type: {named.lower()}"
        )


def of_whole(upload: Upload, parts: Sequence[Part]) -> dict[str, str]:
    """The checksum of the object that these parts make; none if one of them has none."""
    algorithm, kind = upload.algorithm or DEFAULT, upload.kind or "FULL_OBJECT"
    member = f"Checksum{algorithm}"
    if not all(member in part.checksums for part in parts):
        return {}
    digests = [(base64.b64decode(part.checksums[member]), part.size) for part in parts]
    if kind == "COMPOSITE":
        value = composite(algorithm, (digest for digest, _ in digests))
    else:
        value = text(joined(algorithm, digests))
    return {member: value, "ChecksumType": kind}


def claimed(members: Mapping[str, Any]) -> dict[str, str]:
    """The checksums among the members of a request or of one of its parts."""
    sums = {
        name.removeprefix("Checksum"): value
        for name, value in members.items()
        if value and name.startswith("Checksum") and name != "ChecksumType"
    }
    for algorithm in sums:
        _refuse_unserved(algorithm)
    return {f"Checksum{algorithm}": value for algorithm, value in sums.items()}


def check_named(upload: Upload, parts: Sequence[Mapping[str, Any]]) -> None:
    """A checksum of checksums is made of those that the completion names for each part."""
    if upload.kind != "COMPOSITE":
        return
    for part in parts:
        if not part.get(f"Checksum{upload.algorithm}"):
            raise invalid_request(
                f"The upload was created using a {str(upload.algorithm).lower()} checksum. The complete request must include "
                f"the checksum for each part. It was missing for part {part['PartNumber']} in the request."
            )


def check_whole(upload: Upload, whole: Mapping[str, str], members: Mapping[str, Any]) -> None:
    """The members of a completion say the checksum that its parts make.

    AWS was seen to look at none that an upload without an algorithm has not.
    """
    for member, value in claimed(members).items():
        algorithm = member.removeprefix("Checksum")
        read(algorithm, value.partition("-")[0])
        if member not in whole and upload.algorithm:
            raise invalid_request(
                f"The upload has no {algorithm} checksum that the one you specified could match."
            )
        if whole.get(member, value) != value:
            raise bad_checksum(algorithm)


def check_kind(upload: Upload, kind: str | None) -> None:
    """An upload is completed with the type of checksum that it was begun with, where one is named."""
    begun = upload.kind or "FULL_OBJECT"
    if kind not in {None, begun}:
        raise invalid_request(
            f"The upload was created using the {begun} checksum mode. The complete request must use the same checksum mode."
        )


def _in_headers(request: Request, trailers: int = 0) -> dict[str, str]:
    """The one checksum among the headers, if any, where `trailers` more follow the body."""
    names = [
        name for name, _ in request.headers if name.startswith("x-amz-checksum-") and name not in _SETTINGS
    ]
    if len(names) > 1 or trailers > 1:
        raise invalid_request(
            "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed."
        )
    if len(names) + trailers > 1:
        raise invalid_request("Expecting a single x-amz-checksum- header")
    for name in names:
        if name not in HEADERS:
            raise invalid_request(
                "The algorithm type you specified in x-amz-checksum- header is invalid.",
                f"{name} is not served here; served: {', '.join(HEADERS)}",
            )
    return {HEADERS[name]: request.headers.get(name) for name in names}


def _refuse_unserved(algorithm: str) -> None:
    if algorithm not in ALGORITHMS:
        raise invalid_request(f"{algorithm} is not served here; served: {', '.join(ALGORITHMS)}.")


def _check_promised(request: Request, named: Sequence[str]) -> None:
    """The algorithm that the client's library announces is the one that it sends."""
    promised = request.headers.get("x-amz-sdk-checksum-algorithm").upper()
    if promised and not named:
        raise invalid_request(
            "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers "
            "were found."
        )
    if promised and promised not in named:
        raise invalid_request(
            "Value for x-amz-sdk-checksum-algorithm header is invalid.",
            f"{promised}; sent: {', '.join(named)}",
        )


def _md5(request: Request) -> dict[str, str]:
    return {"MD5": request.headers.get("content-md5")} if "content-md5" in request.headers else {}
