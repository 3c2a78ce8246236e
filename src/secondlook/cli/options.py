"""The option that every command has which talks to the server, and lists as they are typed."""

from __future__ import annotations

from pathlib import Path

import click

from secondlook.settings import PREFIX, Settings

data = click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    envvar=f"{PREFIX}DATA",
    metavar="DIR",
    help=f"The server's data directory [${PREFIX}DATA; else the server of AWS_ENDPOINT_URL, else ./{Settings().data}].",
)
"""`--data DIR`; None where it is not given, then `access.find` looks further."""


def listed(text: str | None) -> list[str]:
    """The values of an option that takes several, separated by commas."""
    return [part.strip() for part in (text or "").split(",") if part.strip()]
