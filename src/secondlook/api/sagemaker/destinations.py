"""Where an endpoint writes what it captures, and what it answers later: a bucket that is there, and that whoever says so may use.

Asked when the config is made, and again by each who has an endpoint run by it: their keys may be bound to other buckets.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from secondlook.api.call import Call
from secondlook.hosting.asynchronous.config import AsyncConfig
from secondlook.hosting.endpoints import endpoint_config
from secondlook.hosting.errors import Invalid
from secondlook.hosting.invocation.capture import destination
from secondlook.review.decisions.rights import INTERNAL_BUCKET, may_use
from secondlook.store.errors import NoSuchBucket


def check(call: Call, config: Mapping[str, Any]) -> None:
    """Of the members of CreateEndpointConfig. Raises Invalid. No transaction may be open: the bucket may lie in an S3."""
    if capture := config.get("DataCaptureConfig"):
        bucket, _ = destination(capture)
        check_bucket(
            call, bucket, f"of DestinationS3Uri {capture['DestinationS3Uri']!r} of DataCaptureConfig"
        )
    if asynchronous := config.get("AsyncInferenceConfig"):
        for bucket in AsyncConfig.from_json(asynchronous).buckets:
            call.caller.check_bucket(bucket)
            _check_there(call, bucket, "that AsyncInferenceConfig names")


def check_config(call: Call, name: str) -> None:
    """Of the endpoint config of this name. Raises NotFound too."""
    with call.store.read() as cx:
        config = endpoint_config.find(cx, call.place, name).config
    check(call, config)


def check_bucket(call: Call, bucket: str, where: str) -> None:
    """Raises Invalid where the server cannot write to a bucket, or the caller may not use it; `where` says who names it."""
    if bucket == INTERNAL_BUCKET:
        raise Invalid(f"The bucket {bucket!r} {where} is this server's own; name a bucket of yours.")
    if not may_use(call.caller.buckets, bucket):
        raise Invalid(
            f"The bucket {bucket!r} {where} may not be used with this access key, which is bound to "
            f"{', '.join(sorted(call.caller.buckets or ())) or 'no bucket'}."
        )
    _check_there(call, bucket, where)


def _check_there(call: Call, bucket: str, where: str) -> None:
    try:
        call.services.objects.buckets.head(bucket)
    except NoSuchBucket:
        raise Invalid(f"The bucket {bucket!r} {where} does not exist; create it first.") from None
