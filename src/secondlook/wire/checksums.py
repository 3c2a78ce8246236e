"""Checksums that clients send with an object: ``x-amz-checksum-*`` and ``Content-MD5``.

boto3 sends CRC32 unless told otherwise; other clients send CRC32C or CRC64NVME, for which the standard library has
nothing. A table in Python reads 9 MB a second; ``anycrc`` (one small C file, no dependencies) reads gigabytes, and it can
join the checksums of parts, which CRC64NVME of a multipart upload needs. ``awscrt`` has them too, in 12 MB.
Source: S3 user guide, "Checking object integrity".
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import zlib
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Protocol

import anycrc  # type: ignore[import-untyped]

from secondlook.wire.errors import AwsError
from secondlook.wire.s3_errors import invalid_request

HEADERS = {
    "x-amz-checksum-crc32": "CRC32",
    "x-amz-checksum-crc32c": "CRC32C",
    "x-amz-checksum-crc64nvme": "CRC64NVME",
    "x-amz-checksum-sha1": "SHA1",
    "x-amz-checksum-sha256": "SHA256",
    "x-amz-checksum-sha512": "SHA512",
}
"""The algorithm that each header names, in S3's spelling."""


class Checksum(Protocol):
    """A checksum that grows with the body."""

    def update(self, piece: bytes, /) -> None:
        """Take the next piece of the body."""

    def digest(self) -> bytes:
        """The checksum so far, big-endian."""


class _Crc:
    def __init__(self, calculate: Callable[[bytes, int], int], width: int) -> None:
        self._calculate = calculate
        self._width = width
        self._value = 0

    def update(self, piece: bytes, /) -> None:
        self._value = self._calculate(piece, self._value)

    def digest(self) -> bytes:
        return self._value.to_bytes(self._width)


_CRC32 = anycrc.Model("CRC32-ISO-HDLC")
_CRC32C = anycrc.Model("CRC32-ISCSI")
_CRC64NVME = anycrc.Model("CRC64-NVME")
_JOINABLE = {"CRC32": _CRC32, "CRC32C": _CRC32C, "CRC64NVME": _CRC64NVME}
_MAKERS: dict[str, Callable[[], Checksum]] = {
    "CRC32": partial(_Crc, zlib.crc32, 4),
    "CRC32C": partial(_Crc, _CRC32C.calc, 4),
    "CRC64NVME": partial(_Crc, _CRC64NVME.calc, 8),
    "SHA1": partial(hashlib.sha1, usedforsecurity=False),
    "SHA256": hashlib.sha256,
    "SHA512": hashlib.sha512,
    "MD5": partial(hashlib.md5, usedforsecurity=False),
}


def checksum(algorithm: str) -> Checksum:
    """A fresh checksum; ``KeyError`` for an algorithm that is not in ``HEADERS`` nor MD5."""
    return _MAKERS[algorithm]()


def text(digest: bytes) -> str:
    """A digest as headers carry it."""
    return base64.b64encode(digest).decode()


def composite(algorithm: str, parts: Iterable[bytes]) -> str:
    """The checksum of a multipart object as most algorithms have it: of the parts' digests, with their number."""
    digests = list(parts)
    whole = checksum(algorithm)
    whole.update(b"".join(digests))
    return f"{text(whole.digest())}-{len(digests)}"


def joined(algorithm: str, parts: Iterable[tuple[bytes, int]]) -> bytes:
    """The CRC of a whole object from ``(digest, size)`` of its parts: no byte is read again."""
    model, value, width = _JOINABLE[algorithm], 0, 0
    for digest, size in parts:
        value, width = model.combine(value, int.from_bytes(digest), size), len(digest)
    return int(value).to_bytes(width or len(checksum(algorithm).digest()))


class Integrity:
    """Holds a body against what its sender says of it.

    ``expected`` maps an algorithm to the digest in base64; a trailer may bring it after the body, so ``algorithms`` to
    compute can be named before. ``show_md5`` spells the MD5 that was expected when it is refused: S3 does it differently
    for objects and for documents. Errors: ``InvalidRequest``/``InvalidDigest`` for a value that cannot be a checksum,
    ``BadDigest`` for one that is not the body's.
    """

    def __init__(
        self,
        expected: Mapping[str, str],
        algorithms: Iterable[str] = (),
        show_md5: Callable[[bytes], str] = bytes.hex,
    ) -> None:
        self.checksums = {name: checksum(name) for name in {*expected, *algorithms}}
        self._expected = {algorithm: read(algorithm, value) for algorithm, value in expected.items()}
        self._show_md5 = show_md5

    def update(self, piece: bytes) -> None:
        """Take the next piece of the body."""
        for each in self.checksums.values():
            each.update(piece)

    def check(self, trailers: Mapping[str, str] | None = None) -> dict[str, str]:
        """Raise unless all agree; gives the body's checksums, by algorithm, in base64."""
        late = {
            HEADERS[name]: read(HEADERS[name], value, "trailing header")
            for name, value in (trailers or {}).items()
            if name in HEADERS
        }
        for algorithm, expected in {**self._expected, **late}.items():
            calculated = self.checksums[algorithm].digest()
            if expected != calculated:
                raise self._bad_digest(algorithm, expected, calculated)
        return {name: text(each.digest()) for name, each in self.checksums.items()}

    def _bad_digest(self, algorithm: str, expected: bytes, calculated: bytes) -> AwsError:
        if algorithm != "MD5":
            return bad_checksum(algorithm)
        return AwsError(
            "BadDigest",
            "The Content-MD5 you specified did not match what we received.",
            400,
            {"ExpectedDigest": self._show_md5(expected), "CalculatedDigest": text(calculated)},
        )


def bad_checksum(algorithm: str) -> AwsError:
    """A checksum that is not the body's. S3 does not tell which it would be."""
    return AwsError("BadDigest", f"The {algorithm} you specified did not match the calculated checksum.", 400)


def read(algorithm: str, value: str, place: str = "header") -> bytes:
    """A checksum that a client wrote, as bytes; `InvalidRequest` or `InvalidDigest` if it is none of this algorithm."""
    try:
        digest = base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        digest = b""
    # Bits that no digest has would be lost in silence: only the canonical spelling is one.
    if len(digest) == len(checksum(algorithm).digest()) and text(digest) == value:
        return digest
    if algorithm == "MD5":
        raise AwsError(
            "InvalidDigest", "The Content-MD5 you specified was invalid.", 400, {"Content-MD5": value}
        )
    header = next(name for name, named in HEADERS.items() if named == algorithm)
    raise invalid_request(f"Value for {header} {place} is invalid.")
