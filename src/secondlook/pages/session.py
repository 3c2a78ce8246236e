"""The session cookie: one name per scheme, because cookies do not know ports and http must not read https's.

`__Host-` makes the browser itself insist on Secure, on this very host and on the whole path. Loopback is the exception: what goes
over http there never leaves the machine, and a link with https and one with http are the same portal to whoever opens them. So
both schemes share the plain cookie there, and one sign-in.
"""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response

from secondlook.pages.hosts import Arrival
from secondlook.review.people.session import LIFE

HTTPS_NAME = "__Host-secondlook"
HTTP_NAME = "secondlook"


def read(cookies: Mapping[str, str], arrival: Arrival) -> str | None:
    """The session token of a request; a script may use https's own name on loopback too."""
    names = (HTTP_NAME, HTTPS_NAME) if _is_shared(arrival) else (_name(arrival),)
    return next((cookies[name] for name in names if cookies.get(name)), None)


def keep(response: Response, token: str, arrival: Arrival) -> None:
    """Let the browser keep the token."""
    name = _name(arrival)
    response.set_cookie(
        name,
        token,
        max_age=int(LIFE.total_seconds()),
        path="/",
        secure=name == HTTPS_NAME,
        httponly=True,
        samesite="lax",
    )


def drop(response: Response, arrival: Arrival) -> None:
    name = _name(arrival)
    response.delete_cookie(name, path="/", secure=name == HTTPS_NAME, httponly=True, samesite="lax")


def _name(arrival: Arrival) -> str:
    return HTTPS_NAME if arrival.scheme == "https" and not arrival.is_loopback else HTTP_NAME


def _is_shared(arrival: Arrival) -> bool:
    return arrival.scheme == "https" and arrival.is_loopback
