"""Requests signed by botocore's own signers."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any
from unittest.mock import patch
from urllib.parse import quote, urlsplit

from botocore import auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from secondlook.wire.http import Headers, Request
from secondlook.wire.link_headers import unfolded
from secondlook.wire.sigv4 import identify, verify

KEY, SECRET, REGION = "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "us-east-1"
NOW = datetime(2026, 11, 23, 12, 0, 0, tzinfo=UTC)
CREDENTIALS = Credentials(KEY, SECRET)


def header_signer(service: str) -> Any:
    return (auth.S3SigV4Auth if service == "s3" else auth.SigV4Auth)(CREDENTIALS, service, REGION)


def query_signer(service: str, expires: int = 3600) -> Any:
    signer = auth.S3SigV4QueryAuth if service == "s3" else auth.SigV4QueryAuth
    return signer(CREDENTIALS, service, REGION, expires=expires)


def v2_signer(expires: int = 3600) -> Any:
    return auth.HmacV1QueryAuth(CREDENTIALS, expires=expires)


def v2_header_signer() -> Any:
    return auth.HmacV1Auth(CREDENTIALS)


def signed(
    signer: Any,
    method: str = "GET",
    path: str = "/",
    query: str = "",
    headers: dict[str, str] | None = None,
    body: bytes = b"",
) -> Request:
    """The request as a server receives it; `path` and `query` are percent-encoded already."""
    url = f"http://localhost:8700{path}" + (f"?{query}" if query else "")
    request = AWSRequest(method, url, headers=headers or {}, data=body)
    # The signers ask the clock in two ways: a module-level function, and the time module for SigV2.
    with (
        patch("botocore.auth.get_current_datetime", return_value=NOW.replace(tzinfo=None)),
        patch("botocore.auth.time.time", return_value=NOW.timestamp()),
    ):
        signer.add_auth(request)
    prepared = request.prepare()
    parts = urlsplit(prepared.url)
    fields = [
        (name, value.decode() if isinstance(value, bytes) else str(value))
        for name, value in prepared.headers.items()
    ]
    return Request(method, parts.path, parts.query, Headers([*fields, ("host", parts.netloc)]), body)


def check(request: Request, now: datetime = NOW, secret: str = SECRET) -> None:
    """Identify and verify, as the gateway does."""
    claim = identify(request)
    assert claim is not None
    verify(unfolded(request, claim), claim, secret, now, hashlib.sha256(request.body or b"").hexdigest())


def encoded(path: str) -> str:
    """A path as clients send it."""
    return quote(path, safe="/-_.~")
