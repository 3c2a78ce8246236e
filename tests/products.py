"""A product of an installation's own, whose model is a script: for tests that need a model but no weights."""

from __future__ import annotations

import textwrap
from pathlib import Path

from secondlook.testing.products import describe, put_remote_product

__all__ = ["put_product", "put_ray_product", "put_remote_product"]


def put_product(data: Path, name: str, script: str, content_type: str) -> None:
    """Put the product `name` into the catalog of a data directory; its package is called `<name>-1`."""
    code = data / "catalog" / name / "model" / "code"
    code.mkdir(parents=True)
    (code / "inference.py").write_text(textwrap.dedent(script))
    describe(code.parents[1], [content_type], 'name = "inference_script"')


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
    describe(folder, ["text/plain"], runtime)
