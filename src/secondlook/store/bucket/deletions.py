"""Deleting objects of the S3 behind us: one, or many by DeleteObjects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from secondlook.store.bucket import words
from secondlook.store.bucket.client import Remote, object_error, translated
from secondlook.store.conditions import OnlyIf
from secondlook.store.errors import NoSuchKey, ObjectError, PreconditionFailed


def delete_one(remote: Remote, bucket: str, key: str, only_if: OnlyIf) -> ObjectError | None:
    """What stands against it. A condition is part of the call, so it is judged where the object lies."""
    try:
        with translated(bucket, key):
            remote.call.delete_object(Bucket=remote.name(bucket), Key=key, **words.delete_condition(only_if))
    except (NoSuchKey, PreconditionFailed) as refused:
        return refused
    return None


def delete_many(
    remote: Remote, bucket: str, keys: Sequence[str], conditions: Sequence[OnlyIf]
) -> list[ObjectError | None]:
    """What stands against each, one after the other.

    S3 names a refused entry by its key alone, so no call names a key twice: each further condition on it waits for the next.
    """
    errors: dict[int, ObjectError | None] = {}
    waiting = list(range(len(keys)))
    while waiting:
        firsts: dict[str, int] = {}
        for place in waiting:
            firsts.setdefault(keys[place], place)
        refused = _errors(remote, bucket, {key: conditions[first] for key, first in firsts.items()})
        for place in waiting:
            key, only_if = keys[place], conditions[place]
            first = firsts[key]
            answer = refused.get(key)
            if place == first or (answer is not None and only_if == conditions[first]):
                errors[place] = answer
            elif isinstance(answer, NoSuchKey | None):
                errors[place] = only_if.error(None, key)
        waiting = [place for place in waiting if place not in errors]
    return [errors[place] for place in range(len(keys))]


def _errors(remote: Remote, bucket: str, conditions: Mapping[str, OnlyIf]) -> dict[str, ObjectError]:
    """What stands against deleting these keys in one call."""
    entries = [{"Key": key, **words.entry_condition(only_if)} for key, only_if in conditions.items()]
    with translated(bucket):
        answer = remote.call.delete_objects(
            Bucket=remote.name(bucket), Delete={"Objects": entries, "Quiet": True}
        )
    return {error["Key"]: object_error(error, bucket, error["Key"]) for error in answer.get("Errors", ())}
