"""Updates of endpoints in service: facts with a duty, as their creation is; what answers is not touched before all that is new answers.

InService → Updating → InService, or RollingBack → InService with the reason, or UpdateRollbackFailed
[hosting.md, Endpoint configs and endpoints]. `next` of the row is what is brought up. UpdateEndpoint's variants are of a generation of
their own; UpdateEndpointWeightsAndCapacities names the variants that there are, in other numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from secondlook.hosting.endpoints import endpoint, kinds, serverless, traffic
from secondlook.hosting.endpoints.resolution import require_room, resolved
from secondlook.hosting.endpoints.telling import tell
from secondlook.hosting.errors import Invalid
from secondlook.hosting.files.pinning import NO_PINS, Pins
from secondlook.hosting.packages import Packages
from secondlook.hosting.variant import VariantSettings
from secondlook.names import Place, identifier
from secondlook.store import journal, tables
from secondlook.store.outbox import owe
from secondlook.store.version import raise_version

DUTY = "update-endpoint"


def begin(
    cx: Connection,
    packages: Packages,
    place: Place,
    params: Mapping[str, Any],
    now: datetime,
    pins: Pins = NO_PINS,
) -> str:
    """UpdateEndpoint from its parameters: status Updating, and the duty to bring it up. Answers the ARN.

    `pins` are the versions of the model data that the models name (`resolution.containers`).

    Raises NotFound for an unknown endpoint or config; Invalid where it is not InService, and what `resolved` and `traffic.steps` do.
    """
    row = _in_service(cx, place, params["EndpointName"])
    following = resolved(cx, packages, place, params["EndpointConfigName"], pins)
    kinds.check_update(row, following)
    if params.get("RetainAllVariantProperties"):
        excluded = {
            each["VariantPropertyType"] for each in params.get("ExcludeRetainedVariantProperties") or ()
        }
        following = _retaining(row, following, excluded)
    generation = row.generation + 1
    variants = [
        replace(VariantSettings.from_json(variant), generation=generation)
        for variant in following["variants"]
    ]
    for variant in variants:
        require_room(variant)
    deployment = params.get("DeploymentConfig") or (
        row.deployment if params.get("RetainDeploymentConfig") else None
    )
    traffic.steps(deployment, sum(variant.count for variant in variants))
    detail = {"config": following["config_name"]}
    journal.record(cx, "UpdateEndpoint", "Endpoint", row.name, now, detail=detail)
    return _bring_up(cx, place, row, {**following, "deployment": deployment, "deploys": True}, variants, now)


def begin_capacities(
    cx: Connection, place: Place, name: str, desired: Sequence[Mapping[str, Any]], now: datetime
) -> str:
    """UpdateEndpointWeightsAndCapacities: other weights and numbers of instances for some variants. Answers the ARN.

    Raises NotFound; Invalid where the endpoint is not InService, for variants that it has not, or that are given twice.
    """
    row = _in_service(cx, place, name)
    wanted = {each["VariantName"]: each for each in desired}
    given = Counter(each["VariantName"] for each in desired)
    if twice := sorted(name for name, times in given.items() if times > 1):
        raise Invalid(f"DesiredWeightsAndCapacities names a production variant twice: {', '.join(twice)}.")
    if unknown := sorted(wanted.keys() - {variant["VariantName"] for variant in row.variants}):
        raise Invalid(
            f'The variant name(s) "{", ".join(unknown)}" is/are not present within endpoint configuration "{row.config_name}".'
        )
    variants = [
        _changed(
            VariantSettings.from_json(variant), wanted.get(variant["VariantName"], {}), row.generation + 1
        )
        for variant in row.variants
    ]
    same = {"config_name": row.config_name, "capture": row.capture, "asynchronous": row.asynchronous}
    detail = {"variants": list(desired)}
    journal.record(cx, "UpdateEndpointWeightsAndCapacities", "Endpoint", name, now, detail=detail)
    return _bring_up(cx, place, row, {**same, "deployment": None, "deploys": False}, variants, now)


def find(cx: Connection, payload: Mapping[str, Any]) -> Row[Any] | None:
    """The endpoint's row while the update of this duty is under way, and at the step that the duty is owed for."""
    wanted = [tables.endpoint.c[column] == payload[key] for key, column in _IDENTITY.items()]
    row = cx.execute(
        select(tables.endpoint).where(*wanted, tables.endpoint.c.next.is_not(None))
    ).one_or_none()
    if row is None or row.status not in {"Updating", "RollingBack"}:
        return None
    return row if row.status == "RollingBack" or row.next["step"] == payload["step"] else None


def go_on(cx: Connection, row: Row[Any], step: traffic.Step, now: datetime) -> None:
    """The next part of the calls goes to the new variants, and the duty is owed again when they have been looked at."""
    following = {**row.next, "step": row.next["step"] + 1, "share": step.share}
    if _move(cx, row, now, was="Updating", next=following):
        payload = _payload(row.id, row.generation, following["step"])
        owe(cx, DUTY, row.name, payload, due=now + step.lasts, now=now)


def settle(cx: Connection, row: Row[Any], now: datetime) -> bool:
    """What was brought up is what the endpoint is: InService. False if it was deleted meanwhile."""
    columns = {column: row.next[column] for column in ("config_name", "variants", "capture", "asynchronous")}
    if row.next["deployment"]:
        columns["deployment"] = row.next["deployment"]
    return _move(cx, row, now, was="Updating", status="InService", failure_reason=None, next=None, **columns)


