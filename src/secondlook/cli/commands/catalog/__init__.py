"""`secondlook catalog`: models to subscribe to, those of one's own among them, and the way from there to an endpoint."""

from __future__ import annotations

import click

from secondlook.cli.lazy import Lazy, LazyGroup

COMMANDS = {
    "list": Lazy(
        f"{__name__}.listing:list_products", "List the products, and say which folders are none and why."
    ),
    "show": Lazy(
        f"{__name__}.listing:show", "Show the listing of PRODUCT (an id, or the ARN of a model package)."
    ),
    "subscribe": Lazy(
        f"{__name__}.subscribing:subscribe",
        "Subscribe to PRODUCT, after showing its licence; prints the ARN to make models from.",
    ),
    "unsubscribe": Lazy(
        f"{__name__}.subscribing:unsubscribe",
        "Cancel the subscription to PRODUCT.",
    ),
    "new": Lazy(
        f"{__name__}.new:new",
        "Write the product NAME, a model of your own to begin with: a folder that is served as soon as it is there.",
    ),
    "deploy": Lazy(
        f"{__name__}.deploying:deploy", "Bring PRODUCT up as the endpoint ENDPOINT, and say how to call it."
    ),
}


@click.group(cls=LazyGroup, lazy=COMMANDS)
def catalog() -> None:
    """See the models that can be subscribed to, subscribe, deploy them, and begin one of your own."""
