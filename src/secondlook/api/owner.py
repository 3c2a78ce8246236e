"""Who owns the buckets and objects: the one account of this server."""

from __future__ import annotations

import hashlib

from secondlook.api.call import Call
from secondlook.wire import errors


def owner(call: Call) -> dict[str, str]:
    """The account as S3 names it: by an opaque id; and by a name, which S3 told until 2025 and older programs read."""
    return {"DisplayName": "secondlook", "ID": hashlib.sha256(call.place.account.encode()).hexdigest()}


def check_owner(call: Call, member: str) -> None:
    """403 where the member names another account than the one that owns everything here [sdk-wire-trace.md, row 6]."""
    expected = call.params.get(member)
    if expected is not None and expected != call.place.account:
        raise errors.access_denied()
