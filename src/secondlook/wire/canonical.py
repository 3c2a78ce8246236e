"""The canonical request: the text that a SigV4 signature is made of. Source: AWS general reference, Signature Version 4."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote_to_bytes

from secondlook.wire.claim import Claim
from secondlook.wire.http import Headers, Request

_SAFE = "-_.~"
_CANONICAL = re.compile("[A-Za-z0-9/_.~-]*")
"""A path that is spelled as it is signed."""

_UNRESERVED = re.compile("[A-Za-z0-9_.~-]*")
"""Text that is signed as it is."""


def canonical_request(request: Request, claim: Claim, payload_hash: str) -> str:
    """All of the request that ``claim`` says is signed, in one spelling."""
    pairs = [pair for pair in request.query.split("&") if not pair.startswith("X-Amz-Signature=")]
    headers = "".join(f"{name}:{header(request.headers, name)}\n" for name in claim.signed_headers)
    lines = (
        request.method,
        path(request.path, claim.service),
        query("&".join(pairs) if claim.kind == "query" else request.query),
        headers,
        ";".join(claim.signed_headers),
        payload_hash,
    )
    return "\n".join(lines)


def header(headers: Headers, name: str) -> str:
    """The value of a header with inner space collapsed; repeated fields in the order they came."""
    return ",".join(" ".join(value.split()) for value in headers.all(name))


def path(encoded: str, service: str) -> str:
    """S3 signs the path as it is, encoded once; all others normalise it and encode it again."""
    if service == "s3":
        if _CANONICAL.fullmatch(encoded):
            return encoded or "/"
        return "/".join(quote(unquote_to_bytes(part), safe=_SAFE) for part in encoded.split("/")) or "/"
    return quote(_without_dots(encoded), safe=_SAFE + "/") or "/"


def _without_dots(path: str) -> str:
    kept: list[str] = []
    for part in path.split("/"):
        if part == ".." and kept:
            kept.pop()
        elif part not in {"", ".", ".."}:
            kept.append(part)
    tail = "/" if kept and path.endswith("/") else ""
    return "/" + "/".join(kept) + tail


def query(encoded: str) -> str:
    """The parameters in order of their encoded names, each encoded in the one canonical way."""
    pairs = (pair.partition("=") for pair in encoded.split("&") if pair)
    return "&".join(
        f"{name}={value}" for name, value in sorted((_requote(n), _requote(v)) for n, _, v in pairs)
    )


def _requote(text: str) -> str:
    if _UNRESERVED.fullmatch(text):
        return text
    # A plus is a space, as it is where the parameters are read: what is signed and what is read must not differ.
    return quote(unquote_to_bytes(text.replace("+", " ")), safe=_SAFE)
