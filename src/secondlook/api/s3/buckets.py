"""Buckets."""

from __future__ import annotations

import re
from typing import Any

from secondlook.api import tag_sets
from secondlook.api.call import Call
from secondlook.api.owner import owner
from secondlook.api.s3 import target
from secondlook.api.s3.arguments import number
from secondlook.api.s3.configuration.checks import (
    NEW_PUBLIC_ACCESS,
    OWNERSHIP,
    OWNERSHIPS,
    PUBLIC_ACCESS,
)
from secondlook.api.s3.grants import lets_others_in
from secondlook.review.decisions.rights import INTERNAL_BUCKET, may_use
from secondlook.store.errors import BucketExists
from secondlook.store.objects import Bucket
from secondlook.wire.errors import AwsError
from secondlook.wire.s3_errors import invalid_argument, not_implemented

HOME = "us-east-1"
"""The Region that has no location constraint, and where creating one's own bucket again is no error."""

MOST_LISTED = 10_000

_REGION = re.compile(r"EU|[a-z]{2}(-[a-z]+)+-\d+")


def create_bucket(call: Call) -> dict[str, Any]:
    name = target.bucket_name(call.params["Bucket"])
    if name == INTERNAL_BUCKET:
        raise AwsError(
            "BucketAlreadyExists",
            "The requested bucket name is not available: this server uses it itself. Select a different name.",
            409,
            {"BucketName": name},
        )
    call.caller.check_bucket(name)
    region = call.place.region
    settings = _settings(call)
    try:
        call.services.objects.buckets.create(name, region, call.now, settings)
    except BucketExists:
        if region != HOME:
            raise
    return {"Location": f"/{name}"}


def _settings(call: Call) -> dict[str, Any]:
    """What a new bucket is told to be; refuses what it cannot be."""
    document = call.params.get("CreateBucketConfiguration") or {}
    _check_location(document.get("LocationConstraint"), call.place.region)
    owned = call.params.get("ObjectOwnership", OWNERSHIPS[0])
    if owned not in OWNERSHIPS:
        raise invalid_argument(f"Invalid x-amz-object-ownership header: {owned}", "x-amz-object-ownership")
    if lets_others_in(call.params):
        raise AwsError(
            "InvalidBucketAclWithObjectOwnership",
            "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
            400,
        )
    if call.params.get("ObjectLockEnabledForBucket"):
        raise not_implemented("ObjectLockEnabledForBucket: objects are not locked here.")
    if call.params.get("BucketNamespace", "global") != "global":
        raise not_implemented("BucketNamespace: names of buckets are not told apart by Region here.")
    if document.get("Location") or document.get("Bucket"):
        raise not_implemented("CreateBucketConfiguration: directory buckets are not served here.")
    settings: dict[str, Any] = {
        OWNERSHIP: {"Rules": [{"ObjectOwnership": owned}]},
        PUBLIC_ACCESS: dict(NEW_PUBLIC_ACCESS),
    }
    if tags := document.get("Tags"):
        settings[tag_sets.SETTING] = tag_sets.of_bucket({"TagSet": tags})
    return settings


def _check_location(location: str | None, region: str) -> None:
    """A bucket lies where this server is; its own Region may be named, which S3 does not allow for us-east-1."""
    if not location or location == region:
        return
    if not _REGION.fullmatch(location):
        raise AwsError(
            "InvalidLocationConstraint",
            f"The specified location-constraint is not valid: this server's Region is {region}.",
            400,
            {"LocationConstraint": location},
        )
    raise AwsError(
        "IllegalLocationConstraintException",
        f"The {location} location constraint is incompatible for the region specific endpoint this request was sent "
        f"to: this server's Region is {region}.",
        400,
    )


def head_bucket(call: Call) -> dict[str, Any]:
    """404 if absent; 403, whether it is there or not, if the owner is another [sdk-wire-trace.md, row 6]."""
    bucket = call.services.objects.buckets.head(target.bucket(call))
    return {"BucketRegion": bucket.region, "AccessPointAlias": False}


def delete_bucket(call: Call) -> dict[str, Any]:
    call.services.objects.buckets.delete(target.bucket(call))
    return {}


def get_bucket_location(call: Call) -> dict[str, Any]:
    region = call.services.objects.buckets.head(target.bucket(call)).region
    return {"LocationConstraint": None if region == HOME else region}


def list_buckets(call: Call) -> dict[str, Any]:
    """Those that the caller may use, by name, in pages where MaxBuckets asks for them."""
    params = call.params
    prefix, after = params.get("Prefix") or "", params.get("ContinuationToken") or ""
    most = number(call, "MaxBuckets", MOST_LISTED, least=1, most=MOST_LISTED)
    buckets = [
        bucket
        for bucket in call.services.objects.buckets.list()
        if bucket.name.startswith(prefix)
        and bucket.name > after
        and params.get("BucketRegion") in {None, bucket.region}
        and may_use(call.caller.buckets, bucket.name)
    ]
    listed = {
        "Buckets": [_shown(bucket) for bucket in buckets[:most]],
        "Owner": owner(call),
        "Prefix": prefix or None,
    }
    return listed | ({"ContinuationToken": buckets[most - 1].name} if len(buckets) > most else {})


def _shown(bucket: Bucket) -> dict[str, Any]:
    created_at = bucket.created_at.replace(microsecond=0)
    return {"Name": bucket.name, "CreationDate": created_at, "BucketRegion": bucket.region}
