"""The catalog: products that can be subscribed to and deployed, playing AWS Marketplace.

A product is a folder with `product.toml` and the text of its licence, here for the built-in ones, and in the data
directory's `catalog/` for an installation's own. A product of one's own may bring its model in a folder `model/`.
"""

from secondlook.hosting.catalog.index import BUILT_IN, Catalog, catalog_folders
from secondlook.hosting.catalog.product import Artifact, Product
from secondlook.hosting.catalog.reading import CatalogError, read_product

__all__ = ["BUILT_IN", "Artifact", "Catalog", "CatalogError", "Product", "catalog_folders", "read_product"]
