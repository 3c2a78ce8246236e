"""`secondlook templates examples` and `copy`: templates to begin with, which need no server."""

from __future__ import annotations

from pathlib import Path

import click

from secondlook.cli import examples
from secondlook.cli.tables import table


@click.command("examples")
def list_examples() -> None:
    """List the worker task templates to begin with."""
    rows = [(example.name, example.purpose, example.means) for example in examples.every()]
    click.echo(table(["EXAMPLE", "WHAT FOR", "WHAT DOES THE WORK"], rows))


@click.command
@click.argument("names", nargs=-1, required=True, metavar="EXAMPLE...")
@click.option(
    "--to",
    "folder",
    default=".",
    show_default=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the folder of each is made.",
)
@click.option(
    "--bucket", default=examples.BUCKET, help="Names this bucket in the sample of the input.", metavar="NAME"
)
def copy(names: tuple[str, ...], folder: Path, bucket: str) -> None:
    """Copy EXAMPLE, a folder each: the template, a sample of its input with the files that it names, the schema of its answer.

    Nothing that is there already is overwritten.
    """
    for example in [examples.find(name) for name in names]:
        for path in example.copy(folder, bucket):
            click.echo(path)
