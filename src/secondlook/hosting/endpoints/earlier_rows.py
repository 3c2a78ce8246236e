"""Endpoints of releases whose rows named a product only, which was looked up at each start: they get what it says now."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, select, update

from secondlook.hosting.catalog import Catalog
from secondlook.hosting.packages.products import container
from secondlook.names import identifier
from secondlook.store.tables import endpoint


def complete(cx: Connection, catalog: Catalog) -> None:
    """Bring all rows to today's form; an endpoint whose product is gone is Failed, and says so."""
    for row in cx.execute(select(endpoint.c.id, endpoint.c.variants)).all():
        if all("runtime" in variant["Container"] for variant in row.variants):
            continue
        try:
            values: dict[str, Any] = {"variants": [_completed(variant, catalog) for variant in row.variants]}
        except LookupError as error:
            values = {"variants": [], "status": "Failed", "failure_reason": str(error)}
        cx.execute(update(endpoint).where(endpoint.c.id == row.id).values(values))


def _completed(variant: dict[str, Any], catalog: Catalog) -> dict[str, Any]:
    earlier = variant["Container"]
    product = catalog.by_id(earlier["product"])
    if product is None:
        raise LookupError(f"The product {earlier['product']} is no longer in the catalog.")
    today = replace(container(product), environment=earlier["environment"], copy=identifier())
    return {**variant, "Container": today.as_json()}
