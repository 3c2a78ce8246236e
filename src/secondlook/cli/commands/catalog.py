"""`secondlook catalog`: what AWS Marketplace does in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from secondlook.cli import options, service
from secondlook.cli.errors import CommandError
from secondlook.cli.terminal import facts, faint, is_interactive, strong, table


@click.group
def catalog() -> None:
    """See the models that can be subscribed to, and subscribe."""


@catalog.command("list")
@options.data
def list_products(data: Path | None) -> None:
    """List the products, and say which folders are none and why."""
    listed = service.reach(data).own.list_products()
    rows = [
        (one["ProductId"], one["Title"], one.get("Price"), one.get("LicenseName"), one["Subscribed"])
        for one in listed["Products"]
    ]
    click.echo(table(["PRODUCT", "TITLE", "PRICE", "LICENCE", "SUBSCRIBED"], rows))
    for one in listed.get("Skipped", ()):
        click.echo(f"Skipped: {one['Reason']}", err=True)


@catalog.command
@options.data
@click.argument("product")
@click.option("--license", "whole", is_flag=True, help="Print the whole text of the licence too.")
def show(data: Path | None, product: str, *, whole: bool) -> None:
    """Show the listing of PRODUCT (an id, or the ARN of a model package)."""
    told = service.reach(data).own.describe_product(ProductId=product)["Product"]
    click.echo(f"{strong(told['Title'])}\n\n{listing(told)}")
    if whole:
        click.echo(f"\n{told['LicenseText']}")


def listing(told: dict[str, Any]) -> str:
    """A product's listing as names and values."""
    return facts(
        [
            ("Product", told["ProductId"]),
            ("Highlights", "\n".join(told.get("Highlights", ()))),
            ("Usage", _paragraph(told.get("Usage"))),
            ("Inputs", _paragraph(told.get("Inputs"))),
            ("Outputs", _paragraph(told.get("Outputs"))),
            ("Content types", told.get("ContentTypes")),
            ("Instance types", told.get("InstanceTypes")),
            ("Price", told.get("Price")),
            ("Licence", told.get("LicenseName")),
            ("Subscribed", told["Subscribed"]),
            ("ARN", told["ModelPackageArn"]),
            ("Also known as", "\n".join(told.get("Aliases", ()))),
        ]
    )


def _paragraph(text: str | None) -> str:
    """A listing's text breaks its lines where its author's editor did."""
    return " ".join((text or "").split())


@catalog.command
@options.data
@click.argument("product")
@click.option("--accept-license", is_flag=True, help="Accept the licence without being asked.")
def subscribe(data: Path | None, product: str, *, accept_license: bool) -> None:
    """Subscribe to PRODUCT, after showing its licence; prints the ARN to make models from."""
    own = service.reach(data).own
    told = own.describe_product(ProductId=product)["Product"]
    if not accept_license:
        _ask(told)
    made = own.subscribe(ProductId=told["ProductId"], AcceptLicense=True)
    click.echo(f"Subscribed to {told['ProductId']}. Its ARN:", err=True)
    click.echo(made["ModelPackageArn"])


def _ask(told: dict[str, Any]) -> None:
    """Show the licence and have it accepted; raises CommandError where nobody can be asked, or says no."""
    click.echo(told["LicenseText"].rstrip(), err=True)
    click.echo(
        f"\n{strong(told['Title'])}: {told.get('Price')}, licence {told.get('LicenseName')} {faint('(above)')}",
        err=True,
    )
    if not is_interactive():
        raise CommandError(
            f"Subscribing to {told['ProductId']} needs its licence accepted. Read it above, then add --accept-license."
        )
    if not click.confirm("Do you accept this licence?", err=True):
        raise CommandError("Not subscribed: the licence was not accepted.")


@catalog.command
@options.data
@click.argument("product")
def unsubscribe(data: Path | None, product: str) -> None:
    """Cancel the subscription to PRODUCT. Endpoints keep running; no new models can be made from it."""
    service.reach(data).own.unsubscribe(ProductId=product)
    click.echo(
        f"Unsubscribed from {product}. Endpoints that run it go on; new models cannot be made from it."
    )
