"""Is a request's signature right? And: signing links of our own.

``identify`` is cheap and touches no secret; ``verify`` checks with the secret of the key that was named. Both forms of
SigV4 are checked here, SigV2 next door. Source: AWS general reference, Signature Version 4; a2i-facts ``api.md`` section 1.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime
from functools import lru_cache
from urllib.parse import quote, urlsplit

from secondlook.wire import errors, link_headers, moments, sigv2
from secondlook.wire.canonical import canonical_request
from secondlook.wire.claim import ALGORITHM, Claim, identify, signing_name
from secondlook.wire.http import Headers, Request, is_amazons
from secondlook.wire.link_times import LONGEST_LINK, check_life
from secondlook.wire.mismatch import mismatch
from secondlook.wire.payload import STREAMING, UNSIGNED, claimed_payload

__all__ = ["Claim", "identify", "presign", "signing_key", "signing_name", "verify", "verify_form"]

_EMPTY_HASH = hashlib.sha256(b"").hexdigest()


def verify(
    request: Request, claim: Claim, secret: str, now: datetime, payload_hash: str | None = None
) -> None:
    """Raise ``AwsError`` unless ``claim`` was signed with ``secret`` for this very request, at about this time.

    ``payload_hash`` is the SHA-256 (hex) of the body, ``None`` while the body is a stream. The signature binds the hash
    that the *client* names in ``x-amz-content-sha256``; that this is the body's hash must then be checked with
    ``payload.check_payload`` or ``PayloadHash``. A request without that header needs ``payload_hash``.
    """
    if claim.kind.endswith("-v2"):
        sigv2.verify(request, claim, secret, now)
        return
    _check_time(claim, now)
    _check_coverage(request, claim)
    bound = _bound_hash(request, claim, payload_hash)
    texts = [canonical_request(spelling, claim, bound) for spelling in request.spellings]
    if not any(_is_signature(claim, text, secret) for text in texts):
        raise mismatch(claim, claim.signature, _to_sign(texts[0], claim), texts[0])


def verify_form(policy: str, claim: Claim, secret: str) -> None:
    """Raise ``AwsError`` unless the policy of an upload form, as it stands there, was signed with ``secret``."""
    if claim.kind == "form-v2":
        expected = sigv2.sign(policy, secret)
    else:
        key = signing_key(secret, claim.date, claim.region, claim.service)
        expected = hmac.digest(key, policy.encode(), "sha256").hex()
    if not hmac.compare_digest(expected.encode(), claim.signature.encode()):
        raise errors.signature_mismatch()


def presign(
    method: str,
    url: str,
    key_id: str,
    secret: str,
    now: datetime,
    expires: int,
    region: str,
) -> str:
    """``url``, of an object, with a SigV4 signature in its query string, good for ``expires`` seconds (at most a week).

    The path of ``url`` is percent-encoded already; only the host header is signed.
    """
    if not 1 <= expires <= LONGEST_LINK:
        raise ValueError(f"a link is good for 1 to {LONGEST_LINK} seconds, not {expires}")
    parts = urlsplit(url)
    stamp = moments.stamp(now)
    claim = Claim("query", key_id, "", region, "s3", stamp[:8], stamp, expires, ("host",))
    added = {
        "X-Amz-Algorithm": ALGORITHM,
        "X-Amz-Credential": f"{key_id}/{claim.scope}",
        "X-Amz-Date": stamp,
        "X-Amz-Expires": str(expires),
        "X-Amz-SignedHeaders": "host",
    }
    pairs = [parts.query] if parts.query else []
    pairs += [f"{name}={quote(value, safe='')}" for name, value in added.items()]
    request = Request(method, parts.path, "&".join(pairs), Headers([("host", parts.netloc)]))
    canonical = canonical_request(request, claim, UNSIGNED)
    signature = _sign(canonical, claim, secret)
    return f"{parts.scheme}://{parts.netloc}{parts.path}?{request.query}&X-Amz-Signature={signature}"


@lru_cache(maxsize=1024)
def signing_key(secret: str, date: str, region: str, service: str) -> bytes:
    """The key of one day, Region and service. Kept, because hot operations would derive it anew each time."""
    key = b"AWS4" + secret.encode()
    for part in (date, region, service, "aws4_request"):
        key = hmac.digest(key, part.encode(), "sha256")
    return key


def _check_time(claim: Claim, now: datetime) -> None:
    signed = moments.stamped(claim.stamp)
    if signed is None:
        raise errors.invalid_date(
            "AWS authentication requires a valid Date or x-amz-date header: X-Amz-Date reads YYYYMMDDTHHMMSSZ. "
            f"Found: {claim.stamp[:40]!r}"
        )
    if not claim.stamp.startswith(claim.date):
        raise errors.incomplete_signature(
            f"X-Amz-Date must be on the credential's day {claim.date}. Found: {claim.stamp!r}"
        )
    if claim.kind == "query":
        check_life(signed, claim.expires, now)
    else:
        moments.check_skew(signed, now, claim.stamp)


def _check_coverage(request: Request, claim: Claim) -> None:
    """An unsigned ``x-amz-`` header could turn a signed PUT into a copy; so all of them must be signed, and the host."""
    covered = set(claim.signed_headers)
    if "host" not in covered:
        raise errors.incomplete_signature("'host' must be among the signed headers.")
    in_query = link_headers.carried(request, claim).items()
    unsigned = {
        name
        for name, value in request.headers
        if is_amazons(name) and name not in covered and (name, value) not in in_query
    }
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


def _is_signature(claim: Claim, canonical: str, secret: str) -> bool:
    return hmac.compare_digest(_sign(canonical, claim, secret).encode(), claim.signature.encode())


def _to_sign(canonical: str, claim: Claim) -> str:
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    return f"{ALGORITHM}\n{claim.stamp}\n{claim.scope}\n{digest}"


def _sign(canonical: str, claim: Claim, secret: str) -> str:
    key = signing_key(secret, claim.date, claim.region, claim.service)
    return hmac.digest(key, _to_sign(canonical, claim).encode(), "sha256").hex()
