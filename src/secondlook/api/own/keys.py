"""Access keys: made, listed, revoked."""

from __future__ import annotations

from typing import Any

from secondlook.api.call import Call
from secondlook.review import access_key
from secondlook.review.errors import Invalid


def create_key(call: Call) -> dict[str, Any]:
    with call.store.write() as cx:
        key_id, secret = access_key.create(
            cx, call.params["Name"], call.params.get("Scope", "all"), call.house.vault.seal, call.now
        )
    return {"AccessKeyId": key_id, "SecretAccessKey": secret}


def list_keys(call: Call) -> dict[str, Any]:
    with call.store.read() as cx:
        rows = access_key.every(cx)
    return {
        "Keys": [
            {
                "AccessKeyId": row.key_id,
                "Name": row.name,
                "Scope": row.scope,
                "CreatedAt": row.created_at,
                **({"RevokedAt": row.revoked_at} if row.revoked_at else {}),
            }
            for row in rows
        ]
    }


def revoke_key(call: Call) -> dict[str, Any]:
    """End a key, but not the one that signed this call: nobody should lock themselves out by a slip."""
    if call.params["AccessKeyId"] == call.caller.key_id:
        raise Invalid(
            "This call is signed with the key it would revoke; sign with another key, or make one first."
        )
    with call.store.write() as cx:
        access_key.revoke(cx, call.params["AccessKeyId"], call.now)
    call.house.keys.forget()
    return {}
