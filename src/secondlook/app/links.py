"""Links to objects for workers' browsers: GET of exactly one object, signed with the server's own key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from urllib.parse import quote

from secondlook import names
from secondlook.api.s3.target import KEY_PARAMETER
from secondlook.app.first_start import Credentials
from secondlook.wire import sigv4
from secondlook.wire.link_times import LONGEST_LINK


class Links:
    """Makes signed links; to be handed down as a function. They always go through our S3 door."""

    def __init__(self, key: Credentials, region: str, now: Callable[[], datetime] = names.now) -> None:
        self._key = key
        self._region = region
        self._now = now

    def __call__(self, bucket: str, key: str, until: datetime, base_url: str) -> str:
        """The link to an object, good until `until` or for a week, whichever is sooner."""
        signed_at = self._now()
        life = int((until - signed_at).total_seconds())
        return sigv4.presign(
            "GET",
            f"{base_url}/{quote(bucket, safe='')}/{_path(key)}",
            self._key.key_id,
            self._key.secret,
            signed_at,
            max(1, min(life, LONGEST_LINK)),
            self._region,
        )


def _path(key: str) -> str:
    """The rest of an object's address: its key, or, where browsers would take parts of that out, something like it.

    Browsers resolve `.` and `..` between slashes before they send a path, however they are written (`%2e` too), so such
    a key travels beside the path (docs/decisions/0013).
    """
    shown = "/".join("~" if part in {".", ".."} else part for part in key.split("/"))
    path = quote(shown, safe="/~")
    return path if shown == key else f"{path}?{KEY_PARAMETER}={quote(key, safe='')}"
