"""`secondlook loops`: human loops across flow definitions, looked at and acted on."""

from __future__ import annotations

import click

from secondlook.cli.lazy import Lazy, LazyGroup

COMMANDS = {
    "list": Lazy(f"{__name__}.looking:list_loops", "List human loops, newest first."),
    "show": Lazy(
        f"{__name__}.looking:show", "Show one: its progress, who is at work on it, what went wrong."
    ),
    "watch": Lazy(f"{__name__}.looking:watch", "Watch one until it has ended, or all of them."),
    "stop": Lazy(f"{__name__}.acting:stop", "Stop human loops; whoever is at work on one may finish."),
    "delete": Lazy(f"{__name__}.acting:delete", "Delete human loops that have ended; their output stays."),
    "write-output": Lazy(
        f"{__name__}.acting:write_output", "Write the answers of those whose output could not be written."
    ),
}


@click.group(cls=LazyGroup, lazy=COMMANDS)
def loops() -> None:
    """List, show, watch, stop and delete human loops."""
