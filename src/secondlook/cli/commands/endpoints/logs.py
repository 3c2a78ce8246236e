"""`secondlook endpoints logs`."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from botocore.exceptions import BotoCoreError, ClientError

from secondlook.cli import options, service
from secondlook.cli.endpoint_logs import EndpointLogs
from secondlook.cli.times import since as moment_since

USUAL_LINES, MOST_LINES = 100, 1_000_000
PAUSE = 1.0
"""Seconds between two looks."""


class _Since(click.ParamType):  # type: ignore[type-arg]  # generic for type checkers only
    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        try:
            return value if isinstance(value, datetime) else moment_since(value, datetime.now(UTC))
        except ValueError as error:
            self.fail(f"{error}.", param, ctx)


@click.command
@options.data
@click.argument("name")
@click.option("--variant", metavar="V", help="Only of this variant.")
@click.option("--instance", metavar="N", type=click.IntRange(1), help="Only of this instance: 1, 2 …")
@click.option(
    "--since", metavar="TIME", type=_Since(), help="Only from then on: 30s, 10m, 2h, 1d ago, or a moment."
)
@click.option(
    "--grep", "text", metavar="TEXT", default="", help="Only lines that have TEXT in them; case counts."
)
@click.option(
    "--lines",
    metavar="N",
    type=click.IntRange(0, MOST_LINES),
    help=f"The last N lines of them [{USUAL_LINES}; with --since, all].",
)
@click.option("--follow", "-f", is_flag=True, help="Go on with what is said from now on, until Ctrl-C.")
def logs(
    data: Path | None,
    name: str,
    variant: str | None,
    instance: int | None,
    since: datetime | None,
    text: str,
    lines: int | None,
    *,
    follow: bool,
) -> None:
    """Print what the models of the endpoint NAME have said. Times are UTC.

    It is the server that is asked which tells what its own instances have said.
    """
    server = service.reach(data)
    since_ms = None if since is None else round(since.timestamp() * 1000)
    said = EndpointLogs(server.client("logs"), name, variant, instance, text, since_ms)
    most = lines if lines is not None else USUAL_LINES if since is None else MOST_LINES
    found = said.last(most)
    for line in found:
        click.echo(line)
    if follow:
        with suppress(KeyboardInterrupt):
            _follow(said)
    elif not found:
        if not said.is_known:
            server.client("sagemaker").describe_endpoint(EndpointName=name)  # says where there is none
        click.echo("Nothing of that kind has been said.", err=True)


def _follow(said: EndpointLogs) -> None:
    """For ever. A server that does not answer is waited for: it is being started again, perhaps."""
    is_away = False
    while True:
        time.sleep(PAUSE)
        try:
            lines = said.new()
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] < 500:  # noqa: PLR2004
                raise
            lines = None
        except BotoCoreError:
            lines = None
        if lines is None:
            if not is_away:
                click.echo("The server does not answer; waiting for it …", err=True)
            is_away = True
            continue
        is_away = False
        for line in lines:
            click.echo(line)
