"""Model packages: the products of the catalog as SageMaker describes them [hosting.md, marketplace.md]."""

from __future__ import annotations

from typing import Any

from secondlook.api.call import Call
from secondlook.hosting import package, subscriptions


def describe_model_package(call: Call) -> dict[str, Any]:
    return package.describe(call.house.catalog, call.place, call.params["ModelPackageName"])


def list_model_packages(call: Call) -> dict[str, Any]:
    """The packages that were subscribed to, newest first (our choice [hosting.md]); none of them is versioned."""
    given = call.params
    if given.get("ModelPackageType") == "Versioned" or given.get("ModelPackageGroupName"):
        return {"ModelPackageSummaryList": []}
    with call.store.read() as cx:
        subscribed = subscriptions.subscribed(cx)
    found = [
        package.summary(one, call.place) for one in call.house.catalog.products() if one.id in subscribed
    ]
    part = given.get("NameContains", "")
    kept = [one for one in found if part in one["ModelPackageName"]]
    key = "ModelPackageName" if given.get("SortBy") == "Name" else "CreationTime"
    kept.sort(key=lambda one: one[key], reverse=given.get("SortOrder", "Descending") == "Descending")
    return {"ModelPackageSummaryList": kept[: given.get("MaxResults", 100)]}
