"""`secondlook people`. `reset-password` works without a server too, and imports what that takes only then."""

from __future__ import annotations

import click

from secondlook.cli.lazy import Lazy, LazyGroup

COMMANDS = {
    "list": Lazy(f"{__name__}.listing:list_people", "List everybody with an account."),
    "reset-password": Lazy(
        f"{__name__}.reset:reset_password", "Make a link by which EMAIL chooses another password."
    ),
}


@click.group(cls=LazyGroup, lazy=COMMANDS)
def people() -> None:
    """List people, and let somebody choose another password."""
