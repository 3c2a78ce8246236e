"""`secondlook catalog subscribe` and `unsubscribe`: what AWS Marketplace does in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from secondlook.cli import options, service
from secondlook.cli.errors import CommandError
from secondlook.cli.output import faint, is_interactive, strong


@click.command
@options.data
@click.argument("product")
@click.option("--accept-license", is_flag=True, help="Accept the licence without being asked.")
def subscribe(data: Path | None, product: str, *, accept_license: bool) -> None:
    """Subscribe to PRODUCT, after showing its licence; prints the ARN to make models from."""
    own = service.reach(data).own
    described = own.describe_product(ProductId=product)["Product"]
    arn = accept(own, described, accept_license=accept_license)
    click.echo(f"Subscribed to {described['ProductId']}. Its ARN:", err=True)
    click.echo(arn)


def accept(own: Any, product: dict[str, Any], *, accept_license: bool) -> str:
    """Subscribe to a product once its licence is accepted; the package's ARN. Raises CommandError where it is not."""
    if not accept_license:
        _ask(product)
    return str(own.subscribe(ProductId=product["ProductId"], AcceptLicense=True)["ModelPackageArn"])


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


@click.command
@options.data
@click.argument("product")
def unsubscribe(data: Path | None, product: str) -> None:
    """Cancel the subscription to PRODUCT.

    Endpoints keep running; no new models can be made from it.
    """
    service.reach(data).own.unsubscribe(ProductId=product)
    click.echo(
        f"Unsubscribed from {product}. Endpoints that run it go on; new models cannot be made from it."
    )
