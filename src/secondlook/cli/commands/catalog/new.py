"""`secondlook catalog new`: a product folder that works as it is."""

from __future__ import annotations

from pathlib import Path

import click

from secondlook.cli import options
from secondlook.cli.errors import CommandError
from secondlook.cli.options import Place
from secondlook.cli.product_folder import ELSEWHERE, RUNTIMES, checked, named, write
from secondlook.client import access
from secondlook.hosting.catalog import Catalog, catalog_folders


@click.command
@options.data
@click.argument("name")
@click.option(
    "--runtime",
    type=click.Choice(RUNTIMES),
    default=RUNTIMES[0],
    show_default=True,
    help="What runs it: a script of yours, the detector of ONNX files, or a server elsewhere, which speaks as SageMaker's containers do "
    "(remote), the Open Inference Protocol (kserve_v2) or OpenAI's chat API (openai_chat).",
)
@click.option(
    "--url", help="The server elsewhere: what stands before /ping, /v2/models or /chat/completions."
)
@click.option(
    "--directory",
    type=Place(file_okay=False, path_type=Path),
    help="Put the folder there, instead of the catalog of the server's data directory.",
)
def new(data: Path | None, name: str, runtime: str, url: str | None, directory: Path | None) -> None:
    """Write the product NAME, a model of your own to begin with: a folder that is served as soon as it is there.

    Prints the folder. Change what is in it; nothing needs a restart.
    """
    if (runtime in ELSEWHERE) != (url is not None):
        raise click.UsageError(
            f"--runtime {runtime} needs --url, where the server is."
            if url is None
            else f"--url is for a server elsewhere: give --runtime too, one of {', '.join(ELSEWHERE)}."
        )
    folder = (directory or _catalog(data, name)) / named(name)
    write(folder, runtime, url)
    click.echo(
        f"{name} is there. Its files say what to change; then: secondlook catalog deploy {name} {name}"
        if directory is None
        else f"{name} is there. Move it into the folder catalog of a server's data directory to have it served.",
        err=True,
    )
    click.echo(folder)
    checked(folder)


def _catalog(data: Path | None, name: str) -> Path:
    """The folder for products of the server that is meant. Raises CommandError where it cannot be known, or has the product."""
    place = access.directory(data)
    if place is None:
        raise CommandError(
            "The server of AWS_ENDPOINT_URL keeps its products in a directory that is not known here: name its data directory "
            "with --data, or another place with --directory."
        )
    if not place.is_dir():
        raise CommandError(
            f"There is no data directory {place}: start a server with secondlook serve, or name its directory with --data."
        )
    folders = catalog_folders(place)
    if Catalog(folders[:1]).by_id(name) is not None:
        raise CommandError(f"A product that comes with secondlook is called {name}: choose another name.")
    return folders[-1]
