"""Access keys: made, listed, revoked."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from secondlook.api.call import Call
from secondlook.review import access_key
from secondlook.review.decisions.rights import REQUESTER
from secondlook.review.errors import Invalid


def create_key(call: Call) -> dict[str, Any]:
    """Of scope `requester` unless asked otherwise."""
    params = call.params
    scope, buckets = params.get("Scope", REQUESTER), params.get("Buckets", ())
    with call.store.write() as cx:
        key_id, secret = access_key.create(
            cx,
            params["Name"],
            scope,
            call.services.vault.seal,
            call.now,
            buckets=buckets,
            brings_code=params.get("BringsCode", False),
            expires_at=params.get("ExpiresAt"),
        )
        warnings = access_key.warnings(cx, scope, buckets)
    return {"AccessKeyId": key_id, "SecretAccessKey": secret, "Warnings": warnings}


def list_keys(call: Call) -> dict[str, Any]:
    with call.store.read() as cx:
        rows = access_key.every(cx)
    return {"Keys": [_shown(row) for row in rows]}


def revoke_key(call: Call) -> dict[str, Any]:
    """End a key, but not the one that signed this call: nobody should lock themselves out by a slip."""
    if call.params["AccessKeyId"] == call.caller.key_id:
        raise Invalid(
            "This call is signed with the key it would revoke; sign with another key, or make one first."
        )
    with call.store.write() as cx:
        access_key.revoke(cx, call.params["AccessKeyId"], call.now)
    return {}


def _shown(row: Row[Any]) -> dict[str, Any]:
    """A key that may use every bucket is shown without Buckets, one that may use none with an empty list."""
    buckets = access_key.buckets_of(row)
    return {
        "AccessKeyId": row.key_id,
        "Name": row.name,
        "Scope": row.scope,
        "Buckets": None if buckets is None else sorted(buckets),
        "BringsCode": access_key.may_bring_code(row),
        "CreatedAt": row.created_at,
        "ExpiresAt": row.expires_at,
        "RevokedAt": row.revoked_at,
        "LastUsedAt": row.used_at,
        "LastUsedFrom": row.used_from,
    }
