"""A product of an installation's own: a folder in the catalog of its data directory, from which models are made."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

_PRODUCT = """\
name = "{id}-1"
seller = "123456789012"
product_id = "prod-{id}"
aliases = []
published = 2026-11-01T00:00:00Z
title = "{id}"
summary = "Does what it is told."
highlights = ["Small"]
usage = "Send an order."
inputs = "An order"
outputs = "What was done"
sample_input = "null"
price = "Free"
content_types = [{content_types}]
response_types = [{content_types}]
instance_types = ["ml.m4.xlarge"]

[license]
name = "MIT-0"
file = "LICENSE.txt"

[runtime]
{runtime}
"""


def put_remote_product(data: Path, name: str, url: str, *content_types: str) -> None:
    """Put the product `name` into the catalog of a data directory: a model that is served at `url`.

    `name` is that of a folder and of a package, `<name>-1`: letters, digits and hyphens.
    """
    folder = data / "catalog" / name
    folder.mkdir(parents=True)
    describe(folder, content_types, f'name = "remote"\nurl = "{url}"')


def describe(folder: Path, content_types: Sequence[str], runtime: str) -> None:
    """Make a product of a folder; `runtime` is the TOML of that table."""
    (folder / "LICENSE.txt").write_text("Do as you like.")
    (folder / "product.toml").write_text(
        _PRODUCT.format(
            id=folder.name, content_types=", ".join(f'"{kind}"' for kind in content_types), runtime=runtime
        )
    )
