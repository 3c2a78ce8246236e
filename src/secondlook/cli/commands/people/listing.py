"""`secondlook people list`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from secondlook.cli import options, service
from secondlook.cli.tables import table

HEADINGS = ["EMAIL", "NAME", "WORK TEAMS", "STATE", "ADMIN"]


@click.command("list")
@options.data
def list_people(data: Path | None) -> None:
    """List everybody with an account."""
    people = service.reach(data).every("secondlook", "list_people", "People")
    click.echo(table(HEADINGS, [_row(person) for person in people]))


def state(person: Mapping[str, Any]) -> str:
    """How far somebody has come."""
    if person.get("Disabled"):
        return "switched off"
    return "joined" if person["Joined"] else "invited"


def _row(person: Mapping[str, Any]) -> tuple[Any, ...]:
    return person["Email"], person.get("Name"), person["Teams"], state(person), person["Admin"]
