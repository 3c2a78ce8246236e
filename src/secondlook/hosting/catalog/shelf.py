"""The products of one installation, found by id, by name and by ARN."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from secondlook.hosting.catalog.product import CatalogError, Product, read_product

BUILT_IN = Path(__file__).parent
"""The folder with the products that come with the package."""


class Catalog:
    """Products by id. `folders` hold one folder per product; one that does not exist holds none.

    Raises CatalogError when two products share a name, or one cannot be read.
    """

    def __init__(self, folders: Iterable[Path] = (BUILT_IN,)) -> None:
        self._by_id: dict[str, Product] = {}
        self._by_name: dict[str, Product] = {}
        for folder in folders:
            for file in sorted(folder.glob("*/product.toml")):
                self._add(read_product(file.parent))

    def _add(self, product: Product) -> None:
        for name in (product.name, *product.aliases):
            other = self._by_name.setdefault(name, product)
            if other is not product:
                raise CatalogError(f"the products {other.id} and {product.id} both say they are {name}")
        if product.id in self._by_id:
            raise CatalogError(f"there are two products called {product.id}")
        self._by_id[product.id] = product

    def products(self) -> list[Product]:
        """All of them, by id."""
        return [self._by_id[key] for key in sorted(self._by_id)]

    def by_id(self, id: str) -> Product | None:  # noqa: A002  (it is called so everywhere)
        return self._by_id.get(id)

    def by_name(self, name: str) -> Product | None:
        """By model package name or alias."""
        return self._by_name.get(name)

    def by_arn(self, arn: str) -> Product | None:
        """By product ARN or an alias's ARN, of any Region; None for an ARN of another kind or seller."""
        resource, _, name = arn.partition("/")
        product = self._by_name.get(name)
        if product is None or not resource.endswith(f":{product.seller}:model-package"):
            return None
        return product
