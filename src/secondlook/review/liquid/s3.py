"""Which object a template means: the spellings of an S3 reference that `grant_read_access` takes."""

from __future__ import annotations

import re

_REFERENCE = re.compile(
    r"(?:s3://|https?://s3\.amazonaws\.com/)(?P<bucket>[A-Za-z0-9._-]{3,255})/(?P<key>.+)",
    re.IGNORECASE | re.DOTALL,
)
_SIGNED = re.compile(r"[?&](?:X-Amz-Signature|Signature)=")
_WEB = re.compile(r"https?://[^/\s]", re.IGNORECASE)


def s3_uri(reference: str) -> str | None:
    """`s3://bucket/key` for `s3://bucket/key` and `http(s)://s3.amazonaws.com/bucket/key`, else None.

    The key is taken as it stands: templates join bucket and name with `capture`, and percent signs in a name are
    part of it. A link that is signed already is left to its signer.
    """
    match = _REFERENCE.fullmatch(reference)
    if match is None or _SIGNED.search(match["key"]):
        return None
    return f"s3://{match['bucket']}/{match['key']}"


def is_web_address(reference: str) -> bool:
    """Whether this is an http or https URL, which needs no grant from us."""
    return _WEB.match(reference) is not None
