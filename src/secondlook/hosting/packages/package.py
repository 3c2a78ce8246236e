"""One model package, wherever it is kept: what SageMaker describes of it, and what a model made from it runs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Connection

from secondlook.hosting.container import Container


@dataclass(frozen=True, slots=True)
class Package:
    """A model package. `container` is what its models run unless they set other variables."""

    name: str
    arn: str
    description: str
    created_at: datetime
    container: Container
    content_types: tuple[str, ...]
    response_types: tuple[str, ...]
    instance_types: tuple[str, ...]
    offering: str | None = None  # the product that has to be subscribed to
    product_id: str | None = None  # Marketplace's ProductId, by which SageMaker's SDK knows its packages

    def describe(self) -> dict[str, Any]:
        """DescribeModelPackage."""
        product = {"ProductId": self.product_id} if self.product_id else {}
        return {
            **self.summary(),
            "InferenceSpecification": {
                "Containers": [
                    {
                        "Image": self.container.image,
                        **product,
                        "Environment": dict(self.container.environment),
                    }
                ],
                "SupportedRealtimeInferenceInstanceTypes": list(self.instance_types),
                "SupportedContentTypes": list(self.content_types),
                "SupportedResponseMIMETypes": list(self.response_types),
            },
            "ModelPackageStatusDetails": {"ValidationStatuses": [], "ImageScanStatuses": []},
            "CertifyForMarketplace": self.product_id is not None,
        }

    def summary(self) -> dict[str, Any]:
        """One entry of ListModelPackages."""
        return {
            "ModelPackageName": self.name,
            "ModelPackageArn": self.arn,
            "ModelPackageDescription": self.description,
            "CreationTime": self.created_at,
            "ModelPackageStatus": "Completed",
        }


class Source(Protocol):
    """A place where packages are kept: the catalog's folders; rows, when programs can register packages of their own."""

    def find(self, cx: Connection, name_or_arn: str) -> Package | None:
        """The package of that name or ARN, whatever Region the ARN says."""

    def usable(self, cx: Connection) -> Iterable[Package]:
        """Those that models can be made from now."""
