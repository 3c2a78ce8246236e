"""Upload forms as browsers send them, signed either way, and as no browser would."""

from __future__ import annotations

import base64
import hmac
import http.client
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree as ET

from secondlook.wire.sigv4 import signing_key
from tests.journeys.signed import Answer, unsigned
from tests.running import Server

ORIGIN = "https://page.example"
"""Of the page that the form is on."""

BOUNDARY = "--a-boundary"
SIGNATURES = ("v2", "v4")


def later(seconds: int = 6000) -> str:
    return (datetime.now(UTC) + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")


def conditions(bucket: str, *more: Any) -> list[Any]:
    """Those of most forms here."""
    return [
        {"bucket": bucket},
        ["starts-with", "$key", "foo"],
        {"acl": "private"},
        ["starts-with", "$Content-Type", "text/plain"],
        ["content-length-range", 0, 1024],
        *more,
    ]


@dataclass
class Uploader:
    """Sends forms to a bucket; `signature` is v2 or v4, `keys` are others than the server's first ones."""

    server: Server
    bucket: str
    signature: str = "v4"
    keys: tuple[str, str] | None = None
    host: str = ""
    fields: dict[str, str] = field(
        default_factory=lambda: {"key": "foo.txt", "acl": "private", "Content-Type": "text/plain"}
    )

    def signed(self, policy: Mapping[str, Any] | str, **fields: str) -> dict[str, str]:
        """The fields of a form with this policy."""
        credentials = self.server.credentials
        key_id, secret = self.keys or (credentials["access_key_id"], credentials["secret_access_key"])
        fields = {**self.fields, **fields}
        now = datetime.now(UTC)
        scope = f"{now:%Y%m%d}/us-east-1/s3/aws4_request"
        proof = {
            "x-amz-algorithm": "AWS4-HMAC-SHA256",
            "x-amz-credential": f"{key_id}/{scope}",
            "x-amz-date": f"{now:%Y%m%dT%H%M%SZ}",
        }
        if (
            self.signature == "v4"
            and not isinstance(policy, str)
            and isinstance(policy.get("conditions"), list)
        ):
            policy = {
                **policy,
                "conditions": [*policy["conditions"], *({name: value} for name, value in proof.items())],
            }
        text = policy if isinstance(policy, str) else json.dumps(policy)
        encoded = base64.b64encode(text.encode()).decode()
        if self.signature == "v2":
            digest = hmac.digest(secret.encode(), encoded.encode(), "sha1")
            signature = base64.b64encode(digest).decode()
            return {**fields, "AWSAccessKeyId": key_id, "policy": encoded, "signature": signature}
        key = signing_key(secret, f"{now:%Y%m%d}", "us-east-1", "s3")
        signature = hmac.digest(key, encoded.encode(), "sha256").hex()
        return {**fields, **proof, "policy": encoded, "x-amz-signature": signature}

    def upload(
        self, listed: list[Any] | None = None, content: bytes = b"bar", filename: str = "file", **fields: str
    ) -> Answer:
        """A good form, but for what is asked otherwise."""
        listed = conditions(self.bucket) if listed is None else listed
        return self.send(
            self.signed({"expiration": later(), "conditions": listed}, **fields), content, filename
        )

    def send(
        self, fields: Mapping[str, str], content: bytes = b"bar", filename: str = "file", after: str = ""
    ) -> Answer:
        return self.post(body(fields, content, filename, after))

    def post(self, sent: bytes, path: str | None = None, content_type: str = "") -> Answer:
        media_type = content_type or f"multipart/form-data; boundary={BOUNDARY}"
        headers = {"Content-Type": media_type, "Origin": ORIGIN}
        if self.host:
            headers["Host"] = f"{self.host}:{self.server.port}"
        path = path if path is not None else "/" if self.host else f"/{self.bucket}"
        return unsigned(self.server, "POST", path, headers, sent)

    def stored(self, key: str = "foo.txt") -> bytes:
        return self.server.client("s3").get_object(Bucket=self.bucket, Key=key)["Body"].read()


def body(
    fields: Mapping[str, str], content: bytes | None = b"bar", filename: str = "file", after: str = ""
) -> bytes:
    """The form's bytes; `content` None leaves the file out, `after` is a field behind it."""
    parts = [part(f'name="{name}"', value.encode()) for name, value in fields.items()]
    if content is not None:
        parts.append(part(f'name="file"; filename="{filename}"', content))
    if after:
        parts.append(part(f'name="{after}"', b"late"))
    return b"".join([*parts, f"--{BOUNDARY}--\r\n".encode()])


def part(names: str, content: bytes) -> bytes:
    return f"--{BOUNDARY}\r\nContent-Disposition: form-data; {names}\r\n\r\n".encode() + content + b"\r\n"


def poured(
    server: Server, path: str, head: bytes, piece: bytes, times: int, tail: bytes, look: Callable[[], None]
) -> int:
    """The status of a form whose file is `piece` many times over, sent as it is made; `look` is called between."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.putrequest("POST", path)
    connection.putheader("Content-Type", f"multipart/form-data; boundary={BOUNDARY}")
    connection.putheader("Content-Length", str(len(head) + len(piece) * times + len(tail)))
    connection.endheaders(head)
    for _ in range(times):
        connection.send(piece)
        look()
    connection.send(tail)
    try:
        return connection.getresponse().status
    finally:
        connection.close()


def refused(answer: Answer) -> tuple[int, str]:
    """Status and code."""
    match = re.search(rb"<Code>(.*?)</Code>", answer.body)
    return answer.status, match[1].decode() if match else ""


def message(answer: Answer) -> str | None:
    return ET.fromstring(answer.body).findtext("Message")
