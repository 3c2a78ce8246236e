"""One product: what a listing page would say about it, and how it runs."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

_NAME = re.compile(r"[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}")


class CatalogError(ValueError):
    """A product folder cannot be read; the message names the file and what is wrong."""


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
    runtime: str  # a module of hosting.runtimes
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


def read_product(folder: Path) -> Product:
    """The product in a folder. Raises CatalogError naming the file and the member that is wrong."""
    file = folder / "product.toml"
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
        listing = {key: _frozen(value) for key, value in told.items() if not isinstance(value, dict)}
        license_ = told["license"]
        product = Product(
            id=folder.name,
            folder=folder,
            license_name=license_["name"],
            license_text=(folder / license_["file"]).read_text(encoding="utf-8"),
            runtime=told["runtime"]["name"],
            needs=tuple(told["runtime"].get("needs", ())),
            environment={key: str(value) for key, value in told.get("environment", {}).items()},
            artifact=Artifact(**told["artifact"]) if "artifact" in told else None,
            model_dir=folder / "model" if (folder / "model").is_dir() else None,
            **listing,
        )
    except KeyError as missing:
        raise CatalogError(f"{file} has no {missing}") from None
    except (OSError, TypeError, tomllib.TOMLDecodeError) as error:
        raise CatalogError(f"{file}: {error}") from error
    for name in (product.name, *product.aliases):
        if not _NAME.fullmatch(name):
            raise CatalogError(
                f"{file}: {name!r} is no model package name (letters, digits, inner hyphens, up to 63)"
            )
    return product


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value.strip() if isinstance(value, str) else value
