"""Tags of objects."""

from __future__ import annotations

from typing import Any

from secondlook.api import tag_sets
from secondlook.api.call import Call
from secondlook.api.s3 import target


def put_object_tagging(call: Call) -> dict[str, Any]:
    bucket, key = target.bucket(call), target.key(call)
    pairs = tag_sets.of_set(call.params["Tagging"].get("TagSet"))
    call.services.objects.set_tags(bucket, key, tag_sets.checked(pairs, tag_sets.OBJECT))
    return {}


def get_object_tagging(call: Call) -> dict[str, Any]:
    kept = call.services.objects.tags(target.bucket(call), target.key(call))
    return {"TagSet": [{"Key": key, "Value": value} for key, value in kept.items()]}


def delete_object_tagging(call: Call) -> dict[str, Any]:
    call.services.objects.set_tags(target.bucket(call), target.key(call), {})
    return {}
