"""A product of an installation's own, whose model is a script: for tests that need a model but no weights."""

from __future__ import annotations

import textwrap
from pathlib import Path

PRODUCT = """
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
content_types = ["{content_type}"]
response_types = ["{content_type}"]
instance_types = ["ml.m4.xlarge"]

[license]
name = "MIT-0"
file = "LICENSE.txt"

[runtime]
name = "inference_script"
"""


def put_product(data: Path, name: str, script: str, content_type: str) -> None:
    """Put the product `name` on the shelf of a data directory; its package is called `<name>-1`."""
    folder = data / "catalog" / name
    (folder / "model" / "code").mkdir(parents=True)
    (folder / "product.toml").write_text(PRODUCT.format(id=name, content_type=content_type))
    (folder / "LICENSE.txt").write_text("Do as you like.")
    (folder / "model" / "code" / "inference.py").write_text(textwrap.dedent(script))
