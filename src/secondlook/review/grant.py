"""What a template may be given to read. Pure.

`grant_read_access` turns `s3://bucket/key` into a signed link. Signing is handed down; what is decided here is only
which bucket may be named at all.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from secondlook.review.render import RenderFailed

INTERNAL_BUCKET = "secondlook-internal"
"""Holds what the server itself must hand out by a signed link; never listed, never granted to a template."""


class Sign(Protocol):
    """Makes a link for GET of exactly one object, signed with the server's own key, good until `until`.

    `base_url` is the scheme and host that whoever follows the link can reach.
    """

    def __call__(self, bucket: str, key: str, until: datetime, base_url: str) -> str: ...


def grantor(sign: Callable[[str, str], str]) -> Callable[[str], str]:
    """A function from `s3://bucket/key` to the link that `sign(bucket, key)` makes; RenderFailed for our own bucket."""

    def grant(uri: str) -> str:
        bucket, _, key = uri.removeprefix("s3://").partition("/")
        if bucket == INTERNAL_BUCKET:
            raise RenderFailed(
                "InvalidParameters", f'"grant_read_access" may not name the bucket "{bucket}".'
            )
        return sign(bucket, key)

    return grant
