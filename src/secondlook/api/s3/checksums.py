"""Which checksum a body has, which one is kept, and what parts make of theirs. Members are S3's: `ChecksumCRC32` …

Source: S3 user guide, "Checking object integrity": a checksum of the whole (FULL_OBJECT) or of the parts' checksums
(COMPOSITE); CRC64NVME is what S3 adds where the writer names none.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from secondlook.store.objects import Part, Upload
from secondlook.wire.checksums import HEADERS, Integrity, composite, joined, text
from secondlook.wire.errors import AwsError
from secondlook.wire.http import Request

DEFAULT = "CRC64NVME"
ALGORITHMS = tuple(HEADERS.values())

_KINDS = {"CRC64NVME": ("FULL_OBJECT",), "SHA1": ("COMPOSITE",), "SHA256": ("COMPOSITE",)}
_BOTH = ("COMPOSITE", "FULL_OBJECT")
_SETTINGS = ("x-amz-checksum-mode", "x-amz-checksum-algorithm", "x-amz-checksum-type")


def integrity(request: Request, keep: str | None = None) -> tuple[Integrity, str]:
    """What holds the body against all that its headers say, and the algorithm to keep: `keep`, or the one they name."""
    headers = request.headers
    trailers = [name.strip().lower() for name in headers.get("x-amz-trailer").split(",") if name.strip()]
    promised = headers.get("x-amz-sdk-checksum-algorithm").upper()
    _refuse_unknown([name for name, _ in headers] + trailers, promised)
    expected = {name: headers.get(header) for header, name in HEADERS.items() if header in headers}
    named = [*expected, *(HEADERS[name] for name in trailers if name in HEADERS)]
    if len(named) > 1:
        raise _invalid("Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.")
    if promised and not named:
        raise _invalid(
            "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers "
            "were found."
        )
    if "content-md5" in headers:
        expected["MD5"] = headers.get("content-md5")
    kept = keep or (named[0] if named else DEFAULT)
    return Integrity(expected, {kept, *named}), kept


def check_document(request: Request) -> None:
    """A body that was read whole is what Content-MD5 or its checksum says."""
    check, _ = integrity(request)
    check.update(request.body or b"")
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
            raise _invalid(
                "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header."
            )
        return None, None
    if algorithm not in ALGORITHMS:
        raise _invalid(f"{algorithm} is not served here; served: {', '.join(ALGORITHMS)}.")
    possible = _KINDS.get(algorithm, _BOTH)
    if kind not in {None, *possible}:
        raise _invalid(
            f"The {kind} checksum type cannot be used with the {algorithm.lower()} checksum algorithm."
        )
    return algorithm, kind or possible[0]


def check_part(upload: Upload, request: Request) -> None:
    """A part carries the checksum that its upload was begun with, or none."""
    named = next((name for header, name in HEADERS.items() if header in request.headers), None)
    if upload.algorithm and named and named != upload.algorithm:
        raise _invalid(
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
        value = composite(algorithm, (one for one, _ in digests))
    else:
        value = text(joined(algorithm, digests))
    return {member: value, "ChecksumType": kind}


def claimed(given: Mapping[str, Any]) -> dict[str, str]:
    """The checksums among the members of a request or of one of its parts."""
    return {
        f"Checksum{name}": given[f"Checksum{name}"] for name in ALGORITHMS if given.get(f"Checksum{name}")
    }


def _refuse_unknown(names: Iterable[str], promised: str) -> None:
    for name in names:
        if name.startswith("x-amz-checksum-") and name not in {*HEADERS, *_SETTINGS}:
            raise _invalid(f"{name} is not served here; served: {', '.join(HEADERS)}.")
    if promised and promised not in ALGORITHMS:
        raise _invalid(f"{promised} is not served here; served: {', '.join(ALGORITHMS)}.")


def _invalid(message: str) -> AwsError:
    return AwsError("InvalidRequest", message, 400)
