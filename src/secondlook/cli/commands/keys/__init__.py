"""`secondlook keys`. `create` works without a server too, and imports what that takes only then."""

from __future__ import annotations

import click

from secondlook.cli.lazy import Lazy, LazyGroup

COMMANDS = {
    "create": Lazy(
        f"{__name__}.create:create", "Make an access key called NAME; its secret is shown this once."
    ),
    "list": Lazy(f"{__name__}.listing:list_keys", "List the access keys."),
    "revoke": Lazy(f"{__name__}.listing:revoke", "End the access key KEY at once, for good."),
}


@click.group(cls=LazyGroup, lazy=COMMANDS)
def keys() -> None:
    """Create, list and revoke access keys."""
