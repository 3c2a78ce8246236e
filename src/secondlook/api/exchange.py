"""One request on its way through the gateway, and what each step has found out about it."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from starlette.types import Receive, Scope

from secondlook.api.call import Call
from secondlook.api.caller import Caller
from secondlook.api.operations import Operation, is_coroutine, served, traits
from secondlook.api.s3.forms import Form
from secondlook.api.traits import ServiceTraits
from secondlook.wire import errors
from secondlook.wire.bodies import Bodies, NoRoom, Reservation
from secondlook.wire.digest import Digest
from secondlook.wire.hosts import Hosts
from secondlook.wire.http import Headers, Request
from secondlook.wire.route import FORM, Route, dialect, may_be_s3
from secondlook.wire.sigv4 import Claim

MOST_BYTES = 24 * 1024 * 1024
"""Of a body that is read whole: 3 MiB of InputContent may need several bytes a character once it is JSON in JSON."""


class ClientGone(Exception):
    """The client left in the middle of its request."""


@dataclass(slots=True)
class Exchange:
    """Filled from top to bottom, one step after the other. `key` is the one named, `caller` the same once it has proved right.

    `body_sha256` is the hash of a body that was read whole, in hex.
    """

    scope: Scope
    receive: Receive
    bodies: Bodies
    hosts: Hosts
    now: datetime
    request: Request
    request_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    route: Route | None = None
    form: Form | None = None
    claim: Claim | None = None
    key: Caller | None = None
    caller: Caller | None = None
    params: dict[str, Any] = field(default_factory=dict)
    call: Call | None = None
    has_begun_to_read: bool = False
    body_sha256: str | None = None
    reserved: Reservation | None = None

    @classmethod
    def begin(cls, scope: Scope, receive: Receive, bodies: Bodies, hosts: Hosts, now: datetime) -> Exchange:
        headers = Headers(
            (name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]
        )
        path = scope.get("raw_path") or scope["path"].encode()
        query = scope["query_string"].decode("latin-1")
        request = Request(scope["method"], path.decode("latin-1"), query, headers, body=None)
        if may_be_s3(request) and (bucket := hosts.bucket(headers.get("host"))):
            request = replace(request, bucket=bucket)
        return cls(scope, receive, bodies, hosts, now, request)

    @property
    def base_url(self) -> str:
        """The scheme and host that the caller came by; the server's own name where a bucket stood before it."""
        host = self.request.headers.get("host")
        return f"{self.scope['scheme']}://{host[len(self.request.bucket) :].removeprefix('.')}"

    @property
    def address(self) -> str:
        """Where the client is."""
        client = self.scope.get("client")
        return str(client[0]) if client else ""

    @property
    def function(self) -> Operation:
        """The function that does the routed operation; AwsError when it is a real one that is not served here."""
        assert self.route is not None
        service, name = self.route.service.name, self.route.operation.name
        function = served(service).get(name)
        if function is None:
            raise errors.not_served(f"{service} {name} is not served here; docs/operations.md lists what is.")
        return function

    @property
    def traits(self) -> ServiceTraits:
        """How requests of the routed service are taken."""
        assert self.route is not None
        return traits(self.route.service.name)

    @property
    def stays_a_stream(self) -> bool:
        """Whether the function reads the body itself: an object may be larger than memory."""
        assert self.route is not None
        return self.traits.leaves_streams and self.route.operation.takes_stream

    @property
    def is_coroutine(self) -> bool:
        """Whether the function runs on the event loop."""
        return is_coroutine(self.function)

    @property
    def size_to_parse(self) -> int:
        """Bytes of the body that are parsed and not just handed on."""
        assert self.route is not None
        return 0 if self.route.operation.takes_stream else len(self.request.body or b"")

    @property
    def must_be_read_to_route(self) -> bool:
        """The query protocol names its operation in the body; S3 does not speak it, and an object may have any type."""
        return self.request.media_type == FORM and dialect(self.request) == "query"

    @property
    def must_close(self) -> bool:
        """Whether the client waits for 100 Continue and never got it: nobody can tell if its body will still come,
        so nobody could tell that from its next request (RFC 9110, section 10.1.1).
        """
        return not self.has_begun_to_read and self.request.headers.get("expect").lower() == "100-continue"

    @property
    def content(self) -> AsyncIterator[bytes]:
        """What an operation reads as its stream: the body, or the file in it."""
        return self.form.file() if self.form else self.stream()

    def take(self, form: Form) -> None:
        """Go on as the request that an upload form stands for."""
        self.form, self.request, self.claim = form, form.request, form.claim

    async def read(self) -> None:
        """Read the body whole, once; AwsError when it is too large, or when too many are in memory already."""
        if self.request.body is not None:
            return
        expected = self._expected()
        if expected > MOST_BYTES:
            raise errors.too_large(f"The body is larger than {MOST_BYTES:,} bytes.")
        try:
            self.reserved = await self.bodies.reserve(expected, self.key.key_id if self.key else "")
        except NoRoom as error:
            raise errors.service_unavailable(str(error)) from None
        parts, size, digest = [], 0, Digest()
        async for part in self.stream():
            size += len(part)
            if size > MOST_BYTES:
                raise errors.too_large(f"The body is larger than {MOST_BYTES:,} bytes.")
            parts.append(part)
            digest.take(part)
        self.request = self.request.with_body(b"".join(parts))
        self.body_sha256 = await digest.finish()

    def forget(self) -> None:
        """The request is over: give up its body and what was read from it.

        The call holds our stream and we hold the call, so until the next full collection nothing of it would be freed.
        """
        self.call, self.params = None, {}
        if self.reserved is not None:
            self.bodies.release(self.reserved)
            self.reserved = None

    def _expected(self) -> int:
        """How many bytes will come at most."""
        headers = self.request.headers
        if "transfer-encoding" in headers:
            return MOST_BYTES
        declared = headers.get("content-length")
        return int(declared) if declared.isascii() and declared.isdecimal() else 0

    async def stream(self) -> AsyncIterator[bytes]:
        """The body in pieces as they arrive; empty if it was read already."""
        if self.request.body is not None:
            return
        self.has_begun_to_read = True
        more = True
        while more:
            message = await self.receive()
            if message["type"] == "http.disconnect":
                raise ClientGone
            if piece := message.get("body", b""):
                yield piece
            more = message.get("more_body", False)
