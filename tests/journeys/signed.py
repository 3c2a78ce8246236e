"""Requests that no boto3 client would send: any bytes under any headers, with a good signature unless asked otherwise."""

from __future__ import annotations

import http.client
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from tests.running import Server

TARGETS = {"sagemaker": "SageMaker", "secondlook": "Secondlook"}
"""Prefix of X-Amz-Target by service."""


@dataclass(frozen=True)
class Answer:
    """What came back, read as far as JSON goes."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def error(self) -> dict[str, Any]:
        return json.loads(self.body)

    @property
    def code(self) -> str:
        """The error's code, wherever the protocol puts it."""
        return self.headers.get("x-amzn-errortype") or self.error["__type"]

    @property
    def message(self) -> str:
        return self.error.get("Message") or self.error["message"]


def send(
    server: Server,
    method: str,
    path: str,
    headers: dict[str, str] | None = None,
    body: bytes = b"",
    *,
    service: str = "sagemaker",
    keys: tuple[str, str] | None = None,
) -> Answer:
    """One signed request; `keys` are others than the server's first ones."""
    credentials = server.credentials
    key_id, secret = keys or (credentials["access_key_id"], credentials["secret_access_key"])
    request = AWSRequest(method, server.url + path, headers or {}, data=body)
    signing = S3SigV4Auth if service == "s3" else SigV4Auth
    signing(Credentials(key_id, secret), service, credentials["region"]).add_auth(request)
    return unsigned(server, method, path, dict(request.headers.items()), body)


def unsigned(server: Server, method: str, path: str, headers: dict[str, str], body: bytes = b"") -> Answer:
    """One request as it is."""
    address = urlsplit(server.url)
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=60)
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        headers = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, headers, answer.read())
    finally:
        connection.close()


def call(server: Server, operation: str, body: bytes | Any, *, service: str = "sagemaker") -> Answer:
    """An operation of a JSON 1.1 service; `body` is JSON text or what becomes it."""
    text = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {
        "Content-Type": "application/x-amz-json-1.1",
        "X-Amz-Target": f"{TARGETS[service]}.{operation}",
    }
    return send(server, "POST", "/", headers, text, service=service)
