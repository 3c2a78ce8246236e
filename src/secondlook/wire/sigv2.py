"""SigV2, of S3 alone: boto3 still presigns so in us-east-1, and older programs sign their headers so.

Source: S3 developer guide, "Signing and authenticating REST requests".
"""

from __future__ import annotations

import base64
import hmac
from collections.abc import Collection, Iterable
from datetime import datetime
from urllib.parse import unquote

from secondlook.wire import errors, moments
from secondlook.wire.canonical import header
from secondlook.wire.claim import Claim
from secondlook.wire.http import Request, is_amazons
from secondlook.wire.link_times import check_end
from secondlook.wire.mismatch import mismatch

_COVERED = frozenset(
    """
    accelerate acl analytics cors defaultObjectAcl delete inventory lifecycle location
    logging metrics notification object-lock partNumber policy replication requestPayment
    response-cache-control response-content-disposition response-content-encoding
    response-content-language response-content-type response-expires restore select
    select-type tagging torrent uploadId uploads versionId versioning versions website
    """.split()  # noqa: SIM905 - a list of words reads as one
)
_YOUNGER = frozenset(
    "encryption intelligent-tiering legal-hold ownershipControls publicAccessBlock retention".split()  # noqa: SIM905
)
"""Sub-resources that some programs sign and botocore does not (its HmacV1Auth)."""

_OF_THE_SIGNATURE = frozenset({"AWSAccessKeyId", "Signature", "Expires", "x-amz-security-token"})
_CONTENT = frozenset({"content-md5", "content-type"})
"""Headers that stand in what is signed, whether they were sent or not."""


def verify(request: Request, claim: Claim, secret: str, now: datetime) -> None:
    """Raise unless ``claim`` was signed with ``secret`` for this request and its time is not over.

    SigV2 covers only the query parameters that its time knew. What changes something may therefore carry no other: a later
    sub-resource would turn a signed PUT into something that nobody signed. A link is handed on, so what it changes must be signed
    whole; a request that is signed in its headers comes from the signer, and may leave out what botocore leaves out.
    """
    when = _when(request, claim, now)
    uncovered = request.names - _COVERED - _YOUNGER - _OF_THE_SIGNATURE - _of_headers(request)
    is_read = request.method in {"GET", "HEAD"}
    if uncovered and not is_read:
        raise errors.access_denied(
            f"There were parameters present in the request which were not signed: {', '.join(sorted(uncovered))}"
        )
    must_cover_all = claim.kind == "query-v2" and not is_read
    covers = (_COVERED | _YOUNGER,) if must_cover_all else (_COVERED | _YOUNGER, _COVERED)
    texts = [
        _to_sign(spelling, path, when, names)
        for spelling in request.spellings
        for names in covers
        for path in _paths(request.resource)
    ]
    if not any(_is_signature(claim.signature, text, secret) for text in texts):
        raise mismatch(claim, claim.signature, texts[0])


def sign(text: str, secret: str) -> str:
    """The signature of a text."""
    return base64.b64encode(hmac.digest(secret.encode(), text.encode(), "sha1")).decode()


def _of_headers(request: Request) -> frozenset[str]:
    """Parameters that say again what is signed as a header (`link_headers`). Nobody reads one from the query."""
    names = {name for name, _ in request.headers if is_amazons(name)} | _CONTENT
    return frozenset(name for name in request.names if name.lower() in names)


def _when(request: Request, claim: Claim, now: datetime) -> str:
    """The line of the time in what is signed; raises where that time is not now."""
    if claim.kind == "query-v2":
        check_end(claim.expires, now)
        return str(claim.expires)
    signed = moments.dated(claim.stamp)
    if signed is None:
        raise errors.invalid_date(
            f"AWS authentication requires a valid Date or x-amz-date header. Found: {claim.stamp[:40]!r}"
        )
    moments.check_skew(signed, now, claim.stamp)
    # X-Amz-Date stands among the signed headers already.
    return "" if "x-amz-date" in request.headers else claim.stamp


def _paths(path: str) -> tuple[str, ...]:
    """How a path may be signed: botocore signs a slash behind a bucket that it does not send."""
    return (path, path + "/") if path.count("/") == 1 and path != "/" else (path,)


def _is_signature(provided: str, text: str, secret: str) -> bool:
    return hmac.compare_digest(sign(text, secret).encode(), provided.encode())


def _to_sign(request: Request, path: str, when: str, names: Collection[str]) -> str:
    """The text that signs the parameters of these `names`."""
    covered = sorted((name, value) for name, value in _parameters(request.query) if name in names)
    resource = path + ("?" if covered else "")
    resource += "&".join(f"{name}={value}" if value is not None else name for name, value in covered)
    content = (request.headers.get("content-md5"), request.headers.get("content-type"))
    return "\n".join([request.method, *content, when, *_headers(request), resource])


def _parameters(query: str) -> Iterable[tuple[str, str | None]]:
    for pair in query.split("&"):
        name, equals, value = pair.partition("=")
        yield unquote(name), unquote(value) if equals else None


def _headers(request: Request) -> list[str]:
    names = {name for name, _ in request.headers if is_amazons(name)}
    headers = {name: header(request.headers, name) for name in names}
    if "x-amz-security-token" in request.names:
        headers["x-amz-security-token"] = request.parameter("x-amz-security-token")
    return [f"{name}:{headers[name]}" for name in sorted(headers)]
