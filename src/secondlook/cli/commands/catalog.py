"""`secondlook catalog`: what AWS Marketplace does in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from secondlook.cli import options, service
from secondlook.cli.errors import CommandError
from secondlook.cli.output import details, faint, is_interactive, strong
from secondlook.cli.tables import table


@click.group
def catalog() -> None:
    """See the models that can be subscribed to, and subscribe."""


@catalog.command("list")
@options.data
def list_products(data: Path | None) -> None:
    """List the products, and say which folders are none and why."""
    listed = service.reach(data).own.list_products()
    rows = [
        (
            product["ProductId"],
            product["Title"],
            product.get("Price"),
            product.get("LicenseName"),
            product["Subscribed"],
        )
        for product in listed["Products"]
    ]
    click.echo(table(["PRODUCT", "TITLE", "PRICE", "LICENCE", "SUBSCRIBED"], rows))
    for folder in listed.get("Skipped", ()):
        click.echo(f"Skipped: {folder['Reason']}", err=True)


@catalog.command
@options.data
@click.argument("product")
@click.option("--license", "whole", is_flag=True, help="Print the whole text of the licence too.")
def show(data: Path | None, product: str, *, whole: bool) -> None:
    """Show the listing of PRODUCT (an id, or the ARN of a model package)."""
    described = service.reach(data).own.describe_product(ProductId=product)["Product"]
    click.echo(f"{strong(described['Title'])}\n\n{listing(described)}")
    if whole:
        click.echo(f"\n{described['LicenseText']}")


def listing(product: dict[str, Any]) -> str:
    """A product's listing as names and values."""
    return details(
        [
            ("Product", product["ProductId"]),
            ("Highlights", "\n".join(product.get("Highlights", ()))),
            ("Usage", _paragraph(product.get("Usage"))),
            ("Inputs", _paragraph(product.get("Inputs"))),
            ("Outputs", _paragraph(product.get("Outputs"))),
            ("Content types", product.get("ContentTypes")),
            ("Instance types", product.get("InstanceTypes")),
            ("Price", product.get("Price")),
            ("Licence", product.get("LicenseName")),
            ("Subscribed", product["Subscribed"]),
            ("ARN", product["ModelPackageArn"]),
            ("Also known as", "\n".join(product.get("Aliases", ()))),
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
    described = own.describe_product(ProductId=product)["Product"]
    if not accept_license:
        _ask(described)
    subscription = own.subscribe(ProductId=described["ProductId"], AcceptLicense=True)
    click.echo(f"Subscribed to {described['ProductId']}. Its ARN:", err=True)
    click.echo(subscription["ModelPackageArn"])


def _ask(product: dict[str, Any]) -> None:
    """Show the licence and have it accepted; raises CommandError where nobody can be asked, or says no."""
    click.echo(product["LicenseText"].rstrip(), err=True)
    click.echo(
        f"\n{strong(product['Title'])}: {product.get('Price')}, licence {product.get('LicenseName')} {faint('(above)')}",
        err=True,
    )
    if not is_interactive():
        raise CommandError(
            f"Subscribing to {product['ProductId']} needs its licence accepted. Read it above, then add --accept-license."
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
