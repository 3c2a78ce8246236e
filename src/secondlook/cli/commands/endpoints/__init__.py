"""`secondlook endpoints`: models in service."""

from __future__ import annotations

import click

from secondlook.cli.lazy import Lazy, LazyGroup

COMMANDS = {
    "list": Lazy(f"{__name__}.looking:list_endpoints", "List the endpoints, newest first."),
    "show": Lazy(
        f"{__name__}.looking:show",
        "Show the endpoint NAME: its variants, what is wrong with it, how to call it.",
    ),
    "logs": Lazy(f"{__name__}.logs:logs", "Print what the models of the endpoint NAME have said."),
    "delete": Lazy(f"{__name__}.looking:delete", "Delete the endpoint NAME; its model and its config stay."),
}


@click.group(cls=LazyGroup, lazy=COMMANDS)
def endpoints() -> None:
    """List, show and delete endpoints, and read what their models say."""
