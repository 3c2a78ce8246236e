"""What a template may be given to read. Pure.

`grant_read_access` turns `s3://bucket/key` into a signed link. Signing is handed down; what is decided here is only
which objects may be named at all: those of the buckets that whoever started the loop may read, and what the server
stored for it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Protocol

from secondlook.review.decisions.rights import may_use
from secondlook.review.render import RenderFailed


class Sign(Protocol):
    """Makes a link for GET of exactly one object, signed with the server's own key, good until `until`.

    `base_url` is the scheme and host that whoever follows the link can reach.
    """

    def __call__(self, bucket: str, key: str, until: datetime, base_url: str) -> str: ...


def grantor(sign: Callable[[str, str], str], buckets: Collection[str] | None = None) -> Callable[[str], str]:
    """A function from `s3://bucket/key` to the link that `sign(bucket, key)` makes.

    It raises RenderFailed for our own bucket, and for every other than `buckets` unless that is None. A single object of
    another bucket is in `buckets` as `bucket/key`.
    """

    def grant(uri: str) -> str:
        path = uri.removeprefix("s3://")
        bucket, _, key = path.partition("/")
        if not may_use(buckets, bucket) and not (buckets and key and path in buckets):
            raise RenderFailed(
                "InvalidParameters", f'"grant_read_access" may not name the bucket "{bucket}".'
            )
        return sign(bucket, key)

    return grant
