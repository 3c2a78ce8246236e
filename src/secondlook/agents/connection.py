"""The way to the server: blocking calls in a few threads, so that a wait holds up nobody."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from anyio import CapacityLimiter, to_thread
from mcp.server.mcpserver.exceptions import ToolError

from secondlook.agents import problems
from secondlook.client import access
from secondlook.client.client_file import Access
from secondlook.client.service import Service

P = ParamSpec("P")
T = TypeVar("T")

AT_ONCE = 8
"""Calls under way; what comes beyond waits for its turn. botocore keeps ten connections of each client."""

SERVICES = ("sagemaker", "sagemaker-a2i-runtime", "secondlook", "s3", "sts")


class Connection:
    """The server of a data directory, or of the environment where that is None."""

    def __init__(self, data: Path | None) -> None:
        self._data = data
        self._limiter: CapacityLimiter | None = None
        self._lock = threading.Lock()
        self._service: Service | None = None

    async def run(self, call: Callable[Concatenate[Service, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What `call(service, …)` answers, from a thread; raises ToolError saying what would be right.

        Who is cancelled meanwhile leaves at once; the call goes on by itself, and nobody hears of it.
        """
        try:
            return await self.raw(call, *args, **kwargs)
        except Exception as error:
            text = problems.words(error)
            if text is None:
                raise
            raise ToolError(text) from error

    async def raw(self, call: Callable[Concatenate[Service, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The same, with errors as they are."""
        if self._limiter is None:  # made in the event loop that uses it
            self._limiter = CapacityLimiter(AT_ONCE)
        return await to_thread.run_sync(
            lambda: call(self._reach(), *args, **kwargs), limiter=self._limiter, abandon_on_cancel=True
        )

    def _reach(self) -> Service:
        """Which server is meant is looked up each time: it may have been started since, or set up anew with other keys."""
        found = access.for_programs(self._data)
        with self._lock:
            if self._service is None or self._service.access != found:
                self._service = _service(found)
            return self._service


def _service(found: Access) -> Service:
    """With its clients made: one may be used by several threads, but not be made by several."""
    service = Service(found)
    for name in SERVICES:
        service.client(name)
    return service
