"""Packages that programs registered, as a source: rows, of this account and Region [hosting.md, Model packages]."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from secondlook.hosting.catalog import Catalog
from secondlook.hosting.container import Container
from secondlook.hosting.errors import Invalid
from secondlook.hosting.images import Images
from secondlook.hosting.packages import products
from secondlook.hosting.packages.package import Package, summary_of
from secondlook.names import Place
from secondlook.store.tables import model_package

RESOURCE = "model-package"

_ARN = re.compile(r"arn:aws[a-z-]*:sagemaker:[a-z0-9-]+:(?P<account>[0-9]{12}):model-package/(?P<name>.+)")
_NAME = re.compile(r"(?P<name>[^/]+)(?:/(?P<version>[1-9][0-9]{0,8}))?")


class Registered:
    """The packages of one place. `catalog` has the products that some of them were made from, `images` say what runs the others."""

    def __init__(self, place: Place, catalog: Catalog, images: Images) -> None:
        self._place = place
        self._catalog = catalog
        self._images = images

    def find(self, cx: Connection, name_or_arn: str) -> Package | None:
        """By name, by group and version, or by the ARN of one of these."""
        found = row(cx, self._place, name_or_arn)
        return self.package(found) if found is not None else None

    def usable(self, _cx: Connection) -> tuple[Package, ...]:
        """None: lists page through `every`."""
        return ()

    def package(self, row: Row[Any]) -> Package:
        """A row as a package."""
        product: str | None = row.product

        def runs(definition: Mapping[str, Any]) -> Container:
            if product is None:
                return self._images.container(definition)
            return self._of_product(product, definition)

        return Package(describe(row, self._place), runs, offering=product)

    def _of_product(self, product_id: str, definition: Mapping[str, Any]) -> Container:
        product = self._catalog.by_id(product_id)
        if product is None:
            raise Invalid(
                f"The product {product_id}, which the model package was made from, is not in the catalog any more."
            )
        container = products.container(product)
        return replace(container, environment={**container.environment, **definition.get("Environment", {})})


def every() -> Select[Any]:
    """All rows."""
    return select(model_package)


def row(cx: Connection, place: Place, name_or_arn: str, *, locked: bool = False) -> Row[Any] | None:
    """By name, group and version, or ARN, whatever Region it says; `locked` until the end of the transaction."""
    named = _named(place, name_or_arn)
    if named is None:
        return None
    query = every().where(model_package.c.name == named[0], model_package.c.version == named[1])
    return cx.execute(query.with_for_update() if locked else query).one_or_none()


def name(of: str, version: int) -> str:
    """What stands behind `model-package/`: the name, or the group's and the version, 0 for an unversioned package."""
    return f"{of}/{version}" if version else of


def arn(place: Place, of: str, version: int) -> str:
    """The ARN, of what `name` is given."""
    return place.arn(RESOURCE, name(of, version))


def describe(row: Row[Any], place: Place) -> dict[str, Any]:
    """DescribeModelPackage. What was to be validated has not been: no validation is run here [our choice]."""
    profiles = row.definition.get("ValidationSpecification", {}).get("ValidationProfiles", ())
    statuses = [{"Name": profile["ProfileName"], "Status": "NotStarted"} for profile in profiles]
    if row.version:
        names = {"ModelPackageGroupName": row.name, "ModelPackageVersion": row.version}
    else:
        names = {"ModelPackageName": row.name}
    approval = {"ModelApprovalStatus": row.approval_status} if row.approval_status else {}
    modified = {"LastModifiedTime": row.modified_at} if row.modified_at != row.created_at else {}
    return {
        **names,
        "ModelPackageArn": arn(place, row.name, row.version),
        "CreationTime": row.created_at,
        "ModelPackageStatus": "Completed",
        "ModelPackageStatusDetails": {"ValidationStatuses": statuses, "ImageScanStatuses": []},
        "CertifyForMarketplace": False,
        **row.definition,
        **approval,
        **modified,
    }


def summary(row: Row[Any], place: Place) -> dict[str, Any]:
    """One entry of ListModelPackages."""
    return summary_of(describe(row, place))


def _named(place: Place, name_or_arn: str) -> tuple[str, int] | None:
    """Name and version (0: none) of what may be ours."""
    resource = name_or_arn
    if name_or_arn.startswith("arn:"):
        found = _ARN.fullmatch(name_or_arn)
        if found is None or found["account"] != place.account:
            return None
        resource = found["name"]
    parts = _NAME.fullmatch(resource)
    return (parts["name"], int(parts["version"] or 0)) if parts else None
