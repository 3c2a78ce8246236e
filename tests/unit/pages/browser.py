"""A browser without a screen: speaks to the ASGI application itself, keeps cookies, follows nothing by itself."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

from starlette.types import ASGIApp


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes
    cookies: SimpleCookie

    @property
    def text(self) -> str:
        return self.body.decode()

    def json(self) -> dict:
        return json.loads(self.body)

    @property
    def location(self) -> str:
        return self.headers.get("location", "")

    @property
    def csrf(self) -> str:
        """The token of the first form on the page."""
        field = re.search(r'name="csrf" value="([^"]+)"', self.text)
        assert field, "no form with a CSRF token on this page"
        return field[1]


@dataclass
class Browser:
    app: ASGIApp
    base_url: str = "http://localhost:8700"
    client: str = "192.0.2.7"
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **headers: str) -> Reply:
        return self.request("GET", path, b"", headers)

    def post(self, path: str, fields: dict[str, str] | None = None, **headers: str) -> Reply:
        headers = {"content_type": "application/x-www-form-urlencoded", "origin": self.base_url, **headers}
        return self.request("POST", path, urlencode(fields or {}).encode(), headers)

    def send(self, path: str, document: object, csrf: str, **headers: str) -> Reply:
        """What the portal's script does."""
        headers = {"accept": "application/json", "x_csrf_token": csrf, "origin": self.base_url, **headers}
        return self.request(
            "POST", path, json.dumps(document).encode(), {"content_type": "application/json", **headers}
        )

    def request(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Reply:
        return asyncio.run(self._request(method, path, body, headers))

    async def _request(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Reply:
        split, base = urlsplit(path), urlsplit(self.base_url)
        sent = {"host": base.netloc, **{name.replace("_", "-"): value for name, value in headers.items()}}
        if self.cookies:
            sent["cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": base.scheme,
            "path": split.path,
            "raw_path": split.path.encode(),
            "query_string": split.query.encode(),
            "root_path": "",
            "headers": [(name.encode(), value.encode()) for name, value in sent.items()],
            "client": (self.client, 40000),
            "server": (base.hostname, base.port or 80),
        }
        messages = [{"type": "http.request", "body": body, "more_body": False}]
        answered: list[dict] = []

        async def receive() -> dict:
            return messages.pop(0) if messages else {"type": "http.disconnect"}

        async def send(message: dict) -> None:
            answered.append(message)

        await self.app(scope, receive, send)
        return self._reply(answered)

    def _reply(self, answered: list[dict]) -> Reply:
        start, cookies = answered[0], SimpleCookie()
        headers = {name.decode(): value.decode() for name, value in start["headers"]}
        for name, value in start["headers"]:
            if name == b"set-cookie":
                cookies.load(value.decode())
        for name, morsel in cookies.items():
            if morsel["max-age"] == "0" or not morsel.value:
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = morsel.value
        body = b"".join(message.get("body", b"") for message in answered[1:])
        return Reply(start["status"], headers, body, cookies)
