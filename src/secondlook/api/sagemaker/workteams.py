"""Work teams [workforce.md, api.md §5]. All teams of the workforce share the portal's address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row

from secondlook.api.call import Call
from secondlook.api.listing import listed
from secondlook.review import tags, workteam
from secondlook.store import tables

_KEPT = ("MemberDefinitions", "NotificationConfiguration", "WorkerAccessConfiguration")

_ACCESS_DEFAULT = {"S3Presign": {"IamPolicyConstraints": {"SourceIp": "Disabled", "VpcSourceIp": "Disabled"}}}
"""What the service fills in when nothing was given [workforce.md, Network limits]."""


def create_workteam(call: Call) -> dict[str, Any]:
    params = call.params
    arn = call.place.workteam(params["WorkteamName"])
    with call.store.write() as cx:
        workteam.create(
            cx,
            params["WorkteamName"],
            params["Description"],
            _config(params),
            call.now,
            of=params.get("WorkforceName"),
        )
        tags.put(cx, arn, params.get("Tags", ()))
    return {"WorkteamArn": arn}


def describe_workteam(call: Call) -> dict[str, Any]:
    with call.store.read() as cx:
        return {"Workteam": _shown(call, workteam.find(cx, call.params["WorkteamName"]))}


def list_workteams(call: Call) -> dict[str, Any]:
    return listed(
        call,
        workteam.every(),
        "Workteams",
        lambda row: _shown(call, row),
        created=tables.workteam.c.created_at,
        name=tables.workteam.c.name,
        descending=False,
    )


def update_workteam(call: Call) -> dict[str, Any]:
    params = call.params
    with call.store.write() as cx:
        row = workteam.find(cx, params["WorkteamName"])
        values = {
            "config": {**row.config, **_config(params)},
            "description": params.get("Description", row.description),
        }
        return {"Workteam": _shown(call, workteam.change(cx, row.name, values, call.now))}


def delete_workteam(call: Call) -> dict[str, Any]:
    name = call.params["WorkteamName"]
    with call.store.write() as cx:
        workteam.remove(cx, name, call.now)
        tags.drop(cx, call.place.workteam(name))
    return {"Success": True}


def _config(params: Mapping[str, Any]) -> dict[str, Any]:
    return {name: params[name] for name in _KEPT if name in params}


def _shown(call: Call, row: Row[Any]) -> dict[str, Any]:
    return {
        "WorkteamName": row.name,
        "WorkteamArn": call.place.workteam(row.name),
        "WorkforceArn": call.place.arn("workforce", row.workforce),
        "MemberDefinitions": row.config.get("MemberDefinitions", _own_members(call, row)),
        "Description": row.description,
        "SubDomain": call.services.settings.subdomain,
        "CreateDate": row.created_at,
        "LastUpdatedDate": row.updated_at,
        "NotificationConfiguration": row.config.get("NotificationConfiguration", {}),
        "WorkerAccessConfiguration": row.config.get("WorkerAccessConfiguration", _ACCESS_DEFAULT),
    }


def _own_members(call: Call, row: Row[Any]) -> list[dict[str, Any]]:
    """A team of this server's own accounts, in the only shape that the model has for members: a pool and a group."""
    pool = f"{call.place.region}_secondlook"
    return [{"CognitoMemberDefinition": {"UserPool": pool, "UserGroup": row.name, "ClientId": "secondlook"}}]
