"""`secondlook catalog list` and `show`: the listings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from secondlook.cli import options, service
from secondlook.cli.output import details, strong
from secondlook.cli.tables import table


@click.command("list")
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


@click.command
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
