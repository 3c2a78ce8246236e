"""Model packages: the products of the catalog as SageMaker describes them [hosting.md, marketplace.md]."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from secondlook.api.call import Call
from secondlook.api.listing import DEFAULT_SIZE
from secondlook.hosting import package, subscriptions
from secondlook.wire import errors

_BEFORE_ALL, _AFTER_ALL = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


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
    after, before = given.get("CreationTimeAfter", _BEFORE_ALL), given.get("CreationTimeBefore", _AFTER_ALL)
    kept = [one for one in found if part in one["ModelPackageName"] and after < one["CreationTime"] < before]
    key = "ModelPackageName" if given.get("SortBy") == "Name" else "CreationTime"
    kept.sort(key=lambda one: one[key], reverse=given.get("SortOrder", "Descending") == "Descending")
    start = _start(given.get("NextToken") or "0")
    end = start + given.get("MaxResults", DEFAULT_SIZE)
    return {
        "ModelPackageSummaryList": kept[start:end],
        **({"NextToken": str(end)} if end < len(kept) else {}),
    }


def _start(token: str) -> int:
    if not re.fullmatch("[0-9]{1,9}", token):
        raise errors.validation("NextToken is not one that this list gave out")
    return int(token)
