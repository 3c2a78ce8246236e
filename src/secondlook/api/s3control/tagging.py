"""Tags of resources, of which buckets are the only ones here."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from secondlook.api import tag_sets
from secondlook.api.call import Call
from secondlook.api.owner import check_owner
from secondlook.store.errors import NoSuchBucket
from secondlook.wire import errors
from secondlook.wire.errors import AwsError

_BUCKET = re.compile(r"arn:[a-z-]+:s3:[a-z0-9-]*:[0-9]*:(?:bucket/)?([a-z0-9.-]+)")

Tags = Sequence[dict[str, str]]


def list_tags_for_resource(call: Call) -> dict[str, Any]:
    """Of a bucket, by `arn:aws:s3:::NAME`."""
    bucket = _bucket(call)
    try:
        kept = call.services.objects.buckets.setting(bucket, tag_sets.SETTING)
    except NoSuchBucket:
        raise _no_such_resource() from None
    return {"Tags": _tags_in(kept)}


def tag_resource(call: Call) -> dict[str, Any]:
    """Of a bucket: those of other names stay."""
    added: Tags = call.params.get("Tags") or []
    tag_sets.of_bucket({"TagSet": added})
    names = {tag["Key"] for tag in added}
    _change(call, lambda tags: [*(tag for tag in tags if tag["Key"] not in names), *added])
    return {}


def untag_resource(call: Call) -> dict[str, Any]:
    """Of a bucket."""
    names = set(call.params.get("TagKeys") or ())
    _change(call, lambda tags: [tag for tag in tags if tag["Key"] not in names])
    return {}


def _change(call: Call, change: Callable[[Tags], Tags]) -> None:
    bucket = _bucket(call)

    def changed(kept: Any) -> Any:
        tags = change(_tags_in(kept))
        return tag_sets.of_bucket({"TagSet": tags}) if tags else None

    try:
        call.services.objects.buckets.change(bucket, tag_sets.SETTING, changed)
    except NoSuchBucket:
        raise _no_such_resource() from None


def _tags_in(kept: Any) -> Tags:
    tags: Tags = kept["TagSet"] if kept is not None else []
    return tags


def _bucket(call: Call) -> str:
    arn: str = call.params["ResourceArn"]
    check_owner(call, "AccountId")
    match = _BUCKET.fullmatch(arn)
    if match is None:
        raise errors.not_served(
            f"Tags of {arn} are not served here: those of buckets are, arn:aws:s3:::NAME."
        )
    call.caller.check_bucket(match[1])
    return match[1]


def _no_such_resource() -> AwsError:
    return AwsError("NoSuchResource", "The specified resource doesn't exist.", 404)
