"""Which headers keep a page to itself.

Pages of ours run our scripts only and are framed by nobody. A task page is somebody else's HTML: it gets an opaque
origin from the *response*, so that it is as harmless in a tab of its own as in our frame.
"""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from secondlook.wire.sandbox import POLICY

OURS = (
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; frame-src 'self'; "
    "img-src 'self' data:; object-src 'none'"
)

AROUND_TASK = {"Permissions-Policy": "camera=(), geolocation=()"}
"""A page hands on what its own policy does not take away: a task may record, if the worker allows it."""

TASK_PAGE = {
    "Content-Security-Policy": f"{POLICY}; frame-ancestors 'self'",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "unsafe-none",
    **AROUND_TASK,
}

DEFAULTS = {
    "Content-Security-Policy": OURS,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    # `no-referrer` would make browsers send `Origin: null` with our own forms.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
"""Put on every response that does not say otherwise; what is personal is never kept by a cache."""


class SecureHeaders:
    """ASGI: adds DEFAULTS where the response has no such header itself."""

    def __init__(self, inner: ASGIApp) -> None:
        self._inner = inner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in DEFAULTS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._inner(scope, receive, send_with_headers)
