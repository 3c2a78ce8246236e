"""The variants of an endpoint as DescribeEndpoint shows them: those that answer, and those that an update brings up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row


def variants(row: Row[Any], answering: Mapping[str, int]) -> list[dict[str, Any]]:
    """ProductionVariants; what they have now, and what an update that only changes weights and numbers makes of them."""
    desired = {} if row.next is None or row.next["deploys"] else _by_name(row.next["variants"])
    since = row.modified_at if row.generation else row.created_at
    return [
        {
            **_shown(variant, answering, since, desired.get(variant["VariantName"], variant)),
            **(_status("Updating", row.modified_at) if variant["VariantName"] in desired else {}),
        }
        for variant in row.variants
    ]


def pending(row: Row[Any], arriving: Mapping[str, int]) -> dict[str, Any] | None:
    """PendingDeploymentSummary; None where nothing is deployed just now."""
    if row.next is None or not row.next["deploys"] or row.status == "Deleting":
        return None
    began = datetime.fromisoformat(row.next["began"])
    if row.status == "RollingBack":
        stage = "Deleting"
    elif row.next["share"]:
        stage = "Baking"
    else:
        stage = "Creating"
    return {
        "EndpointConfigName": row.next["config_name"],
        "ProductionVariants": [
            {
                **_shown(variant, arriving, began, variant),
                **_status(stage, row.modified_at if row.next["step"] else began),
            }
            for variant in row.next["variants"]
        ],
        "StartTime": began,
    }


def _by_name(variants: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {variant["VariantName"]: variant for variant in variants}


def _shown(
    variant: Mapping[str, Any], running: Mapping[str, int], since: datetime, desired: Mapping[str, Any]
) -> dict[str, Any]:
    image = variant["Container"]["image"]
    shown = {
        "VariantName": variant["VariantName"],
        "DeployedImages": [{"SpecifiedImage": image, "ResolvedImage": image, "ResolutionTime": since}],
        "CurrentWeight": variant["Weight"],
        "DesiredWeight": desired["Weight"],
    }
    if "Serverless" in variant:
        return {
            **shown,
            "CurrentServerlessConfig": variant["Serverless"],
            "DesiredServerlessConfig": desired.get("Serverless", variant["Serverless"]),
        }
    return {
        **shown,
        "CurrentInstanceCount": running.get(variant["VariantName"], 0),
        "DesiredInstanceCount": desired["InstanceCount"],
    }


def _status(status: str, since: datetime) -> dict[str, Any]:
    return {"VariantStatus": [{"Status": status, "StartTime": since}]}
