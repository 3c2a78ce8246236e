"""`secondlook env`."""

from __future__ import annotations

import os
from pathlib import Path

import click

from secondlook.cli import options
from secondlook.cli.environment import FORMATS, unwanted, variables
from secondlook.client import access


@click.command
@options.data
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="shell",
    show_default=True,
    help="The language to print it in.",
)
@options.brings_code
def env(data: Path | None, form: str, *, brings_code: bool) -> None:
    """Print the environment that makes boto3 and the AWS CLI talk to the server.

    \b
        eval "$(secondlook env)"
        secondlook env --format fish | source
        secondlook env --format dotenv > .env

    A shell also forgets the variables that would lead elsewhere, such as AWS_PROFILE.

    The SageMaker SDK needs one thing more, which only "secondlook exec" can do: it asks the real AWS who it is.

    The key is a requester's: it may call every AWS operation, and cannot manage people, sessions or keys. With --brings-code it may
    also make models of scripts of its own, where the server allows that ("secondlook serve --allow-model-code").
    """  # noqa: D301  (the character by which click keeps the lines that follow)
    click.echo(
        FORMATS[form](variables(access.for_programs(data, brings_code=brings_code)), unwanted(os.environ))
    )
