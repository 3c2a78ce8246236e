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
from secondlook.cli.output import details
from secondlook.cli.step import Step
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
def backup(copy: Path, **overrides: Any) -> None:
    """Copy database, objects and keys into the new directory DIR, while the server runs.

    The copy is checked before it gets its name. It holds every secret of the installation: keep it as safe as the data
    directory. Objects in an S3 stay there; PostgreSQL needs pg_dump.
    """
    with Step(f"Copying to {copy}") as step:
        manifest = make(Settings.load(overrides), copy, step.now)
    click.echo(_described(manifest))
    if manifest.lost:
        click.echo(
            f"Bodies that are missing on the server's own disk, so in the copy too: {', '.join(manifest.lost)}",
            err=True,
        )
    if manifest.left_out:
        click.echo(
            f"Not in the copy, being neither a file, a directory nor a link to a file: {', '.join(manifest.left_out)}",
            err=True,
        )


@click.command
@options.data
@_database
@_objects
@click.argument("copy", metavar="DIR", type=options.Place(path_type=Path, exists=True, file_okay=False))
def restore(copy: Path, **overrides: Any) -> None:
    """Put the copy in DIR into a new data directory, from which "secondlook serve" then goes on.

    The copy is checked first. The data directory must be new or empty, and so must be a PostgreSQL database (needs pg_restore).
    """
    settings = Settings.load(overrides)
    with Step(f"Restoring {copy} to {settings.data}") as step:
        manifest = put_back(copy, settings, step.now)
    click.echo(_described(manifest))


def _described(manifest: Manifest) -> str:
    bodies = f"{manifest.bodies:,} bodies, {manifest.size:,} bytes"
    return details(
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
