"""One product: what a listing page would say about it, and how it runs."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file that a model needs: where it is published, and what it must be."""

    url: str
    sha256: str  # lower-case hex
    size: int  # bytes

    @property
    def file_name(self) -> str:
        return urlsplit(self.url).path.rsplit("/", 1)[-1] or "artifact"


@dataclass(frozen=True, slots=True)
class Product:
    """A catalog entry. Texts are plain; `environment` is what the container gets unless a model says otherwise."""

    id: str  # the folder's name; what the command line and the console say
    name: str  # the model package's name, ending in 32 hex digits as Marketplace's do
    seller: str  # the 12-digit account of the ARN
    product_id: str  # ProductId in the package's containers [sdk-wire-trace.md, row 12]
    aliases: tuple[str, ...]  # further model package names that mean this product
    published: datetime  # aware; the package's CreationTime
    title: str
    summary: str
    highlights: tuple[str, ...]
    usage: str
    inputs: str
    outputs: str
    sample_input: str
    price: str
    content_types: tuple[str, ...]
    response_types: tuple[str, ...]
    instance_types: tuple[str, ...]
    license_name: str  # an SPDX identifier
    license_text: str
    runtime: str  # a module of hosting.runtimes, or "remote"
    url: str | None  # of a server elsewhere
    token_file: str | None  # with the token that this server asks for
    instances: str  # where they run: "local" or "ray"
    needs: tuple[str, ...]  # modules that must be importable where it runs
    environment: Mapping[str, str]
    artifact: Artifact | None  # fetched before the first start
    folder: Path  # where product.toml lies
    model_dir: Path | None  # the folder `model/` beside it, if there is one

    @property
    def image(self) -> str:
        """What stands where AWS shows a container image."""
        return f"secondlook/{self.runtime}"

    @property
    def license_sha256(self) -> str:
        """Which text was accepted, for the subscription's record."""
        return hashlib.sha256(self.license_text.encode()).hexdigest()

    def arn(self, region: str) -> str:
        """The product ARN of a Region."""
        return f"arn:aws:sagemaker:{region}:{self.seller}:model-package/{self.name}"
