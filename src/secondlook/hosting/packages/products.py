"""The catalog as a source of packages: a product is an unversioned package of its seller's account, as on AWS Marketplace.

DescribeModelPackage shows a `ProductId` in its containers, by which SageMaker's SDK knows it [hosting.md, sdk-wire-trace.md].
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from secondlook.hosting.catalog import Catalog, Product
from secondlook.hosting.catalog.members import REMOTE, TRANSLATING
from secondlook.hosting.container import Container
from secondlook.hosting.packages import subscriptions
from secondlook.hosting.packages.package import Package


class Products:
    """The packages of a catalog, with the ARNs of a Region."""

    def __init__(self, catalog: Catalog, region: str) -> None:
        self._catalog = catalog
        self._region = region

    def find(self, _cx: Connection, name_or_arn: str) -> Package | None:
        """A product is found by its aliases too, and is then described under the alias."""
        is_arn = name_or_arn.startswith("arn:")
        product = self._catalog.by_arn(name_or_arn) if is_arn else self._catalog.by_name(name_or_arn)
        return _package(product, name_or_arn.rsplit("/", 1)[-1], self._region) if product else None

    def usable(self, cx: Connection) -> Iterator[Package]:
        """Those that are subscribed to."""
        subscribed = subscriptions.subscribed(cx)
        for product in self._catalog.products():
            if product.id in subscribed:
                yield _package(product, product.name, self._region)


def container(product: Product) -> Container:
    """What runs a product as it is now."""
    return Container(
        product=product.id,
        image=product.image,
        runtime=product.runtime,
        environment=product.environment,
        needs=product.needs,
        artifact=product.artifact,
        url=product.url if product.runtime == REMOTE else None,
        server_url=product.url if product.runtime in TRANSLATING else None,
        token_file=product.token_file,
        instances=product.instances,
    )


def _package(product: Product, name: str, region: str) -> Package:
    described = {
        "ModelPackageName": name,
        "ModelPackageArn": product.arn(region).replace(product.name, name),
        "ModelPackageDescription": product.summary,
        "CreationTime": product.published,
        "ModelPackageStatus": "Completed",
        "InferenceSpecification": {
            "Containers": [
                {
                    "Image": product.image,
                    "ProductId": product.product_id,
                    "Environment": dict(product.environment),
                }
            ],
            "SupportedRealtimeInferenceInstanceTypes": list(product.instance_types),
            "SupportedContentTypes": list(product.content_types),
            "SupportedResponseMIMETypes": list(product.response_types),
        },
        "ModelPackageStatusDetails": {"ValidationStatuses": [], "ImageScanStatuses": []},
        "CertifyForMarketplace": True,
    }
    return Package(described, lambda _definition: container(product), offering=product.id)
