"""`secondlook keys create`: through the server, or directly while no server holds the data directory."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from secondlook.cli import options
from secondlook.cli.output import details, say_warnings
from secondlook.cli.times import moment
from secondlook.cli.without_server import either
from secondlook.client.service import Service
from secondlook.review.decisions.rights import REQUESTER, RUNTIME, SCOPES
from secondlook.settings import Settings


class _Moment(click.ParamType[datetime]):
    """A time, or how far off it is."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        try:
            return value if isinstance(value, datetime) else moment(value, datetime.now(UTC))
        except ValueError as error:
            self.fail(str(error), param, ctx)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The key that was asked for."""

    name: str
    scope: str
    buckets: tuple[str, ...]
    expires_at: datetime | None
    brings_code: bool


@click.command
@options.data
@click.argument("name")
@click.option(
    "--scope",
    type=click.Choice(list(SCOPES)),
    default=REQUESTER,
    show_default=True,
    help="; ".join(f"{scope}: {what}" for scope, what in SCOPES.items()) + ".",
)
@click.option(
    "--bucket",
    "buckets",
    cls=options.Several,
    metavar="NAME,…",
    help="Buckets that it may use, and no others. Without any, a requester's may use every one.",
)
@click.option(
    "--expires",
    "expires_at",
    type=_Moment(),
    metavar="WHEN",
    help="When it ends: in 30d or 12h, at the end of a day (2027-01-31), or at a time (2027-01-31T18:00), UTC.",
)
@click.option(
    "--brings-code",
    is_flag=True,
    help="Models made with it may run scripts and files of their own, where the server allows that (--allow-model-code).",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def create(
    data: Path | None,
    name: str,
    scope: str,
    buckets: tuple[str, ...] | None,
    expires_at: datetime | None,
    *,
    brings_code: bool,
    as_json: bool,
) -> None:
    """Make an access key called NAME; its secret is shown this once."""
    key_id, secret, warnings = _create(data, Wanted(name, scope, buckets or (), expires_at, brings_code))
    if as_json:
        click.echo(json.dumps({"AccessKeyId": key_id, "SecretAccessKey": secret}))
    else:
        click.echo(details([("AccessKeyId", key_id), ("SecretAccessKey", secret)]))
        click.echo("Keep the secret: it is not shown again.", err=True)
    say_warnings(warnings)
    if scope == RUNTIME and not buckets:
        click.echo("It may use no bucket; a key made with --bucket may use those.", err=True)


def _create(data: Path | None, wanted: Wanted) -> tuple[str, str, list[str]]:
    """Its id, its secret, and what speaks against its use."""

    def through(server: Service) -> tuple[str, str, list[str]]:
        further = {
            "Buckets": list(wanted.buckets),
            "ExpiresAt": wanted.expires_at,
            "BringsCode": wanted.brings_code,
        }
        limits = {name: value for name, value in further.items() if value}
        key = server.own.create_key(Name=wanted.name, Scope=wanted.scope, **limits)
        return key["AccessKeyId"], key["SecretAccessKey"], key.get("Warnings", [])

    def directly(offline: Any, settings: Settings) -> tuple[str, str, list[str]]:
        key, warnings = offline.create_key(
            settings,
            wanted.name,
            wanted.scope,
            wanted.buckets,
            wanted.expires_at,
            brings_code=wanted.brings_code,
        )
        return key.key_id, key.secret, warnings

    return either(data, through, directly, "the key is made")
