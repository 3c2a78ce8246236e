"""Access control lists and object locks, as S3 answers for a bucket that has neither.

Access keys decide who may do what, and one account owns everything; so each list has one grant, and nothing else can be put.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from secondlook.api.call import Call
from secondlook.api.owner import owner
from secondlook.api.s3 import target
from secondlook.api.s3.grants import lists_not_supported, refuse_lists
from secondlook.wire.errors import AwsError
from secondlook.wire.s3_errors import invalid_request


def get_bucket_acl(call: Call) -> dict[str, Any]:
    """The owner has full control, as with BucketOwnerEnforced."""
    call.services.objects.buckets.head(target.bucket(call))
    return _list(call)


def put_bucket_acl(call: Call) -> dict[str, Any]:
    """`private` is taken, or the list that is there; anything else is AccessControlListNotSupported."""
    bucket = target.bucket(call)
    _check_put(call)
    call.services.objects.buckets.head(bucket)
    return {}


def get_object_acl(call: Call) -> dict[str, Any]:
    call.services.objects.head(target.bucket(call), target.key(call))
    return _list(call)


def put_object_acl(call: Call) -> dict[str, Any]:
    """As PutBucketAcl."""
    bucket, key = target.bucket(call), target.key(call)
    _check_put(call)
    call.services.objects.head(bucket, key)
    return {}


def get_object_retention(call: Call) -> dict[str, Any]:
    """Objects are not locked."""
    raise _unlocked(call)


def put_object_retention(call: Call) -> dict[str, Any]:
    raise _unlocked(call)


def get_object_legal_hold(call: Call) -> dict[str, Any]:
    """Objects are not locked."""
    raise _unlocked(call)


def put_object_legal_hold(call: Call) -> dict[str, Any]:
    raise _unlocked(call)


def _list(call: Call) -> dict[str, Any]:
    grantee = {"Type": "CanonicalUser", **owner(call)}
    return {"Owner": owner(call), "Grants": [{"Grantee": grantee, "Permission": "FULL_CONTROL"}]}


def _check_put(call: Call) -> None:
    refuse_lists(call.params)
    policy = call.params.get("AccessControlPolicy")
    if not policy and not call.params.get("ACL"):
        raise AwsError(
            "MissingSecurityHeader", "Your request was missing a required header: x-amz-acl, or a list", 400
        )
    if policy and _said(policy) != _said(_list(call)):
        raise lists_not_supported()


def _said(policy: Mapping[str, Any]) -> tuple[str | None, list[tuple[str | None, str | None]]]:
    """The ids of the owner and, with what they may do, of those who are let in."""
    grants = [
        (grant.get("Grantee", {}).get("ID"), grant.get("Permission")) for grant in policy.get("Grants", ())
    ]
    return policy.get("Owner", {}).get("ID"), grants


def _unlocked(call: Call) -> AwsError:
    call.services.objects.head(target.bucket(call), target.key(call))
    return invalid_request("Bucket is missing Object Lock Configuration")
