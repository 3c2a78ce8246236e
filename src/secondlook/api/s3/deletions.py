"""Deleting objects, one or many, if the conditions on them hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from secondlook.api.call import Call
from secondlook.api.s3 import conditions, target
from secondlook.store.errors import NoSuchVersion, ObjectError
from secondlook.wire.s3_errors import malformed_xml

MOST_DELETED = 1000


def delete_object(call: Call) -> dict[str, Any]:
    bucket, key = target.bucket(call), target.key(call)
    (error,) = call.services.objects.delete(bucket, key, only_if=[conditions.of_delete(call.params)])
    if error is not None:
        raise error
    return {}


def delete_objects(call: Call) -> dict[str, Any]:
    """Up to 1000 at once, each told by itself."""
    bucket = target.bucket(call)
    entries = call.params["Delete"].get("Objects") or []
    if not 1 <= len(entries) <= MOST_DELETED:
        raise malformed_xml(f"a Delete names 1 to {MOST_DELETED} objects")
    for entry in entries:
        target.key_name(entry["Key"])
    there = [entry for entry in entries if target.is_the_only_version(entry)]
    outcomes = call.services.objects.delete(
        bucket,
        *(entry["Key"] for entry in there),
        only_if=[conditions.of_entry(entry) for entry in there],
    )
    results = list(zip(there, outcomes, strict=True))
    deleted = [_named(entry) for entry, error in results if error is None]
    errors = [_error(entry, error) for entry, error in results if error is not None]
    errors += [_error(entry, NoSuchVersion()) for entry in entries if not target.is_the_only_version(entry)]
    return {"Deleted": [] if call.params["Delete"].get("Quiet") else deleted, "Errors": errors}


def _named(entry: Mapping[str, Any]) -> dict[str, Any]:
    """The object, as the request has named it."""
    return {name: entry[name] for name in ("Key", "VersionId") if name in entry}


def _error(entry: Mapping[str, Any], error: ObjectError) -> Mapping[str, Any]:
    return {**_named(entry), "Code": error.code, "Message": str(error)}
