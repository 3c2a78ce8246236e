"""Which door a request belongs to: programs sign, people do not.

Cookies are never read behind the door for programs, signatures never behind the door for people, so neither can be used
to come in by the other.
"""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from secondlook.app.proxies import Proxies

_SIGNED_QUERIES = (b"X-Amz-Signature=", b"X-Amz-Algorithm=")


class Doors:
    """ASGI: sends each request to one of the two doors, as if no proxy stood before us."""

    def __init__(self, programs: ASGIApp, people: ASGIApp, proxies: Proxies) -> None:
        self._programs = programs
        self._people = people
        self._proxies = proxies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope = self._proxies.seen_through(scope)
        if scope["type"] == "http" and is_for_programs(scope):
            await self._programs(scope, receive, send)
        else:
            await self._people(scope, receive, send)


def is_for_programs(scope: Scope) -> bool:
    """Whether a request carries a signature or an X-Amz-Target, or is the preflight of one that will."""
    query: bytes = scope["query_string"]
    if any(mark in query for mark in _SIGNED_QUERIES) or (
        b"AWSAccessKeyId=" in query and b"Signature=" in query
    ):
        return True
    preflight = scope["method"] == "OPTIONS"
    for name, value in scope["headers"]:
        if name == b"x-amz-target" or (name == b"authorization" and value.startswith((b"AWS4-", b"AWS "))):
            return True
        if preflight and name == b"access-control-request-headers" and _names_a_signature(value):
            return True
    return False


def _names_a_signature(value: bytes) -> bool:
    asked = value.lower()
    return b"authorization" in asked or b"x-amz-" in asked
