"""Buckets."""

from __future__ import annotations

import hashlib
from typing import Any

from secondlook.api.call import Call
from secondlook.api.s3 import target
from secondlook.api.s3.arguments import number
from secondlook.review.rights import INTERNAL_BUCKET, may_use
from secondlook.store.objects import Bucket
from secondlook.store.refusals import BucketExists
from secondlook.wire.errors import AwsError

HOME = "us-east-1"
"""The Region that has no location constraint, and where creating one's own bucket again is no error."""

MOST_LISTED = 10_000


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
    asked = (call.params.get("CreateBucketConfiguration") or {}).get("LocationConstraint")
    if asked and asked != region:
        raise AwsError(
            "IllegalLocationConstraintException",
            f"The {asked} location constraint is incompatible for the region specific endpoint this request was sent "
            f"to: this server's Region is {region}.",
            400,
        )
    try:
        call.house.objects.buckets.create(name, region, call.now)
    except BucketExists:
        if region != HOME:
            raise
    return {"Location": f"/{name}"}


def head_bucket(call: Call) -> dict[str, Any]:
    """404 if absent; 403, whether it is there or not, if the owner is another [sdk-wire-trace.md, row 6]."""
    found = call.house.objects.buckets.head(target.bucket(call))
    return {"BucketRegion": found.region}


def delete_bucket(call: Call) -> dict[str, Any]:
    call.house.objects.buckets.delete(target.bucket(call))
    return {}


def get_bucket_location(call: Call) -> dict[str, Any]:
    region = call.house.objects.buckets.head(target.bucket(call)).region
    return {"LocationConstraint": None if region == HOME else region}


def list_buckets(call: Call) -> dict[str, Any]:
    """Those that the caller may use, by name, in pages where MaxBuckets asks for them."""
    prefix, after = call.params.get("Prefix") or "", call.params.get("ContinuationToken") or ""
    most = number(call, "MaxBuckets", MOST_LISTED, least=1, most=MOST_LISTED)
    found = [
        one
        for one in call.house.objects.buckets.list()
        if one.name.startswith(prefix) and one.name > after and may_use(call.caller.buckets, one.name)
    ]
    listed = {
        "Buckets": [_shown(one) for one in found[:most]],
        "Owner": owner(call),
        "Prefix": prefix or None,
    }
    return listed | ({"ContinuationToken": found[most - 1].name} if len(found) > most else {})


def owner(call: Call) -> dict[str, str]:
    """The account as S3 names it: by an opaque id."""
    return {"ID": hashlib.sha256(call.place.account.encode()).hexdigest()}


def _shown(one: Bucket) -> dict[str, Any]:
    return {"Name": one.name, "CreationDate": one.created_at, "BucketRegion": one.region}
