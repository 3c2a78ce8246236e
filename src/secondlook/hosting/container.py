"""A container: what one instance runs, resolved from a model's definition so that it outlives the model.

Kept as JSON in the endpoint's row: deleting a model or its package leaves running endpoints alone [hosting.md].
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from sqlalchemy import Connection

from secondlook.hosting import package, subscriptions
from secondlook.hosting.catalog import Catalog, Product
from secondlook.hosting.errors import Invalid
from secondlook.names import Place

_LOADS_CODE = re.compile(
    r"LD_.*|DYLD_.*|PYTHON.*|OPENSSL_.*|PATH|HOME|TMPDIR|BASH_ENV|ENV|GCONV_PATH|LOCPATH|NLSPATH|GLIBC_TUNABLES",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Container:
    """`product` is a product's id; `environment` is the package's, overlaid by the model's."""

    product: str
    image: str
    environment: Mapping[str, str]

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """From the JSON of an endpoint's row."""
        return cls(**values)

    def as_json(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)


def product_of(cx: Connection, catalog: Catalog, place: Place, definition: Mapping[str, Any]) -> Product:
    """The product that a ContainerDefinition names. Raises Invalid, in AWS's words if it is not subscribed to."""
    name = definition.get("ModelPackageName")
    if name is None:
        raise Invalid(
            "This server runs model packages, not container images: give ModelPackageName instead of Image. "
            "`secondlook catalog list` shows the packages."
        )
    product = package.find(catalog, place, name)
    if not subscriptions.is_subscribed(cx, product):
        raise Invalid("Caller is not subscribed to the marketplace offering.")
    return product


def check_environment(definition: Mapping[str, Any]) -> None:
    """Refuse variables that would have a model's process load other code than its product's. Raises Invalid.

    The process runs as the server does, and whoever makes a model need not be an admin.
    """
    for name in definition.get("Environment", {}):
        if _LOADS_CODE.fullmatch(name):
            raise Invalid(
                f"The Environment of a model cannot set {name}: it decides which code or configuration a process loads, "
                "and that is the package's to say."
            )


def resolve(catalog: Catalog, place: Place, definition: Mapping[str, Any]) -> tuple[Product, Container]:
    """The container that a stored definition stands for."""
    product = package.find(catalog, place, definition["ModelPackageName"])
    environment = {**product.environment, **definition.get("Environment", {})}
    return product, Container(product.id, product.image, environment)
