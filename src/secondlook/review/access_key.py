"""Access keys of requesters: what programs sign with. A key may be limited to the runtime (invoking models).

The server has a key of its own, of scope `link`: good for reading one object by a presigned link, never shown.
"""

from __future__ import annotations

import secrets
import string
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from secondlook.review.errors import Invalid, NotFound
from secondlook.store.tables import access_key
from secondlook.store.version import raise_version

VERSION = "keys"
"""The version row that rises when a key is made or revoked."""

SCOPES = ("all", "runtime")
"""What a requester's key may be limited to."""

LINK = "link"
"""The scope of the server's own key."""

_ALPHABET = string.ascii_uppercase + "234567"


def create(
    cx: Connection, name: str, scope: str, seal: Callable[[str], bytes], now: datetime
) -> tuple[str, str]:
    """Make a key; returns its id (20 characters, as AWS's) and its secret (40), which is stored sealed only."""
    if scope not in {*SCOPES, LINK}:
        raise Invalid(f"the scope of an access key is one of {', '.join(SCOPES)}, not {scope!r}")
    key_id = "AKIA" + "".join(secrets.choice(_ALPHABET) for _ in range(16))
    secret = secrets.token_urlsafe(30)
    cx.execute(
        insert(access_key).values(key_id=key_id, name=name, secret=seal(secret), scope=scope, created_at=now)
    )
    raise_version(cx, VERSION)
    return key_id, secret


def find(cx: Connection, key_id: str) -> Row[Any] | None:
    return cx.execute(select(access_key).where(access_key.c.key_id == key_id)).one_or_none()


def every(cx: Connection) -> list[Row[Any]]:
    """All keys without their secrets, oldest first."""
    columns = (
        access_key.c.key_id,
        access_key.c.name,
        access_key.c.scope,
        access_key.c.created_at,
        access_key.c.revoked_at,
    )
    query = select(*columns).where(access_key.c.scope != LINK).order_by(access_key.c.created_at)
    return list(cx.execute(query))


def revoke(cx: Connection, key_id: str, now: datetime) -> None:
    """End a key; again is no error. Raises NotFound."""
    row = find(cx, key_id)
    if row is None or row.scope == LINK:
        raise NotFound(f"There is no access key {key_id!r}.")
    if row.revoked_at is None:
        cx.execute(update(access_key).where(access_key.c.key_id == key_id).values(revoked_at=now))
        raise_version(cx, VERSION)
