"""An agent's host: starts `secondlook mcp` and speaks to it through the SDK's own client, as any host does."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import httpx2
from anyio.from_thread import BlockingPortal, start_blocking_portal
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from mcp.types import CallToolResult, TextContent, Tool

from tests.running import COMMAND

INITIALIZE = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "t", "version": "1"},
    },
}
"""The first thing that a client says."""


@asynccontextmanager
async def over_http(url: str, token: str) -> AsyncIterator[Any]:
    """What the SDK's client takes to reach `secondlook mcp --http` with a token."""
    headers = {"Authorization": f"Bearer {token}"}
    async with (
        httpx2.AsyncClient(headers=headers, timeout=60) as http,
        streamable_http_client(url, http_client=http) as streams,
    ):
        yield streams


@dataclass
class Reply:
    """What a tool answered."""

    result: CallToolResult

    @property
    def text(self) -> str:
        (block,) = self.result.content
        assert isinstance(block, TextContent)
        return block.text

    @property
    def value(self) -> dict[str, Any]:
        assert not self.result.is_error, self.text
        return self.result.structured_content

    @property
    def error(self) -> str:
        assert self.result.is_error, self.text
        return self.text


class Agent:
    """The block ends it. What it calls may overlap."""

    def __init__(self, portal: BlockingPortal, client: Client) -> None:
        self._portal, self._client = portal, client

    @classmethod
    @contextmanager
    def of(cls, server: Any, mode: str = "auto") -> Iterator[Self]:
        """`server` is whatever the SDK's client takes, and `mode` how it agrees on a version of the protocol. What fails in the block fails as itself, not in groups of the client's."""
        failure: BaseException | None = None
        with start_blocking_portal() as portal:
            client = Client(server, mode=mode)
            with portal.wrap_async_context_manager(client):
                try:
                    yield cls(portal, client)
                except BaseException as error:  # noqa: BLE001  (raised below)
                    failure = error
        if failure is not None:
            raise failure

    @classmethod
    @contextmanager
    def hosted(
        cls,
        *arguments: str,
        cwd: Path,
        data: Path | None = None,
        env: Mapping[str, str] | None = None,
        mode: str = "auto",
    ) -> Iterator[Self]:
        """Over stdio; `env` is what the host's configuration sets beside its few variables."""
        command, *first = COMMAND
        named = ["--data", str(data)] if data else []
        parameters = StdioServerParameters(
            command=command, args=[*first, "mcp", *named, *arguments], env=dict(env or {}), cwd=cwd
        )
        with cls.of(parameters, mode) as agent:
            yield agent

    def tools(self) -> Sequence[Tool]:
        return self._portal.call(self._client.list_tools).tools

    @property
    def version(self) -> str:
        """Of the protocol that both sides agreed on."""
        return self._client.protocol_version

    @property
    def instructions(self) -> str:
        return self._client.instructions

    def ask(self, tool: str, hear: list[str] | None = None, **arguments: Any) -> Reply:
        return self.begin(tool, hear, **arguments).result(90)

    def begin(self, tool: str, hear: list[str] | None = None, **arguments: Any) -> Future[Reply]:
        """The same, under way; to cancel it is to give up on the call. `hear` gets the messages of its progress."""
        return self._portal.start_task_soon(self._call, tool, arguments, [] if hear is None else hear)

    async def _call(self, tool: str, arguments: dict[str, Any], heard: list[str]) -> Reply:
        async def hear(_progress: float, _total: float | None, message: str | None) -> None:
            heard.append(message or "")

        return Reply(await self._client.call_tool(tool, arguments, progress_callback=hear))
