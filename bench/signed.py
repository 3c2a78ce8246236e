"""Requests as boto3 would sign them, as bytes ready to be sent: signing must not be part of what is measured."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from tests.running import Server


class Signer:
    """Signs for one service with the first key of a server."""

    def __init__(self, server: Server, service: str) -> None:
        credentials = server.credentials
        kind = S3SigV4Auth if service == "s3" else SigV4Auth
        self._url = server.url
        self._auth = kind(
            Credentials(credentials["access_key_id"], credentials["secret_access_key"]),
            service,
            credentials["region"],
        )

    def request(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> bytes:
        signed = AWSRequest(method, self._url + path, dict(headers or {}), body)
        self._auth.add_auth(signed)
        return plain(method, path, urlsplit(self._url).netloc, body, dict(signed.headers.items()))


def plain(
    method: str, path: str, host: str, body: bytes = b"", headers: Mapping[str, str] | None = None
) -> bytes:
    """The bytes of a request."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body
