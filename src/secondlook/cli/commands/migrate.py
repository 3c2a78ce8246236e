"""`secondlook migrate`."""

from __future__ import annotations

from typing import Any

import click

from secondlook.app.offline import migrate as run
from secondlook.cli import options, storage
from secondlook.cli.step import Step
from secondlook.settings import Settings
from secondlook.store.address import checked, shown

storage.explain_all()


@click.command
@options.data
@click.option("--database", metavar="URL", help="The database, as given to serve [$SECONDLOOK_DATABASE].")
def migrate(**overrides: Any) -> None:
    """Bring the database to this version's schema, offline.

    "secondlook serve" does so by itself when it starts; this is for doing it beforehand, while no server is running.
    """
    settings = Settings.load(overrides)
    checked(settings.database_url)
    with Step(f"Migrating {shown(settings.database_url)}"):
        run(settings)
    click.echo("The database has this version's schema.")
