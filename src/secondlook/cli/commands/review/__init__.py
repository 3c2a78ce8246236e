"""`secondlook review`: objects before a model and people, and what came of it."""

from __future__ import annotations

import click

from secondlook.cli.lazy import Lazy, LazyGroup

COMMANDS = {
    "run": Lazy(
        f"{__name__}.running:run",
        "Ask a model about every object of SOURCE, and people about what is in doubt.",
    ),
    "results": Lazy(
        f"{__name__}.listing:results",
        "Show what was predicted in a flow definition and what people answered.",
    ),
    "export": Lazy(
        f"{__name__}.export:export",
        "Export predictions and answers of a flow definition to OUT: JSON Lines, COCO, YOLO, VOC, Parquet, a manifest.",
    ),
}


@click.group(cls=LazyGroup, lazy=COMMANDS)
def review() -> None:
    """Put objects before a model and people, and see what came of it."""
