"""Did this POST come from a page of ours? Two questions, and both must be answered well.

Every browser says where a POST comes from (Origin, or Sec-Fetch-Site); programs such as `secondlook work` may say
nothing. Whoever is signed in also shows the session's CSRF token, in the form or in `X-CSRF-Token`. Before sign-in
there is no session to misuse, and the first question is enough.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping

HEADER = "x-csrf-token"
FIELD = "csrf"


def came_from_us(headers: Mapping[str, str], base_url: str) -> bool:
    """Is the page that sent this one of ours, as far as the browser says?"""
    origin = headers.get("origin")
    if origin is not None:
        return origin == base_url
    return headers.get("sec-fetch-site", "same-origin") in {"same-origin", "none"}


def shows(token: str | None, expected: str) -> bool:
    """Is this the session's token? Takes the same time whatever is wrong with it."""
    return hmac.compare_digest((token or "").encode(), expected.encode())
