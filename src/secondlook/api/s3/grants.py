"""Canned access control lists and grants: only those are taken that let nobody in but the owner."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from secondlook.wire.errors import AwsError

CANNED = ("private", "bucket-owner-full-control", "bucket-owner-read")
"""Canned lists that say no more than what is so."""

_GRANTS = ("GrantFullControl", "GrantRead", "GrantReadACP", "GrantWrite", "GrantWriteACP")


def refuse_lists(params: Mapping[str, Any]) -> None:
    """Refuse a canned list or a grant that would let anybody else in."""
    if params.get("ACL", "private") not in CANNED or any(params.get(name) for name in _GRANTS):
        raise lists_not_supported()


def lists_not_supported() -> AwsError:
    return AwsError("AccessControlListNotSupported", "The bucket does not allow ACLs", 400)
