"""Models [hosting.md, Models]."""

from __future__ import annotations

from typing import Any

from secondlook.api.call import Call
from secondlook.api.listing import listed
from secondlook.api.sagemaker.bringing import check_bringing
from secondlook.hosting.models import model
from secondlook.review import tags
from secondlook.store import tables


def create_model(call: Call) -> dict[str, Any]:
    packages = call.services.packages
    with call.store.read() as cx:
        container = model.wanted(cx, packages, call.params)
    check_bringing(call, container)
    with call.store.write() as cx:
        arn = model.create(cx, packages, call.place, call.params, call.now, container)
        tags.put(cx, arn, call.params.get("Tags", ()))
    return {"ModelArn": arn}


def describe_model(call: Call) -> dict[str, Any]:
    with call.store.read() as cx:
        return model.describe(cx, call.place, call.params["ModelName"])


def list_models(call: Call) -> dict[str, Any]:
    return listed(
        call,
        model.every(),
        "Models",
        lambda row: {
            "ModelName": row.name,
            "ModelArn": call.place.arn("model", row.name),
            "CreationTime": row.created_at,
        },
        created=tables.model.c.created_at,
        name=tables.model.c.name,
    )


def delete_model(call: Call) -> dict[str, Any]:
    with call.store.write() as cx:
        model.remove(cx, call.place, call.params["ModelName"])
        tags.drop(cx, call.place.arn("model", call.params["ModelName"]))
    return {}
