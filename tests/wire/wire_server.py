"""All of `wire`, behind botocore's clients: what a client sends is routed, verified and parsed, and a given
result is serialised for it to read.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import botocore.session
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.config import Config

from secondlook.wire import specs
from secondlook.wire.http import Headers, Request, Response
from secondlook.wire.parse import parse
from secondlook.wire.route import Route, route
from secondlook.wire.serialize import serialize
from secondlook.wire.sigv4 import identify, verify

KEY, SECRET, REGION = "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "us-east-1"
URL = "http://localhost:8700"


def client(service: str, **settings: Any) -> Any:
    """A botocore client with our key, as boto3 makes it."""
    session = botocore.session.get_session()
    session.get_component("data_loader").search_paths.append(str(specs.data_path()))
    return session.create_client(
        service,
        region_name=settings.pop("region", REGION),
        endpoint_url=settings.pop("url", URL),
        aws_access_key_id=KEY,
        aws_secret_access_key=SECRET,
        config=Config(retries={"total_max_attempts": 1}, **settings),
    )


def received(prepared: AWSPreparedRequest) -> Request:
    """A request as a server sees it."""
    parts = urlsplit(prepared.url)
    fields = [
        (name, value.decode() if isinstance(value, bytes) else str(value))
        for name, value in prepared.headers.items()
    ]
    body = prepared.body.read() if hasattr(prepared.body, "read") else prepared.body or b""
    headers = Headers([*fields, ("host", parts.netloc)])
    return Request(
        prepared.method, parts.path, parts.query, headers, body.encode() if isinstance(body, str) else body
    )


class _Raw(io.BytesIO):
    def stream(self, **_: Any) -> Iterator[bytes]:
        yield self.getvalue()


@dataclass
class WireServer:
    """Answers a client's next call with `result`, and keeps what was asked."""

    answer: Callable[[Route], Response] | None = None
    result: dict[str, Any] = field(default_factory=dict)
    request: Request | None = None
    route: Route | None = None
    params: dict[str, Any] = field(default_factory=dict)

    def __call__(self, request: AWSPreparedRequest, **_: Any) -> AWSResponse:
        self.request = received(request)
        self.route = route(self.request)
        claim = identify(self.request)
        digest = hashlib.sha256(self.request.body or b"").hexdigest()
        verify(self.request, claim, SECRET, datetime.now(UTC), digest)
        self.params = parse(self.route.operation, self.route.protocol, self.request, self.route.params)
        response = self.answer(self.route) if self.answer else self._serialized(self.route)
        return AWSResponse(request.url, response.status, dict(response.headers), _Raw(response.body))

    def _serialized(self, route: Route) -> Response:
        return serialize(route.operation, route.protocol, self.result, "request-1")

    def call(self, caller: Any, operation: str, params: dict[str, Any]) -> Any:
        """Let a client call an operation against this server."""
        caller.meta.events.register_last("before-send", self, unique_id="wire")
        try:
            return caller._make_api_call(operation, params)
        finally:
            caller.meta.events.unregister("before-send", unique_id="wire")
