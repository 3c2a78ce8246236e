"""`secondlook vault`: the key file that seals the secrets in the database."""

from __future__ import annotations

import contextlib
from typing import Any

import click

from secondlook.app import resealing
from secondlook.cli import options, storage
from secondlook.cli.step import Step
from secondlook.settings import PREFIX, Settings

QUESTION = "Every access key is revoked and every webhook disabled. Go on?"

storage.explain_all()

_database = click.option(
    "--database", metavar="URL", help=f"The database, as given to serve [${PREFIX}DATABASE]."
)


@click.group
def vault() -> None:
    """Change the key that seals the secrets in the database, while no server runs."""


@vault.command
@options.data
@_database
@click.option(
    "--links", is_flag=True, help="Also renew the key that signs links of task pages: those handed out end."
)
def rotate(*, links: bool, **overrides: Any) -> None:
    """Seal every secret anew with a new key, while no server runs.

    Broken off in the middle, it leaves both keys in vault.key and is to be run again. Backups made before need the key
    that they hold.
    """
    with Step("Sealing the secrets with a new key"):
        number = resealing.rotate(Settings.load(overrides), links=links)
    click.echo(f"{number:,} secrets are sealed with a new key. Start the server again.")
    if links:
        click.echo("Links of task pages are signed with a new key from then on; those handed out have ended.")


@vault.command
@options.data
@_database
@click.option("--yes", is_flag=True, help="Do not ask.")
def reset(*, yes: bool, **overrides: Any) -> None:
    """Make a new key when the old one is lost for good, while no server runs.

    What it has sealed is lost with it: every access key is revoked, every webhook disabled, and mails that wait are not sent.
    """
    with contextlib.ExitStack() as making:

        def confirm() -> None:
            if not yes:
                click.confirm(QUESTION, abort=True)
            making.enter_context(Step("Making a new key"))

        resealing.reset(Settings.load(overrides), confirm)
    click.echo(
        "Start the server, then make access keys and webhooks again, and invite again who was to get a mail."
    )
