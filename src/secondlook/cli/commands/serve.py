"""`secondlook serve`: every field of Settings is an option here, with the sentence that the field itself carries."""

from __future__ import annotations

import contextlib
import os
import types
import typing
from collections.abc import Iterator
from dataclasses import Field, fields, replace
from pathlib import Path
from typing import Any

import click

from secondlook.app.ports import PortTaken
from secondlook.app.serve import Announcement
from secondlook.app.serve import serve as run
from secondlook.cli import server_log, storage
from secondlook.cli.errors import TRACEBACK, explain
from secondlook.cli.options import MCP_TOKEN, Place, Several
from secondlook.cli.output import details, faint, say_warnings, strong
from secondlook.cli.step import Step
from secondlook.settings import Settings, flag, unknown_variables, variable

storage.explain_all()
explain(PortTaken)


TYPES: dict[Any, click.ParamType[Any]] = {
    int: click.INT,
    str: click.STRING,
    Path: Place(path_type=Path),
    tuple[str, ...]: click.STRING,
}

METAVARS = {
    "account": "ID",
    "advertise": "URL",
    "allow_outbound": "CIDR,…",
    "allowed_hosts": "NAME,…",
    "data": "DIR",
    "database": "URL",
    "mail_from": "ADDRESS",
    "mirror": "DIR",
    "image": "PATTERN=…,…",
    "journal_days": "DAYS",
    "prediction_days": "DAYS",
    "objects": "URL",
    "ray_address": "URL",
    "ray_serve_url": "URL",
    "ray_token_file": "FILE",
    "smtp": "URL",
    "tls_cert": "FILE",
    "tls_key": "FILE",
    "trusted_proxy": "CIDR,…",
}
"""What to write behind an option; else the last word of its name."""


def options() -> Iterator[click.Option]:
    """One option per setting. None is no value: then the environment counts, and then the default."""
    hints = typing.get_type_hints(Settings)
    for field in fields(Settings):
        hint = _bare(hints[field.name])
        text = f"{field.metadata['help']} [{_default(field)}${variable(field.name)}]"
        if hint is bool:
            yield click.Option([flag(field.name)], is_flag=True, default=None, help=text)
            continue
        option = Several if typing.get_origin(hint) is tuple else click.Option
        yield option(
            [flag(field.name)],
            type=TYPES[hint],
            metavar=METAVARS.get(field.name, field.name.rsplit("_", 1)[-1].upper()),
            help=text,
        )


def _bare(hint: Any) -> Any:
    """`int | None` is `int`."""
    if isinstance(hint, types.UnionType):
        return next(part for part in typing.get_args(hint) if part is not type(None))
    return hint


def _default(field: Field[Any]) -> str:
    if field.default in (None, ()):
        return ""
    return f"./{field.default}, " if isinstance(field.default, Path) else f"{field.default}, "


def _serve(**overrides: Any) -> None:
    say_warnings(unknown_variables(os.environ, [TRACEBACK, MCP_TOKEN]))
    settings = _from_here(Settings.load(overrides))
    server_log.set_up()
    with contextlib.ExitStack() as waiting:
        waiting.enter_context(Step("Starting secondlook"))

        def announce(started: Announcement) -> None:
            waiting.close()
            click.echo(announcement(started))

        run(settings, announce)
    click.echo("Stopped.")


def _from_here(settings: Settings) -> Settings:
    """Paths as they are from the root: the server's children run in directories of their own."""
    mirror = settings.mirror and settings.mirror.resolve()
    return replace(settings, data=settings.data.resolve(), mirror=mirror)


def announcement(started: Announcement) -> str:
    """What somebody who has just started a server wants to know, and nothing else."""
    here = "" if started.data == Settings().data.resolve() else f" --data {started.data}"
    lines = [
        f"{strong('secondlook')} is running.",
        "",
        details([("  Open", started.url), ("  With TLS", started.tls_url), ("  Data", started.data)]),
        "",
        f'  {faint("Programs:")}  eval "$(secondlook env{here})"   {faint("or")}   secondlook exec{here} -- CMD',
    ]
    if started.is_self_signed:
        lines.append(f"  {faint('Browsers warn about https until you follow:')}  secondlook trust{here}")
    if started.admin_link:
        lines += [
            "",
            f"  {faint('Make the first admin account (works once, for 24 hours):')}",
            f"  {started.admin_link}",
        ]
    return "\n".join([*lines, "", f"  {faint('Stop with Ctrl-C.')}"])


serve = click.Command(
    "serve",
    callback=_serve,
    params=list(options()),
    help="Run the server: every AWS service, the portal and the console.",
)
