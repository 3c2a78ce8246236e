"""The account's private workforce [workforce.md, api.md §5]."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row

from secondlook.api.call import Call
from secondlook.api.listing import listed
from secondlook.review import workforce
from secondlook.store import tables

_KEPT = ("CognitoConfig", "OidcConfig", "SourceIpConfig", "WorkforceVpcConfig", "IpAddressType")


def create_workforce(call: Call) -> dict[str, Any]:
    name = call.params["WorkforceName"]
    with call.store.write() as cx:
        workforce.create(cx, name, _config(call), call.place.account, call.now)
    return {"WorkforceArn": call.place.arn("workforce", name)}


def describe_workforce(call: Call) -> dict[str, Any]:
    with call.store.read() as cx:
        return {"Workforce": _shown(call, workforce.find(cx, call.params["WorkforceName"]))}


def list_workforces(call: Call) -> dict[str, Any]:
    return listed(
        call,
        workforce.every(),
        "Workforces",
        lambda row: _shown(call, row),
        created=tables.workforce.c.created_at,
        name=tables.workforce.c.name,
        descending=False,
    )


def update_workforce(call: Call) -> dict[str, Any]:
    with call.store.write() as cx:
        row = workforce.change(cx, call.params["WorkforceName"], _config(call), call.now)
        return {"Workforce": _shown(call, row)}


def delete_workforce(call: Call) -> dict[str, Any]:
    with call.store.write() as cx:
        workforce.remove(cx, call.params["WorkforceName"], call.now)
    return {}


def _config(call: Call) -> dict[str, Any]:
    kept = {name: call.params[name] for name in _KEPT if name in call.params}
    if oidc := kept.get("OidcConfig"):
        # Sign-in through the provider is not offered yet, so its secret has no reader and is not kept.
        kept["OidcConfig"] = {name: value for name, value in oidc.items() if name != "ClientSecret"}
    return kept


def _shown(call: Call, row: Row[Any]) -> dict[str, Any]:
    config: Mapping[str, Any] = row.config
    return {
        "WorkforceName": row.name,
        "WorkforceArn": call.place.arn("workforce", row.name),
        "LastUpdatedDate": row.updated_at,
        "CreateDate": row.created_at,
        "SourceIpConfig": config.get("SourceIpConfig", {"Cidrs": []}),
        "SubDomain": call.services.settings.subdomain,
        "Status": "Active",
        **{name: config[name] for name in ("CognitoConfig", "OidcConfig", "IpAddressType") if name in config},
    }
