"""The option that every command has which talks to the server, and lists as they are typed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from secondlook.settings import PREFIX, Settings


class Place(click.Path):
    """A path. One without a character, as an unset variable of a script leaves it, would be the current directory."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == "":
            self.fail("it is empty: name a path, or . for the current directory.", param, ctx)
        return super().convert(value, param, ctx)


data = click.option(
    "--data",
    type=Place(file_okay=False, path_type=Path),
    envvar=f"{PREFIX}DATA",
    metavar="DIR",
    help=f"The server's data directory [${PREFIX}DATA; else the server of AWS_ENDPOINT_URL, else ./{Settings().data}].",
)
"""`--data DIR`; None where it is not given, then `access.find` looks further."""


def listed(text: str | None) -> list[str]:
    """The values of an option that takes several, separated by commas."""
    return [part.strip() for part in (text or "").split(",") if part.strip()]
