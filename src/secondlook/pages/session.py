"""The session cookie: one name per scheme, because cookies do not know ports and http must not read https's.

`__Host-` makes the browser itself insist on Secure, on this very host and on the whole path.
"""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response

from secondlook.review.people.session import LIFE

HTTPS_NAME = "__Host-secondlook"
HTTP_NAME = "secondlook"


def name(scheme: str) -> str:
    return HTTPS_NAME if scheme == "https" else HTTP_NAME


def read(cookies: Mapping[str, str], scheme: str) -> str | None:
    """The session token of a request."""
    return cookies.get(name(scheme)) or None


def keep(response: Response, token: str, scheme: str) -> None:
    """Let the browser keep the token."""
    response.set_cookie(
        name(scheme),
        token,
        max_age=int(LIFE.total_seconds()),
        path="/",
        secure=scheme == "https",
        httponly=True,
        samesite="lax",
    )


def drop(response: Response, scheme: str) -> None:
    response.delete_cookie(name(scheme), path="/", secure=scheme == "https", httponly=True, samesite="lax")
