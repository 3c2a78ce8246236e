"""Products whose models are scripts."""

from __future__ import annotations

import textwrap
from pathlib import Path

PRODUCT = """
name = "{id}-1"
seller = "123456789012"
product_id = "prod-{id}"
aliases = []
published = 2026-11-01T00:00:00Z
title = "A script"
summary = "Does what its script says."
highlights = ["Small"]
usage = "Send anything."
inputs = "Anything"
outputs = "Anything"
sample_input = "null"
price = "Free"
content_types = ["application/json"]
response_types = ["application/json"]
instance_types = ["ml.m4.xlarge", "ml.m5.large"]

[license]
name = "MIT-0"
file = "LICENSE.txt"

[runtime]
name = "inference_script"

[environment]
GREETING = "hello"
"""


def write_product(catalog: Path, id_: str, code: str) -> None:
    """A product of our own: a model that is a script."""
    folder = catalog / id_
    (folder / "model" / "code").mkdir(parents=True)
    (folder / "product.toml").write_text(PRODUCT.format(id=id_))
    (folder / "LICENSE.txt").write_text("Do as you like.")
    (folder / "model" / "code" / "inference.py").write_text(textwrap.dedent(code))
