"""The catalog of products: what AWS Marketplace does in a browser [marketplace.md]."""

from __future__ import annotations

from typing import Any

from secondlook.api.call import Call
from secondlook.hosting.catalog import Product
from secondlook.hosting.packages import subscriptions
from secondlook.review.errors import NotFound


def list_products(call: Call) -> dict[str, Any]:
    with call.store.read() as cx:
        subscribed = subscriptions.subscribed(cx)
    catalog = call.services.catalog
    return {
        "Products": [_shown(product, product.id in subscribed, call) for product in catalog.products()],
        "Skipped": [{"ProductId": name, "Reason": why} for name, why in catalog.skipped().items()],
    }


def describe_product(call: Call) -> dict[str, Any]:
    product = _product(call)
    with call.store.read() as cx:
        subscribed = subscriptions.subscribed(cx)
    return {
        "Product": {**_shown(product, product.id in subscribed, call), "LicenseText": product.license_text}
    }


def subscribe(call: Call) -> dict[str, Any]:
    """Subscribe, which needs the licence accepted in so many words."""
    product = _product(call)
    accepted = call.params.get("AcceptLicense", False)
    with call.store.write() as cx:
        subscriptions.subscribe(cx, product, call.caller.key_id, call.now, license_accepted=accepted)
    return {"ModelPackageArn": product.arn(call.place.region)}


def unsubscribe(call: Call) -> dict[str, Any]:
    product = _product(call)
    with call.store.write() as cx:
        subscriptions.unsubscribe(cx, product)
    return {}


def _product(call: Call) -> Product:
    """By id, or by the ARN that programs use. Raises NotFound, which says why where the catalog skips it."""
    name, catalog = call.params["ProductId"], call.services.catalog
    product = catalog.by_arn(name) if name.startswith("arn:") else catalog.by_id(name)
    if product is None and (why := catalog.skipped().get(name)):
        raise NotFound(f"The catalog skips the product {name!r}: {why}.")
    if product is None:
        known = ", ".join(product.id for product in catalog.products())
        raise NotFound(f"There is no product {name!r} in the catalog; there are: {known}.")
    return product


def _shown(product: Product, subscribed: bool, call: Call) -> dict[str, Any]:
    return {
        "ProductId": product.id,
        "Title": product.title,
        "ModelPackageArn": product.arn(call.place.region),
        "Aliases": list(product.aliases),
        "Highlights": list(product.highlights),
        "Usage": product.usage,
        "Inputs": product.inputs,
        "Outputs": product.outputs,
        "SampleInput": product.sample_input,
        "ContentTypes": list(product.content_types),
        "InstanceTypes": list(product.instance_types),
        "Price": product.price,
        "LicenseName": product.license_name,
        "Subscribed": subscribed,
    }
