"""`secondlook loops`: human loops across flow definitions, looked at and acted on."""

from __future__ import annotations

import click

from secondlook.cli.lazy import Lazy, LazyGroup

COMMANDS = {
    "list": Lazy(f"{__name__}.looking:list_loops", "List human loops, newest first."),
    "show": Lazy(
        f"{__name__}.looking:show", "Show the human loop NAME: its progress, its workers, what went wrong."
    ),
    "watch": Lazy(
        f"{__name__}.looking:watch", "Watch the human loop NAME until it has ended, or all until Ctrl-C."
    ),
    "stop": Lazy(
        f"{__name__}.acting:stop", "Stop the human loops NAME…, or all open ones of a flow definition."
    ),
    "update": Lazy(
        f"{__name__}.acting:update",
        "Offer the open human loops NAME…, or all of a flow definition, sooner or later, or ask more or fewer answers of them.",
    ),
    "delete": Lazy(
        f"{__name__}.acting:delete",
        "Delete the human loops NAME…, or all of a flow definition that have ended.",
    ),
    "write-output": Lazy(
        f"{__name__}.acting:write_output",
        "Write the answers of the human loops NAME… whose output could not be written.",
    ),
}


@click.group(cls=LazyGroup, lazy=COMMANDS)
def loops() -> None:
    """List, show, watch, update, stop and delete human loops."""
