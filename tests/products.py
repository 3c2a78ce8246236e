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
{runtime}
"""


def put_product(data: Path, name: str, script: str, content_type: str) -> None:
    """Put the product `name` into the catalog of a data directory; its package is called `<name>-1`."""
    code = data / "catalog" / name / "model" / "code"
    code.mkdir(parents=True)
    (code / "inference.py").write_text(textwrap.dedent(script))
    _describe(code.parents[1], content_type, 'name = "inference_script"')


def put_remote_product(data: Path, name: str, url: str, content_type: str) -> None:
    """As `put_product`, of a model that somebody else serves at `url`."""
    folder = data / "catalog" / name
    folder.mkdir(parents=True)
    _describe(folder, content_type, f'name = "remote"\nurl = "{url}"')


def put_ray_product(data: Path, name: str, url: str, sha256: str, size: int) -> None:
    """As `put_product`, of a model.tar.gz whose instances run on Ray; they greet with "hello"."""
    folder = data / "catalog" / name
    folder.mkdir(parents=True)
    runtime = f"""name = "inference_script"
instances = "ray"

[environment]
GREETING = "hello"

[artifact]
url = "{url}"
sha256 = "{sha256}"
size = {size}"""
    _describe(folder, "text/plain", runtime)


def _describe(folder: Path, content_type: str, runtime: str) -> None:
    (folder / "LICENSE.txt").write_text("Do as you like.")
    (folder / "product.toml").write_text(
        PRODUCT.format(id=folder.name, content_type=content_type, runtime=runtime)
    )
