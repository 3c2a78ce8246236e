"""`secondlook backup` and `secondlook restore`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from secondlook.app.backup import backup as make
from secondlook.app.manifest import Manifest
from secondlook.app.restore import restore as put_back
from secondlook.cli import options, storage
from secondlook.cli.errors import explain
from secondlook.cli.progress import Progress
from secondlook.cli.terminal import facts
from secondlook.settings import PREFIX, Settings
from secondlook.store.snapshot import KINDS, SnapshotFailed

storage.explain_all()
explain(SnapshotFailed)

_PLACE = options.Place(path_type=Path)
_database = click.option(
    "--database", metavar="URL", help=f"The database, as given to serve [${PREFIX}DATABASE]."
)
_objects = click.option(
    "--objects", metavar="URL", help=f"Where objects lie, as given to serve [${PREFIX}OBJECTS]."
)


@click.command
@options.data
@_database
@_objects
@click.argument("copy", metavar="DIR", type=_PLACE)
def backup(copy: Path, **given: Any) -> None:
    """Copy database, objects and keys into the new directory DIR, while the server runs.

    The copy is checked before it gets its name. It holds every secret of the installation: keep it as safe as the data
    directory. Objects in an S3 stay there; PostgreSQL needs pg_dump.
    """
    with Progress(f"Copying to {copy}") as step:
        made = make(Settings.load(given), copy, step.now)
    click.echo(_described(made))
    if made.lost:
        click.echo(
            f"Bodies that are missing on the server's own disk, so in the copy too: {', '.join(made.lost)}",
            err=True,
        )
    if made.left_out:
        click.echo(
            f"Not in the copy, being neither a file, a directory nor a link to a file: {', '.join(made.left_out)}",
            err=True,
        )


@click.command
@options.data
@_database
@_objects
@click.argument("copy", metavar="DIR", type=options.Place(path_type=Path, exists=True, file_okay=False))
def restore(copy: Path, **given: Any) -> None:
    """Put the copy in DIR into a new data directory, from which "secondlook serve" then goes on.

    The copy is checked first. The data directory must be new or empty, and so must be a PostgreSQL database (needs pg_restore).
    """
    settings = Settings.load(given)
    with Progress(f"Restoring {copy} to {settings.data}") as step:
        told = put_back(copy, settings, step.now)
    click.echo(_described(told))


def _described(manifest: Manifest) -> str:
    bodies = f"{manifest.bodies:,} bodies, {manifest.size:,} bytes"
    return facts(
        [
            ("Copied", manifest.made_at),
            ("Release", f"{manifest.release}, revision {manifest.revision}"),
            ("Database", KINDS[manifest.database].name),
            (
                "Objects",
                bodies if manifest.objects is None else f"not copied: they lie in {manifest.objects}",
            ),
        ]
    )
