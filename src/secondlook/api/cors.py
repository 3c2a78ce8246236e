"""Preflights: a browser asks before a page of another origin may call. Task pages have an opaque origin, so the answer is `*`.

Signatures, not origins, decide who may read: no cookie is ever read behind this door.
"""

from __future__ import annotations

from secondlook.wire.http import Request, Response

EXPOSED = (
    "ETag, x-amz-request-id, x-amzn-requestid, x-amz-meta-*, content-range, accept-ranges, last-modified"
)


def preflight(request: Request) -> Response:
    """Allow what is asked for, for a day."""
    return Response(
        200,
        [
            ("Access-Control-Allow-Origin", "*"),
            ("Access-Control-Allow-Methods", "GET, HEAD, PUT, POST, DELETE"),
            ("Access-Control-Allow-Headers", request.headers.get("access-control-request-headers") or "*"),
            ("Access-Control-Expose-Headers", EXPOSED),
            ("Access-Control-Max-Age", "86400"),
            ("Vary", "Access-Control-Request-Headers"),
        ],
    )
