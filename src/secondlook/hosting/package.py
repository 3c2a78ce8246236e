"""Model packages, as SageMaker describes them: the products of the catalog.

Marketplace's products are unversioned packages of a seller's account; DescribeModelPackage shows a `ProductId` in their
containers, by which SageMaker's SDK knows them [hosting.md, sdk-wire-trace.md].
"""

from __future__ import annotations

from typing import Any

from secondlook.hosting.catalog import Catalog, Product
from secondlook.hosting.errors import Invalid, NotFound
from secondlook.names import Place


def find(catalog: Catalog, place: Place, name_or_arn: str) -> Product:
    """The product behind a package's name, ARN or alias.

    Raises NotFound for an unknown package, Invalid for an ARN of another Region.
    """
    product = catalog.by_arn(name_or_arn) if name_or_arn.startswith("arn:") else catalog.by_name(name_or_arn)
    if product is None:
        raise NotFound(f"ModelPackage {name_or_arn} does not exist.")
    if name_or_arn.startswith("arn:") and name_or_arn.split(":")[3] != place.region:
        raise Invalid(f"The ARN {name_or_arn} should be scoped to correct region: {place.region}")
    return product


def describe(catalog: Catalog, place: Place, name_or_arn: str) -> dict[str, Any]:
    """DescribeModelPackage. An alias is described under the name that was asked for."""
    product = find(catalog, place, name_or_arn)
    name = name_or_arn.rsplit("/", 1)[-1]
    return {
        "ModelPackageName": name,
        "ModelPackageArn": product.arn(place.region).replace(product.name, name),
        "ModelPackageDescription": product.summary,
        "CreationTime": product.published,
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
        "ModelPackageStatus": "Completed",
        "ModelPackageStatusDetails": {"ValidationStatuses": [], "ImageScanStatuses": []},
        "CertifyForMarketplace": True,
    }


def summary(product: Product, place: Place) -> dict[str, Any]:
    """One entry of ListModelPackages."""
    return {
        "ModelPackageName": product.name,
        "ModelPackageArn": product.arn(place.region),
        "ModelPackageDescription": product.summary,
        "CreationTime": product.published,
        "ModelPackageStatus": "Completed",
    }
