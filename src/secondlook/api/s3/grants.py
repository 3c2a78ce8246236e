"""Canned access control lists and grants: only those are taken that let nobody in but the owner."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from secondlook.wire.errors import AwsError
from secondlook.wire.s3_errors import invalid_argument, invalid_request

CLOSED = ("private", "bucket-owner-full-control", "bucket-owner-read")
"""Canned lists that say no more than what is so."""

_OPEN = ("public-read", "public-read-write", "authenticated-read", "aws-exec-read", "log-delivery-write")
"""All others."""

_GRANTS = ("GrantFullControl", "GrantRead", "GrantReadACP", "GrantWrite", "GrantWriteACP")


def lets_others_in(params: Mapping[str, Any]) -> bool:
    """Whether a canned list or a grant would; InvalidArgument for a list that does not exist, InvalidRequest for both."""
    canned = params.get("ACL")
    has_grants = any(params.get(name) for name in _GRANTS)
    if canned is not None and canned not in CLOSED + _OPEN:
        raise invalid_argument(
            f"x-amz-acl names no canned list: it is one of {', '.join(CLOSED + _OPEN)}.", "x-amz-acl", canned
        )
    if canned is not None and has_grants:
        raise invalid_request("Specifying both Canned ACLs and Header Grants is not allowed")
    return canned in _OPEN or has_grants


def refuse_lists(params: Mapping[str, Any]) -> None:
    """Refuse a canned list or a grant that would let anybody else in."""
    if lets_others_in(params):
        raise lists_not_supported()


def lists_not_supported() -> AwsError:
    return AwsError("AccessControlListNotSupported", "The bucket does not allow ACLs", 400)
