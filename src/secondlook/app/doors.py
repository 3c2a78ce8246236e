"""Which door a request belongs to: programs sign, people do not.

Cookies are never read behind the door for programs, signatures never behind the door for people, so neither can be used
to come in by the other. What nobody signed is S3's where S3 alone could have been meant: the host names a bucket, the headers are
AWS's, it is an upload form, or no page owns the path. So a bucket's host never opens the portal.
"""

from __future__ import annotations

from collections.abc import Callable

from starlette.types import ASGIApp, Receive, Scope, Send

from secondlook.app.proxies import Proxies
from secondlook.wire.hosts import Hosts
from secondlook.wire.http import UPLOAD_FORM, is_amazons

_SIGNED_QUERIES = (b"X-Amz-Signature=", b"X-Amz-Algorithm=")


class Doors:
    """ASGI: sends each request to one of the two doors, as if no proxy stood before us. `owns` says which paths are pages'."""

    def __init__(
        self, programs: ASGIApp, people: ASGIApp, proxies: Proxies, hosts: Hosts, owns: Callable[[str], bool]
    ) -> None:
        self._programs = programs
        self._people = people
        self._proxies = proxies
        self._hosts = hosts
        self._owns = owns

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope = self._proxies.seen_through(scope)
        if scope["type"] == "http" and self._is_for_programs(scope):
            await self._programs(scope, receive, send)
        else:
            await self._people(scope, receive, send)

    def _is_for_programs(self, scope: Scope) -> bool:
        return (
            not self._owns(scope["path"])
            or _has_signed_query(scope["query_string"])
            or any(_is_programs(scope["method"], *field) for field in scope["headers"])
            or any(
                name == b"host" and self._hosts.bucket(host.decode("latin-1"))
                for name, host in scope["headers"]
            )
        )


def _has_signed_query(query: bytes) -> bool:
    return any(mark in query for mark in _SIGNED_QUERIES) or (
        b"AWSAccessKeyId=" in query and b"Signature=" in query
    )


def _is_programs(method: str, name: bytes, value: bytes) -> bool:
    """Whether a header field is none that a browser sends to a page."""
    if name == b"authorization":
        return value.startswith((b"AWS4-", b"AWS "))
    if name == b"content-type":
        return method == "POST" and value.lower().startswith(UPLOAD_FORM.encode())
    if name == b"access-control-request-headers":
        return method == "OPTIONS" and _names_a_signature(value.lower())
    return is_amazons(name.decode("latin-1"))


def _names_a_signature(names: bytes) -> bool:
    return b"authorization" in names or b"x-amz-" in names
