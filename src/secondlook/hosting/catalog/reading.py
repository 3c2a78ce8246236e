"""From a folder to a product."""

from __future__ import annotations

import stat
import tomllib
from pathlib import Path
from typing import Any

from secondlook.hosting.catalog.members import LOCAL, RAY, faults
from secondlook.hosting.catalog.product import Artifact, Product

FILE = "product.toml"


class CatalogError(ValueError):
    """A product folder cannot be read; the message names the file and all that is wrong with it."""


def read_product(folder: Path) -> Product:
    """The product in a folder. Raises CatalogError."""
    description = _parsed(folder)
    if wrong := list(faults(description)):
        raise CatalogError(f"{folder.name}/{FILE}: {'; '.join(wrong)}")
    if description["runtime"].get("instances") == RAY and (folder / "model").is_dir():
        raise CatalogError(
            f"{folder.name}/model lies on this server only, and the instances run on Ray: publish it as a .tar.gz "
            f"and name that in the table [artifact] of {FILE}, or leave runtime.instances out"
        )
    license_ = description["license"]
    listing = {key: _frozen(value) for key, value in description.items() if not isinstance(value, dict)}
    return Product(
        id=folder.name,
        folder=folder,
        license_name=license_["name"],
        license_text=_text(folder, license_["file"]),
        runtime=description["runtime"]["name"],
        url=description["runtime"].get("url"),
        token_file=description["runtime"].get("token_file"),
        instances=description["runtime"].get("instances", LOCAL),
        needs=tuple(description["runtime"].get("needs", ())),
        environment={key: str(value) for key, value in description.get("environment", {}).items()},
        artifact=Artifact(**description["artifact"]) if "artifact" in description else None,
        model_dir=folder / "model" if (folder / "model").is_dir() else None,
        **listing,
    )


def _parsed(folder: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(_text(folder, FILE))
    except tomllib.TOMLDecodeError as error:
        raise CatalogError(f"{folder.name}/{FILE} is no TOML: {error}") from None


def _text(folder: Path, name: str) -> str:
    file = folder / name
    try:
        if not stat.S_ISREG(file.stat().st_mode):
            raise CatalogError(f"{folder.name}/{name} must be a regular file")
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise CatalogError(f"{folder.name}/{name} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise CatalogError(f"{folder.name}/{name} is no text in UTF-8") from None


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value.strip() if isinstance(value, str) else value
