"""Transform jobs as rows: InProgress → Completed | Failed, or by StopTransformJob Stopping → Stopped.

They are kept for good, and so are their names, as on AWS. A job that runs has a `runner`, a word that the run chose for itself:
who takes a job over takes the word away, and the run before writes nothing more.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, select, update

from secondlook.hosting.container import Container
from secondlook.hosting.endpoints.resolution import MOST_INSTANCES
from secondlook.hosting.errors import InUse, Invalid, NotFound
from secondlook.hosting.files.pinning import NO_PINS, Pins, pinned
from secondlook.hosting.images import SUBMIT_DIRECTORY
from secondlook.hosting.models import model
from secondlook.hosting.packages import Packages
from secondlook.hosting.transform import definition
from secondlook.hosting.transform.progress import Progress
from secondlook.hosting.variant import VariantSettings
from secondlook.names import Place, identifier
from secondlook.store import journal
from secondlook.store.insert import insert_new
from secondlook.store.outbox import owe
from secondlook.store.tables import transform_job

RUN = "run-transform-job"

VARIANT = "model"
"""Its instances' logs are `model-1.log`, `model-2.log`, …"""

OPEN = ("InProgress", "Stopping")


def create(
    cx: Connection,
    packages: Packages,
    place: Place,
    params: Mapping[str, Any],
    buckets: Collection[str] | None,
    access_key: str | None,
    now: datetime,
    pins: Pins = NO_PINS,
) -> str:
    """CreateTransformJob: status InProgress, and the duty to run it. Answers the ARN.

    `access_key` is the caller's, who may use these `buckets`, or all where there is None; `pins` are the versions of the model's data. Raises NotFound for an unknown model, Invalid for what is not served, InUse for a name taken.
    """
    definition.check(params)
    name = params["TransformJobName"]
    variant = _resolved(cx, packages, place, params, pins)
    arn = place.arn("transform-job", name)
    row = insert_new(
        cx,
        transform_job,
        name=name,
        definition={member: params[member] for member in definition.KEPT if params.get(member) is not None},
        variant=variant.as_json(),
        status="InProgress",
        progress=Progress().as_json(),
        caller={"buckets": None if buckets is None else sorted(buckets), "access_key": access_key},
        created_at=now,
        modified_at=now,
    )
    if row is None:
        raise InUse(
            f"Job name must be unique within an AWS account and region, and a job with this name already exists ({arn})"
        )
    journal.record(cx, "CreateTransformJob", "TransformJob", name, now, detail={"model": params["ModelName"]})
    owe(cx, RUN, name, {"job_id": row.id}, due=now, now=now)
    return arn


def find(cx: Connection, name: str) -> Row[Any]:
    """The job's row; raises NotFound."""
    row = cx.execute(select(transform_job).where(transform_job.c.name == name)).one_or_none()
    if row is None:
        raise NotFound(f"Could not find requested job with name: {name}")
    return row


def by_id(cx: Connection, job_id: int) -> Row[Any] | None:
    return cx.execute(select(transform_job).where(transform_job.c.id == job_id)).one_or_none()


def describe(cx: Connection, place: Place, name: str) -> dict[str, Any]:
    """DescribeTransformJob."""
    row = find(cx, name)
    times = {"TransformStartTime": row.started_at, "TransformEndTime": row.ended_at}
    return {
        "TransformJobName": row.name,
        "TransformJobArn": place.arn("transform-job", row.name),
        "TransformJobStatus": row.status,
        **({"FailureReason": row.failure_reason} if row.failure_reason else {}),
        **row.definition,
        "CreationTime": row.created_at,
        **{member: at for member, at in times.items() if at is not None},
    }


def every() -> Select[Any]:
    """All jobs, for the door to page through."""
    return select(transform_job)


def stop(cx: Connection, name: str, now: datetime) -> None:
    """StopTransformJob: Stopping until the server that runs it has heard; Stopped at once where none does.

    Raises NotFound, and Invalid for a job that is over.
    """
    row = find(cx, name)
    locked = select(transform_job).where(transform_job.c.id == row.id).with_for_update()
    row = cx.execute(locked).one()
    if row.status == "Stopping":
        return
    if row.status != "InProgress":
        raise Invalid(f"The request was rejected because the transform job is in status {row.status}.")
    if row.runner is None:
        _set(cx, row.id, {"status": "Stopped", "ended_at": now, "modified_at": now})
    else:
        _set(cx, row.id, {"status": "Stopping", "modified_at": now})
    journal.record(cx, "StopTransformJob", "TransformJob", name, now)


