"""Access keys: what programs sign with. A key has a scope (`rights`), and may be bound to buckets and end on a day.

The server has a key of its own, of scope `link`: good for reading one object by a presigned link, never shown.
"""

from __future__ import annotations

import secrets
import string
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, or_, select, update

from secondlook.names import ended_day, is_bucket_name
from secondlook.review.decisions.rights import ADMIN, INTERNAL_BUCKET, LINK, RUNTIME, SCOPES, may_call
from secondlook.review.errors import Invalid, NotFound
from secondlook.store import journal
from secondlook.store.tables import access_key, bucket
from secondlook.store.version import raise_version

VERSION = "keys"
"""The version row that rises when a key is made or revoked."""

_ALPHABET = string.ascii_uppercase + "234567"


def create(
    cx: Connection,
    name: str,
    scope: str,
    seal: Callable[[str], bytes],
    now: datetime,
    *,
    buckets: Iterable[str] = (),
    brings_code: bool = False,
    expires_at: datetime | None = None,
) -> tuple[str, str]:
    """Make a key; returns its id (20 characters, as AWS's) and its secret (40), which is stored sealed only.

    Bound to no bucket, a key of scope `runtime` may use none and any other may use all. Raises Invalid.
    """
    bound = sorted(set(buckets))
    if not name.strip():
        raise Invalid("An access key needs a name that says what it is for")
    _check(scope, bound, expires_at, now)
    if brings_code and scope == RUNTIME:
        raise Invalid("A key of scope runtime makes no models, so it cannot bring code for them")
    key_id = "AKIA" + "".join(secrets.choice(_ALPHABET) for _ in range(16))
    secret = secrets.token_urlsafe(30)
    cx.execute(
        insert(access_key).values(
            key_id=key_id,
            name=name,
            secret=seal(secret),
            scope=scope,
            buckets=bound or None,
            brings_code=brings_code,
            created_at=now,
            expires_at=expires_at,
        )
    )
    raise_version(cx, VERSION)
    detail = {
        "name": name,
        "scope": scope,
        "buckets": bound,
        **({"brings_code": True} if brings_code else {}),
    }
    journal.record(cx, "CreateKey", "AccessKey", key_id, now, detail=detail)
    return key_id, secret


def warnings(cx: Connection, scope: str, buckets: Iterable[str]) -> list[str]:
    """Which of a key's buckets do not exist yet, and who may make them."""
    bound = set(buckets)
    missing = sorted(bound.difference(cx.scalars(select(bucket.c.name).where(bucket.c.name.in_(bound)))))
    may_make = may_call(scope, "s3", "CreateBucket")
    right = (
        "the key may make it"
        if may_make
        else f"a key of scope {scope} may not make it, and may use it once it is there"
    )
    return [f"The bucket {name!r} does not exist; {right}." for name in missing]


def buckets_of(row: Row[Any]) -> frozenset[str] | None:
    """The buckets that a key may use; None for all but the server's own."""
    if row.buckets is None and row.scope != RUNTIME:
        return None
    return frozenset(row.buckets or ())


def may_bring_code(row: Row[Any]) -> bool:
    """Whether models made with a key may run code and files of their own, where the server allows that. An admin's may."""
    return row.scope == ADMIN or bool(row.brings_code)


def find(cx: Connection, key_id: str) -> Row[Any] | None:
    return cx.execute(select(access_key).where(access_key.c.key_id == key_id)).one_or_none()


def living(cx: Connection) -> list[Row[Any]]:
    """All keys that are not revoked, with their sealed secrets, the server's own among them."""
    return list(cx.execute(select(access_key).where(access_key.c.revoked_at.is_(None))))


def every(cx: Connection) -> list[Row[Any]]:
    """All keys without their secrets, oldest first."""
    columns = [column for column in access_key.c if column.name != "secret"]
    query = select(*columns).where(access_key.c.scope != LINK).order_by(access_key.c.created_at)
    return list(cx.execute(query))


def revoke(cx: Connection, key_id: str, now: datetime) -> None:
    """End a key; again is no error. Raises NotFound."""
    row = find(cx, key_id)
    if row is None or row.scope == LINK:
        raise NotFound(
            f"There is no access key with the id {key_id!r}; `secondlook keys list` shows all ids."
        )
    if row.revoked_at is None:
        cx.execute(update(access_key).where(access_key.c.key_id == key_id).values(revoked_at=now))
        raise_version(cx, VERSION)
        journal.record(cx, "RevokeKey", "AccessKey", key_id, now)


def note_uses(cx: Connection, uses: Mapping[str, tuple[datetime, str]]) -> None:
    """Keep when and from where each key was last used, unless another server knows of a later use."""
    for key_id, (at, address) in uses.items():
        earlier = or_(access_key.c.used_at.is_(None), access_key.c.used_at < at)
        cx.execute(
            update(access_key)
            .where(access_key.c.key_id == key_id, earlier)
            .values(used_at=at, used_from=address)
        )


def _check(scope: str, buckets: list[str], expires_at: datetime | None, now: datetime) -> None:
    if scope not in {*SCOPES, LINK}:
        raise Invalid(f"The scope of an access key is one of {', '.join(SCOPES)}, not {scope!r}")
    if buckets and scope == ADMIN:
        raise Invalid("A key of scope admin cannot be bound to buckets, because it can make other keys")
    for name in buckets:
        if not is_bucket_name(name) or name == INTERNAL_BUCKET:
            raise Invalid(f"An access key cannot be bound to {name!r}, which is no name of a bucket of yours")
    if expires_at is not None and expires_at <= now:
        day = ended_day(expires_at)
        end = f", the end of {day}" if day else ""
        moment = f"{expires_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
        raise Invalid(f"An access key cannot expire at {moment}{end}, which is past")
