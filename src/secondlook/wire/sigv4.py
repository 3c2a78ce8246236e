"""Signatures of requests: who signed, and is the signature right?

Three forms reach a server: SigV4 in the ``Authorization`` header, SigV4 in the query string (presigned), and SigV2 in the
query string, which boto3 still makes for S3 in us-east-1. ``identify`` is cheap and touches no secret; ``verify`` checks
with the secret of the key that was named. Source: the SigV4 chapter of AWS's general reference, a2i-facts ``api.md``.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from urllib.parse import quote, unquote, unquote_to_bytes, urlsplit

from secondlook.wire import errors
from secondlook.wire.http import Request

ALGORITHM = "AWS4-HMAC-SHA256"
UNSIGNED = "UNSIGNED-PAYLOAD"
STREAMING = "STREAMING-"
EMPTY_HASH = hashlib.sha256(b"").hexdigest()

_SKEW = timedelta(minutes=15)
_LONGEST_LINK = 7 * 24 * 3600
_STAMP = "%Y%m%dT%H%M%SZ"
_SAFE = "-_.~"
_AUTHORIZATION = re.compile(
    r"AWS4-HMAC-SHA256\s+Credential=(?P<credential>[^,\s]+)\s*,\s*"
    r"SignedHeaders=(?P<headers>[^,\s]+)\s*,\s*Signature=(?P<signature>[0-9a-f]{64})\s*"
)
_SCOPE = re.compile(
    r"(?P<key>[^/]{1,128})/(?P<date>[0-9]{8})/(?P<region>[^/]*)/(?P<service>[^/]+)/aws4_request"
)
# What of a query string SigV2 covers, besides the path.
_V2_PARAMETERS = frozenset(
    "accelerate acl cors defaultObjectAcl delete encryption intelligent-tiering inventory legal-hold lifecycle location logging "
    "metrics notification object-lock partNumber policy publicAccessBlock replication requestPayment response-cache-control "
    "response-content-disposition response-content-encoding response-content-language response-content-type "
    "response-expires restore retention select select-type tagging torrent uploadId uploads versionId versioning "
    "versions website analytics".split()
)


@dataclass(frozen=True)
class Claim:
    """Who says they signed, and what they say they signed; nothing of it is checked yet."""

    kind: str
    """``header``, ``query`` (SigV4 presigned) or ``query-v2``."""
    access_key: str
    signature: str
    region: str = ""
    service: str = "s3"
    date: str = ""
    stamp: str = ""
    expires: int = 0
    signed_headers: tuple[str, ...] = ()
    token: str = ""

    @property
    def scope(self) -> str:
        """The credential scope that goes into the string to sign."""
        return f"{self.date}/{self.region}/{self.service}/aws4_request"


def signing_name(request: Request) -> str | None:
    """The service that a request was signed for, read leniently: routing comes before checking."""
    authorization = request.headers.get("authorization")
    credential = authorization.partition("Credential=")[2].partition(",")[0]
    if not credential and "X-Amz-Credential" in request.names:
        credential = request.parameter("X-Amz-Credential")
    if credential:
        parts = credential.strip().split("/")
        return parts[-2] if len(parts) > 1 else None
    if authorization.startswith("AWS ") or {"AWSAccessKeyId", "Signature"} <= request.names:
        return "s3"
    return None


def identify(request: Request) -> Claim | None:
    """The claim that a request makes, or ``None`` for an unsigned one; ``AwsError`` where it cannot be read."""
    authorization = request.headers.get("authorization")
    if authorization:
        return _claim_in_header(request, authorization)
    if "X-Amz-Signature" in request.names or "X-Amz-Algorithm" in request.names:
        return _claim_in_query(request)
    if {"AWSAccessKeyId", "Signature"} <= request.names:
        return _claim_in_v2_query(request)
    return None


def verify(
    request: Request, claim: Claim, secret: str, now: datetime, payload_hash: str | None = None
) -> None:
    """Raise ``AwsError`` unless ``claim`` was signed with ``secret`` for this very request, at about this time.

    ``payload_hash`` is the SHA-256 (hex) of the body, ``None`` while the body is a stream. The signature binds the hash
    that the *client* names in ``x-amz-content-sha256``; that this is the body's hash must then be checked with
    ``check_payload`` or ``PayloadHash``. A request without that header needs ``payload_hash``.
    """
    if claim.kind == "query-v2":
        _check_v2(request, claim, secret, now)
        return
    _check_time(claim, now)
    _check_coverage(request, claim)
    expected = _signature(request, claim, secret, _bound_hash(request, claim, payload_hash))
    if not hmac.compare_digest(expected, claim.signature):
        raise errors.signature_mismatch()


def claimed_payload(request: Request, claim: Claim) -> str:
    """What the signature says of the body: a hex SHA-256, ``UNSIGNED-PAYLOAD``, ``STREAMING-…``, or ``""`` for nothing."""
    named = request.headers.get("x-amz-content-sha256")
    if named:
        return named
    return UNSIGNED if claim.kind != "header" and claim.service == "s3" else ""


def check_payload(claimed: str, actual: str) -> None:
    """Raise unless the body has the hash that was signed; ``actual`` is its SHA-256 in hex."""
    if claimed == UNSIGNED or claimed.startswith(STREAMING) or not claimed:
        return
    if not hmac.compare_digest(claimed.encode(), actual.encode()):
        raise errors.AwsError(
            "XAmzContentSHA256Mismatch",
            "The provided 'x-amz-content-sha256' header does not match what was computed.",
            400,
            {"ClientComputedContentSHA256": claimed, "S3ComputedContentSHA256": actual},
        )


class PayloadHash:
    """The hash of a body that is read as a stream: ``update`` with each piece, then ``check``."""

    def __init__(self, claimed: str) -> None:
        self._claimed = claimed
        self._hash = hashlib.sha256() if re.fullmatch("[0-9a-f]{64}", claimed) else None

    def update(self, piece: bytes) -> None:
        """Take the next piece of the body."""
        if self._hash is not None:
            self._hash.update(piece)

    def check(self) -> None:
        """Raise unless the whole body was what was signed."""
        check_payload(self._claimed, self._hash.hexdigest() if self._hash else "")


def presign(
    method: str,
    url: str,
    key_id: str,
    secret: str,
    now: datetime,
    expires: int,
    region: str,
    service: str = "s3",
) -> str:
    """``url`` with a SigV4 signature in its query string, good for ``expires`` seconds (at most a week).

    The path of ``url`` is percent-encoded already; only the host header is signed.
    """
    if not 1 <= expires <= _LONGEST_LINK:
        raise ValueError(f"a link is good for 1 to {_LONGEST_LINK} seconds, not {expires}")
    parts = urlsplit(url)
    stamp = now.astimezone(UTC).strftime(_STAMP)
    claim = Claim("query", key_id, "", region, service, stamp[:8], stamp, expires, ("host",))
    query = {
        "X-Amz-Algorithm": ALGORITHM,
        "X-Amz-Credential": f"{key_id}/{claim.scope}",
        "X-Amz-Date": stamp,
        "X-Amz-Expires": str(expires),
        "X-Amz-SignedHeaders": "host",
    }
    added = "&".join(f"{name}={quote(value, safe=_SAFE)}" for name, value in query.items())
    whole = f"{parts.query}&{added}" if parts.query else added
    canonical = "\n".join(
        [
            method,
            _path(parts.path, service),
            _query(whole),
            f"host:{parts.netloc}\n",
            "host",
            _link_hash(service),
        ]
    )
    signature = _sign(signing_key(secret, claim.date, region, service), _to_sign(claim, canonical))
    return f"{parts.scheme}://{parts.netloc}{parts.path}?{whole}&X-Amz-Signature={signature}"


@lru_cache(maxsize=1024)
def signing_key(secret: str, date: str, region: str, service: str) -> bytes:
    """The key of one day, Region and service. Kept, because hot operations would derive it anew each time."""
    key = b"AWS4" + secret.encode()
    for part in (date, region, service, "aws4_request"):
        key = hmac.digest(key, part.encode(), "sha256")
    return key


def _claim_in_header(request: Request, authorization: str) -> Claim:
    found = _AUTHORIZATION.fullmatch(authorization.strip())
    scope = _SCOPE.fullmatch(found["credential"]) if found else None
    if found is None or scope is None:
        raise errors.incomplete_signature(
            "Authorization reads: AWS4-HMAC-SHA256 Credential=<key>/<date>/<region>/<service>/aws4_request, "
            f"SignedHeaders=<names>, Signature=<64 hex digits>. Found: {_shown(authorization)}"
        )
    stamp = request.headers.get("x-amz-date")
    return Claim(
        "header",
        scope["key"],
        found["signature"],
        scope["region"],
        scope["service"],
        scope["date"],
        stamp,
        0,
        tuple(found["headers"].split(";")),
        request.headers.get("x-amz-security-token"),
    )


def _claim_in_query(request: Request) -> Claim:
    scope = _SCOPE.fullmatch(request.parameter("X-Amz-Credential"))
    expires = request.parameter("X-Amz-Expires", "0")
    names = request.parameter("X-Amz-SignedHeaders")
    if request.parameter("X-Amz-Algorithm") != ALGORITHM or scope is None or not names:
        raise errors.bad_query_signature(
            f"Query-string authentication needs X-Amz-Algorithm={ALGORITHM}, X-Amz-Credential, X-Amz-Date, "
            "X-Amz-Expires, X-Amz-SignedHeaders and X-Amz-Signature."
        )
    if not re.fullmatch("[0-9]{1,6}", expires) or not 0 < int(expires) <= _LONGEST_LINK:
        raise errors.bad_query_signature(f"X-Amz-Expires must be between 1 and {_LONGEST_LINK} seconds.")
    return Claim(
        "query",
        scope["key"],
        request.parameter("X-Amz-Signature"),
        scope["region"],
        scope["service"],
        scope["date"],
        request.parameter("X-Amz-Date"),
        int(expires),
        tuple(names.split(";")),
        request.parameter("X-Amz-Security-Token"),
    )


def _claim_in_v2_query(request: Request) -> Claim:
    expires = request.parameter("Expires")
    if not re.fullmatch("[0-9]{1,12}", expires):
        raise errors.bad_query_signature("Expires must be seconds since 1970.")
    return Claim(
        "query-v2", request.parameter("AWSAccessKeyId"), request.parameter("Signature"), expires=int(expires)
    )


def _check_time(claim: Claim, now: datetime) -> None:
    try:
        signed = datetime.strptime(claim.stamp, _STAMP).replace(tzinfo=UTC)
    except ValueError:
        signed = None
    if signed is None or not claim.stamp.startswith(claim.date):
        raise errors.incomplete_signature(
            f"X-Amz-Date must be YYYYMMDDTHHMMSSZ on the credential's day {claim.date}. Found: {claim.stamp[:40]!r}"
        )
    if claim.kind == "query":
        if now > signed + timedelta(seconds=claim.expires):
            raise errors.expired_link()
        if signed > now + _SKEW:
            raise errors.expired_link("Request is not yet valid")
    elif abs(now - signed) > _SKEW:
        raise errors.time_too_skewed(
            f"The difference between the request time ({claim.stamp}) and the current time "
            f"({now.astimezone(UTC).strftime(_STAMP)}) is too large: at most 15 minutes."
        )


def _check_coverage(request: Request, claim: Claim) -> None:
    """An unsigned ``x-amz-`` header could turn a signed PUT into a copy; so all of them must be signed, and the host."""
    covered = set(claim.signed_headers)
    if "host" not in covered:
        raise errors.incomplete_signature("'host' must be among the signed headers.")
    unsigned = {name for name, _ in request.headers if name.startswith("x-amz-")} - covered
    if unsigned:
        raise errors.access_denied(
            f"There were headers present in the request which were not signed: {', '.join(sorted(unsigned))}"
        )


def _bound_hash(request: Request, claim: Claim, payload_hash: str | None) -> str:
    claimed = claimed_payload(request, claim)
    if (claimed == UNSIGNED or claimed.startswith(STREAMING)) and claim.service != "s3":
        raise errors.validation(
            f"x-amz-content-sha256: {claim.service} needs the body's SHA-256, found {claimed}."
        )
    if claimed:
        return claimed
    if payload_hash is None:
        raise errors.incomplete_signature(
            "A body that is streamed needs its SHA-256 in x-amz-content-sha256."
        )
    return payload_hash


def _signature(request: Request, claim: Claim, secret: str, payload_hash: str) -> str:
    query = request.query
    if claim.kind == "query":
        query = "&".join(pair for pair in query.split("&") if not pair.startswith("X-Amz-Signature="))
    headers = "".join(f"{name}:{_header(request, name)}\n" for name in claim.signed_headers)
    canonical = "\n".join(
        [
            request.method,
            _path(request.path, claim.service),
            _query(query),
            headers,
            ";".join(claim.signed_headers),
            payload_hash,
        ]
    )
    key = signing_key(secret, claim.date, claim.region, claim.service)
    return _sign(key, _to_sign(claim, canonical))


def _sign(key: bytes, text: str) -> str:
    return hmac.digest(key, text.encode(), "sha256").hex()


def _to_sign(claim: Claim, canonical: str) -> str:
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    return f"{ALGORITHM}\n{claim.stamp}\n{claim.scope}\n{digest}"


def _link_hash(service: str) -> str:
    return UNSIGNED if service == "s3" else EMPTY_HASH


def _header(request: Request, name: str) -> str:
    return ",".join(" ".join(value.split()) for value in request.headers.all(name))


def _path(path: str, service: str) -> str:
    """S3 signs the path as it is, encoded once; all others normalise it and encode it again."""
    if service == "s3":
        return quote(unquote_to_bytes(path), safe=_SAFE + "/") or "/"
    return quote(_without_dots(path), safe=_SAFE + "/") or "/"


def _without_dots(path: str) -> str:
    kept: list[str] = []
    for part in path.split("/"):
        if part == ".." and kept:
            kept.pop()
        elif part not in {"", ".", ".."}:
            kept.append(part)
    tail = "/" if kept and path.endswith("/") else ""
    return "/" + "/".join(kept) + tail


def _query(query: str) -> str:
    pairs = (pair.partition("=") for pair in query.split("&") if pair)
    return "&".join(
        f"{name}={value}" for name, value in sorted((_requote(n), _requote(v)) for n, _, v in pairs)
    )


def _requote(text: str) -> str:
    return quote(unquote_to_bytes(text), safe=_SAFE)


def _check_v2(request: Request, claim: Claim, secret: str, now: datetime) -> None:
    if now.timestamp() > claim.expires:
        raise errors.expired_link()
    covered = sorted((name, value) for name, value in _v2_parameters(request.query) if name in _V2_PARAMETERS)
    resource = request.path + ("?" if covered else "")
    resource += "&".join(f"{name}={value}" if value is not None else name for name, value in covered)
    to_sign = "\n".join(
        [
            request.method,
            request.headers.get("content-md5"),
            request.headers.get("content-type"),
            str(claim.expires),
            *_v2_headers(request),
            resource,
        ]
    )
    expected = base64.b64encode(hmac.digest(secret.encode(), to_sign.encode(), "sha1")).decode()
    if not hmac.compare_digest(expected.encode(), claim.signature.encode()):
        raise errors.signature_mismatch()


def _v2_parameters(query: str) -> Iterable[tuple[str, str | None]]:
    for pair in query.split("&"):
        name, equals, value = pair.partition("=")
        yield unquote(name), unquote(value) if equals else None


def _v2_headers(request: Request) -> list[str]:
    names = {name for name, _ in request.headers if name.startswith("x-amz-")}
    found = {name: _header(request, name) for name in names}
    if "x-amz-security-token" in request.names:
        found["x-amz-security-token"] = request.parameter("x-amz-security-token")
    return [f"{name}:{found[name]}" for name in sorted(found)]


def _shown(authorization: str) -> str:
    return re.sub("Signature=[^,]*", "Signature=…", authorization)[:200]
