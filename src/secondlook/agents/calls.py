"""A server whose refusals an agent can act on: which argument, and what would be right, in one line."""

from __future__ import annotations

from typing import Any

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError, UnexpectedToolError
from mcp.types import CallToolResult, InputRequiredResult
from pydantic import ValidationError


class PlainServer(MCPServer[Any]):
    """Takes no argument that a tool does not have, which the SDK would pass over: a misspelt one would go unnoticed."""

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[Any, Any] | None = None
    ) -> CallToolResult | InputRequiredResult:
        await self._check_names(name, arguments)
        try:
            return await super().call_tool(name, arguments, context)
        except UnexpectedToolError:
            raise
        except ToolError as error:
            cause = error.__cause__
            if isinstance(cause, ValidationError):
                raise ToolError(_violations(cause)) from error
            if isinstance(cause, ToolError):  # without the SDK's words before ours
                raise ToolError(str(cause)) from error
            raise

    async def _check_names(self, name: str, arguments: dict[str, Any]) -> None:
        for tool in await self.list_tools():
            known = tool.input_schema.get("properties", {})
            for argument in arguments if tool.name == name else ():
                if argument not in known:
                    raise ToolError(
                        f"{argument[:60]}: there is no such argument; {name} takes {', '.join(known)}."
                    )


def _violations(error: ValidationError) -> str:
    """`limit: Input should be less than or equal to 100; flow: Field required`."""
    return "; ".join(
        f"{'.'.join(str(part) for part in violation['loc'])}: {violation['msg']}"
        for violation in error.errors(include_url=False, include_input=False)
    )
