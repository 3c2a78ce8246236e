"""A registry of packages, and what programs ask of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import Connection

from secondlook.hosting.catalog import Catalog
from secondlook.hosting.images import Images
from secondlook.hosting.models import model, source
from secondlook.hosting.packages import (
    Packages,
    Products,
    Registered,
    changes,
    groups,
    registration,
    subscriptions,
)

from .conftest import NOW, PLACE

CATALOG = Catalog()
IMAGES = Images()
PACKAGES = Packages(PLACE, Registered(PLACE, CATALOG, IMAGES), Products(CATALOG, PLACE.region), images=IMAGES)
DETECTOR = CATALOG.by_id("fastestdet-coco")
IMAGE = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-scikit-learn:1.2-1-cpu-py3"
CONTAINER = {"Image": IMAGE, "ModelDataUrl": "s3://models/a/model.tar.gz"}
SPECIFICATION = {"Containers": [CONTAINER], "SupportedContentTypes": ["text/csv"]}
LATER = NOW + timedelta(minutes=1)


def arn(name: str) -> str:
    return PLACE.arn("model-package", name)


def create(cx: Connection, **params: Any) -> str:
    """CreateModelPackage, of a scikit-learn container unless it says otherwise."""
    if not params.keys() & {"InferenceSpecification", "SourceAlgorithmSpecification", "SourceUri"}:
        params["InferenceSpecification"] = SPECIFICATION
    origin = source.origin(cx, PACKAGES, PLACE, params.get("SourceUri"))
    return registration.create(cx, PACKAGES, PLACE, params, NOW, origin)


def update(cx: Connection, name: str, **params: Any) -> str:
    origin = source.origin(cx, PACKAGES, PLACE, params.get("SourceUri"))
    return changes.change(cx, PACKAGES, PLACE, {"ModelPackageArn": arn(name), **params}, LATER, origin)


def described(cx: Connection, name_or_arn: str) -> dict[str, Any]:
    return PACKAGES.find(cx, name_or_arn).describe()


def group(cx: Connection, name: str = "g") -> str:
    return groups.create(cx, PLACE, {"ModelPackageGroupName": name}, NOW)


def subscribed(cx: Connection) -> None:
    subscriptions.subscribe(cx, DETECTOR, "AKIDALICE", NOW, license_accepted=True)


def modelled(cx: Connection, package: str, name: str = "m", **more: Any) -> None:
    """CreateModel, by somebody who may bring code."""
    params = {"ModelName": name, "PrimaryContainer": {"ModelPackageName": package, **more}}
    model.create(cx, PACKAGES, PLACE, params, NOW, model.wanted(cx, PACKAGES, params))


def algorithm(name: str, **data: Any) -> dict[str, Any]:
    return {"SourceAlgorithms": [{"AlgorithmName": name, **data}]}
