"""The option that every command has which talks to the server, and options that take several values."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from secondlook.settings import PREFIX, Settings

MCP_TOKEN = f"{PREFIX}MCP_TOKEN"
"""The variable with the token of `secondlook mcp --http`: a command line can be read by everybody on the machine."""

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


class Place(click.Path):
    """A path. One without a character, as an unset variable of a script leaves it, would be the current directory."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == "":
            self.fail("it is empty: name a path, or . for the current directory.", param, ctx)
        return super().convert(value, param, ctx)


MOMENT = click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])
"""A day or a moment, of UTC."""


def data_option(otherwise: str) -> Decorator:
    """`--data DIR`; None where it is not given, then the command does what `otherwise` says."""
    return click.option(
        "--data",
        type=Place(file_okay=False, path_type=Path),
        envvar=f"{PREFIX}DATA",
        metavar="DIR",
        help=f"The server's data directory [${PREFIX}DATA; else {otherwise}].",
    )


data = data_option(f"the server of AWS_ENDPOINT_URL, else ./{Settings().data}")
"""As `access.find` looks for it."""

brings_code = click.option(
    "--brings-code",
    is_flag=True,
    help="With a key that may make models of scripts of its own (secondlook serve --allow-model-code).",
)
"""The other key for programs."""


class Several(click.Option):
    """An option of several values, separated by commas or each behind the option again; None where it is not given."""

    def __init__(self, *args: Any, **attributes: Any) -> None:
        super().__init__(*args, **(attributes | {"multiple": True}))

    def process_value(self, ctx: click.Context, value: Any) -> tuple[str, ...] | None:
        texts = super().process_value(ctx, value)
        parts = [part.strip() for text in texts for part in text.split(",")]
        return tuple(filter(None, parts)) if texts else None
