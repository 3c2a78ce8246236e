"""Signatures of webhooks, as the Standard Webhooks specification 1.0.0 says. Pure.

A webhook of the first release has a secret of another form: it gets the headers of that release too (decision 27).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from datetime import datetime

PREFIX = "whsec_"
"""By it a secret shows what it is; what follows is the key in base64."""

KEY_BYTES = 32
"""The specification allows 24 to 64."""


def new_secret() -> str:
    return PREFIX + base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode("ascii")


def headers(secret: str, event_id: str, body: bytes, now: datetime) -> dict[str, str]:
    """What says who sent an event and when: `event_id` has no dot in it and is the same for every try, `now` is the try's."""
    stamp = str(int(now.timestamp()))
    is_of_first_release = not secret.startswith(PREFIX)
    key = secret.encode() if is_of_first_release else base64.b64decode(secret.removeprefix(PREFIX))
    signed = b".".join((event_id.encode(), stamp.encode(), body))
    signature = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode("ascii")
    return {
        "webhook-id": event_id,
        "webhook-timestamp": stamp,
        "webhook-signature": f"v1,{signature}",
        **(_of_first_release(key, event_id, stamp, body) if is_of_first_release else {}),
    }


def _of_first_release(key: bytes, event_id: str, stamp: str, body: bytes) -> dict[str, str]:
    digest = hmac.new(key, stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    return {
        "X-Secondlook-Event-Id": event_id,
        "X-Secondlook-Timestamp": stamp,
        "X-Secondlook-Signature": f"v1={digest}",
    }
