"""Deleting objects, one or many, if the conditions on them hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from secondlook.api.call import Call
from secondlook.api.s3 import conditions, target
from secondlook.store.refusals import Refused
from secondlook.wire.s3_errors import malformed_xml

MOST_DELETED = 1000


def delete_object(call: Call) -> dict[str, Any]:
    bucket, key = target.bucket(call), target.key(call)
    (refusal,) = call.house.objects.delete(bucket, key, only_if=[conditions.of_delete(call.params)])
    if refusal is not None:
        raise refusal
    return {}


def delete_objects(call: Call) -> dict[str, Any]:
    """Up to 1000 at once, each told by itself."""
    bucket = target.bucket(call)
    asked = call.params["Delete"].get("Objects") or []
    if not 1 <= len(asked) <= MOST_DELETED:
        raise malformed_xml(f"a Delete names 1 to {MOST_DELETED} objects")
    for entry in asked:
        target.version(entry)
    keys = [target.key_name(entry["Key"]) for entry in asked]
    refusals = call.house.objects.delete(
        bucket, *keys, only_if=[conditions.of_entry(entry) for entry in asked]
    )
    results = list(zip(keys, refusals, strict=True))
    deleted = [{"Key": key} for key, refusal in results if refusal is None]
    errors = [_error(key, refusal) for key, refusal in results if refusal is not None]
    return {"Deleted": [] if call.params["Delete"].get("Quiet") else deleted, "Errors": errors}


def _error(key: str, refusal: Refused) -> Mapping[str, Any]:
    return {"Key": key, "Code": refusal.code, "Message": str(refusal)}
