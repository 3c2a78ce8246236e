"""`secondlook templates`. Examples and `check` need no server, and `check` starts the renderer; the others ask the server."""

from __future__ import annotations

import click

from secondlook.cli.lazy import Lazy, LazyGroup

COMMANDS = {
    "examples": Lazy(
        f"{__name__}.example_commands:list_examples", "List the worker task templates to begin with."
    ),
    "copy": Lazy(f"{__name__}.example_commands:copy", "Copy some of them, each with a sample of its input."),
    "check": Lazy(f"{__name__}.check:check", "Tell what is wrong with templates in files."),
    "create": Lazy(f"{__name__}.listing:create", "Make a template of the server of a file or an example."),
    "list": Lazy(
        f"{__name__}.listing:list_templates",
        "List the templates of the server, with what is wrong with them.",
    ),
}


@click.group(cls=LazyGroup, lazy=COMMANDS)
def templates() -> None:
    """Begin with an example, check worker task templates, and make and list those of the server."""