def take(cx: Connection, job_id: int, runner: str) -> Row[Any] | None:
    """Run it from now on, in the place of whoever did; None if there is nothing left to run."""
    taking = update(transform_job).where(transform_job.c.id == job_id, transform_job.c.status.in_(OPEN))
    if cx.execute(taking.values(runner=runner)).rowcount != 1:
        return None
    return by_id(cx, job_id)


def note(cx: Connection, job_id: int, runner: str, values: Mapping[str, Any]) -> str | None:
    """Write down how far the run is; the job's status as it is now, None if the run is not the job's any more."""
    mine = transform_job.c.id == job_id, transform_job.c.runner == runner
    if values and cx.execute(update(transform_job).where(*mine).values(values)).rowcount != 1:
        return None
    return cx.scalar(select(transform_job.c.status).where(*mine))


def leave(cx: Connection, job_id: int, runner: str, progress: Progress) -> None:
    """The server stops: whoever claims the duty next goes on from here."""
    mine = transform_job.c.id == job_id, transform_job.c.runner == runner
    cx.execute(update(transform_job).where(*mine).values(runner=None, progress=progress.as_json()))


def end(
    cx: Connection,
    job_id: int,
    status: str,
    now: datetime,
    *,
    runner: str | None = None,
    reason: str | None = None,
    progress: Progress | None = None,
) -> None:
    """It is over; with `runner`, only if that one still runs it."""
    ending = update(transform_job).where(transform_job.c.id == job_id, transform_job.c.status.in_(OPEN))
    if runner is not None:
        ending = ending.where(transform_job.c.runner == runner)
    values: dict[str, Any] = {"status": status, "ended_at": now, "modified_at": now, "runner": None}
    values["failure_reason"] = reason[:1024] if reason else None
    if progress is not None:
        values["progress"] = progress.as_json()
    cx.execute(ending.values(values))


def containers(cx: Connection) -> list[Container]:
    """What the jobs run that are not over."""
    rows = cx.scalars(select(transform_job.c.variant).where(transform_job.c.status.in_(OPEN)))
    return [VariantSettings.from_json(variant).container for variant in rows]


def _set(cx: Connection, job_id: int, values: Mapping[str, Any]) -> None:
    cx.execute(update(transform_job).where(transform_job.c.id == job_id).values(values))


def _resolved(
    cx: Connection, packages: Packages, place: Place, params: Mapping[str, Any], pins: Pins
) -> VariantSettings:
    """The model's container with the job's variables, so often as it is asked for."""
    package, container = model.resolve(cx, packages, place, params["ModelName"])
    variables = params.get("Environment") or {}
    resources = params["TransformResources"]
    count, instance_type = resources["InstanceCount"], resources["InstanceType"]
    types = package.transform_instance_types or package.instance_types if package is not None else ()
    if package is not None and types and instance_type not in types:
        raise Invalid(
            f"The instance type {instance_type} is not supported by the model package {package.arn}. "
            f"Supported instance types: {', '.join(types)}."
        )
    if container.runs_here and count > MOST_INSTANCES:
        raise Invalid(f"TransformResources asks for {count} instances; at most {MOST_INSTANCES} run here.")
    if variables and container.url is not None:
        raise Invalid(
            f"The model {params['ModelName']} is served elsewhere, where no variables can be set: leave Environment out."
        )
    with_variables = packages.images.with_environment(container, variables)
    if with_variables.source not in (None, container.source):
        raise Invalid(
            f"{SUBMIT_DIRECTORY} in the Environment of a transform job cannot bring a script: give it to CreateModel, and name that model."
        )
    environment = dict(with_variables.environment)
    if container.url is None:
        environment = definition.Requests.of(params).environment(environment)
    return VariantSettings(
        name=VARIANT,
        weight=1.0,
        count=count,
        startup=None,
        container=replace(pinned(container, pins), environment=environment, copy=identifier()),
    )
