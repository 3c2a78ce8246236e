"""Model packages: the products of the catalog as SageMaker describes them [hosting.md, marketplace.md]."""

from __future__ import annotations

from typing import Any

from secondlook.api.call import Call
from secondlook.api.listing import DEFAULT_SIZE
from secondlook.wire import errors


def describe_model_package(call: Call) -> dict[str, Any]:
    with call.store.read() as cx:
        return call.services.packages.find(cx, call.params["ModelPackageName"]).describe()


def list_model_packages(call: Call) -> dict[str, Any]:
    """The packages that were subscribed to, newest first (our choice [hosting.md]); none of them is versioned.

    There are few, so a page is cut from all of them, and NextToken is the name that its last one has.
    """
    params = call.params
    with call.store.read() as cx:
        every = [package.summary() for package in call.services.packages.usable(cx)]
    summaries = [summary for summary in every if _is_wanted(summary, params)]
    by_name = params.get("SortBy") == "Name"
    summaries.sort(
        key=lambda summary: (
            "" if by_name else summary["CreationTime"].isoformat(),
            summary["ModelPackageName"],
        ),
        reverse=params.get("SortOrder", "Descending") == "Descending",
    )
    start = _start([summary["ModelPackageName"] for summary in summaries], params.get("NextToken"))
    page = summaries[start : start + params.get("MaxResults", DEFAULT_SIZE)]
    more = start + len(page) < len(summaries)
    return {
        "ModelPackageSummaryList": page,
        **({"NextToken": page[-1]["ModelPackageName"]} if more else {}),
    }


def _is_wanted(summary: dict[str, Any], params: dict[str, Any]) -> bool:
    versioned = params.get("ModelPackageType") == "Versioned" or params.get("ModelPackageGroupName")
    if versioned or "ModelApprovalStatus" in params:  # only versioned packages are approved
        return False
    after, before = params.get("CreationTimeAfter"), params.get("CreationTimeBefore")
    created = summary["CreationTime"]
    return (
        params.get("NameContains", "") in summary["ModelPackageName"]
        and (after is None or created > after)
        and (before is None or created < before)
    )


def _start(names: list[str], token: str | None) -> int:
    if token is None:
        return 0
    if token not in names:
        raise errors.validation("NextToken is not one that this list gave out")
    return names.index(token) + 1