def roll_back(cx: Connection, row: Row[Any], reason: str, now: datetime) -> bool:
    """What was brought up goes; the endpoint is what it was. False if it was deleted meanwhile."""
    return _move(cx, row, now, was="Updating", status="RollingBack", failure_reason=reason[:1024])


def rolled_back(cx: Connection, row: Row[Any], now: datetime) -> bool:
    """It is gone: InService, with the reason."""
    return _move(cx, row, now, was="RollingBack", status="InService", next=None)


def give_up(cx: Connection, payload: Mapping[str, Any], reason: str, now: datetime) -> None:
    """After the duty's last try: the endpoint stays what it was, and says why."""
    row = find(cx, payload)
    if row is None:
        return
    if row.status == "RollingBack":
        why = f"{row.failure_reason} It could not be rolled back either: {reason.rstrip('.')}."
        _move(cx, row, now, was="RollingBack", status="UpdateRollbackFailed", failure_reason=why[:1024])
    else:
        why = f"The endpoint could not be updated: {reason.rstrip('.')}."
        _move(cx, row, now, was="Updating", status="InService", failure_reason=why[:1024], next=None)


_IDENTITY = {"endpoint_id": "id", "generation": "generation"}


def _payload(endpoint_id: int, generation: int, step: int) -> dict[str, Any]:
    return {"endpoint_id": endpoint_id, "generation": generation, "step": step}


def _in_service(cx: Connection, place: Place, name: str) -> Row[Any]:
    row = endpoint.find(cx, place, name)
    if row.status in {"Failed", "UpdateRollbackFailed"}:
        raise Invalid(
            f'Cannot update endpoint "{place.arn("endpoint", name)}": its status is {row.status}, and only one that is '
            "InService is updated. Delete it and create it anew."
        )
    if row.status != "InService":
        raise _in_progress(place, name)
    return row


def _in_progress(place: Place, name: str) -> Invalid:
    return Invalid(f'Cannot update in-progress endpoint "{place.arn("endpoint", name)}".')


def _retaining(row: Row[Any], following: Mapping[str, Any], excluded: set[str]) -> dict[str, Any]:
    """RetainAllVariantProperties: what the endpoint's variants of the same names have, but for what is `excluded`."""
    before = {variant["VariantName"]: variant for variant in row.variants}
    retained = {"DesiredWeight": "Weight", "DesiredInstanceCount": "InstanceCount"}
    members = [member for kind, member in retained.items() if kind not in excluded]
    variants = [
        {**variant, **{member: earlier[member] for member in members}}
        if (earlier := before.get(variant["VariantName"]))
        else variant
        for variant in following["variants"]
    ]
    capture = following["capture"] if "DataCaptureConfig" in excluded else row.capture
    return {**following, "variants": variants, "capture": capture}


def _changed(variant: VariantSettings, desired: Mapping[str, Any], generation: int) -> VariantSettings:
    if variant.serverless is not None and "DesiredInstanceCount" in desired:
        raise Invalid(f"Production variant {variant.name} is serverless and has no DesiredInstanceCount.")
    if desired.get("DesiredInstanceCount") == 0:
        raise Invalid(
            f"Production variant {variant.name} cannot have 0 instances: give it DesiredWeight 0 to send it no calls."
        )
    changed = replace(
        variant,
        weight=desired.get("DesiredWeight", variant.weight),
        count=desired.get("DesiredInstanceCount", variant.count),
    )
    require_room(changed)
    if update := desired.get("ServerlessUpdateConfig"):
        # The calls of an instance are counted from its beginning: another one comes in its place.
        return replace(
            changed,
            generation=generation,
            container=replace(variant.container, copy=identifier()),
            serverless=serverless.updated(variant, update),
        )
    if changed.count != variant.count and variant.container.kind == "ray":
        # An application has its number of replicas from the beginning: another one comes in its place.
        return replace(
            changed, generation=generation, container=replace(variant.container, copy=identifier())
        )
    return changed


def _bring_up(
    cx: Connection,
    place: Place,
    row: Row[Any],
    following: Mapping[str, Any],
    variants: Sequence[VariantSettings],
    now: datetime,
) -> str:
    coming = {
        **following,
        "variants": [variant.as_json() for variant in variants],
        "began": now.isoformat(),
        "step": 0,
        "share": 0.0,
    }
    generation = row.generation + 1
    begun = _move(
        cx,
        row,
        now,
        was="InService",
        status="Updating",
        failure_reason=None,
        generation=generation,
        next=coming,
    )
    if not begun:
        raise _in_progress(place, row.name)
    owe(cx, DUTY, row.name, _payload(row.id, generation, 0), due=now, now=now)
    return place.arn("endpoint", row.name)


def _move(cx: Connection, row: Row[Any], now: datetime, *, was: str, **columns: Any) -> bool:
    """Change the row if it is still as it was read: of that status, with no later update."""
    table = tables.endpoint
    same = table.c.id == row.id, table.c.generation == row.generation, table.c.status == was
    moved = cx.execute(update(table).where(*same).values(modified_at=now, **columns)).rowcount == 1
    if moved:
        raise_version(cx, endpoint.ROUTES)
        if "status" in columns:
            tell(cx, row.id, now)
    return moved
