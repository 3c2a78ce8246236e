"""`secondlook mcp`."""

from __future__ import annotations

import json
import os
import secrets
import signal
import sys
from hashlib import sha256
from pathlib import Path

import click

from secondlook.agents import http, server
from secondlook.agents.calls import PlainServer
from secondlook.agents.flows import Example, Permitted
from secondlook.cli import examples, options
from secondlook.cli.errors import CommandError


@click.command
@options.data
@click.option(
    "--flow",
    "flows",
    cls=options.Several,
    metavar="NAME",
    help="Agents may ask this flow definition, and see its reviews; several by commas. Without it: all.",
)
@click.option(
    "--http",
    "port",
    type=click.IntRange(1, 65535),
    metavar="PORT",
    help=f"Listen on this port of 127.0.0.1 instead of stdin, for who sends the token [${options.MCP_TOKEN}; else one is made and printed].",
)
def mcp(data: Path | None, flows: tuple[str, ...] | None, port: int | None) -> None:
    """Offer agents tools by which they ask people, over the Model Context Protocol.

    \b
        {"mcpServers": {"secondlook": {"command": "secondlook", "args": ["mcp", "--data", "DIR"]}}}

    An agent's host starts it so, and speaks to it by stdin and stdout. It asks with the key of "secondlook env", or with the one
    in AWS_ACCESS_KEY_ID, and cannot manage people, keys or settings.
    """  # noqa: D301  (the character by which click keeps the lines that follow)
    tools = server.make(data, Permitted(flows or ()), _examples())
    if port is None:
        _serve_stdio(tools)
    else:
        _serve_http(tools, port)


def _serve_stdio(tools: PlainServer) -> None:
    """Ctrl-C ends it at once: a thread waits for a line of stdin, and would keep the process until there is one."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if sys.stdin.isatty():
        click.echo(
            "Waiting for an agent's host to speak on stdin: hosts start this command by themselves. Ctrl-C ends it.",
            err=True,
        )
    tools.run("stdio")


def _serve_http(tools: PlainServer, port: int) -> None:
    try:
        listener = http.listen(port)
    except OSError as error:
        raise CommandError(f"Port {port} of {http.HOST} cannot be had: {error.strerror}.") from None
    click.echo(f"Agents reach it at http://{http.HOST}:{port}{http.PATH}", err=True)
    token = os.environ.get(options.MCP_TOKEN)
    if not token:
        token = secrets.token_urlsafe(32)
        click.echo(f"with the header Authorization: Bearer {token}", err=True)
    http.serve(tools, listener, token)


def _examples() -> dict[str, Example]:
    """What is known of the templates that secondlook comes with, by their SHA-256."""
    return {
        sha256(example.template.read_bytes()).hexdigest(): Example(
            json.loads(example.sample), json.loads(example.schema)
        )
        for example in examples.every()
    }
