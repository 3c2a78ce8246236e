"""Flow definitions (human review workflows): who reviews what, on which page, and where answers go [api.md §4]."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, delete, exists, or_, select, update

from secondlook.names import Place, last_part
from secondlook.review import cursor as cursors
from secondlook.review import staffing, workteam
from secondlook.review.decisions import conditions, output, shortage
from secondlook.review.decisions.rights import INTERNAL_BUCKET, may_use
from secondlook.review.errors import InUse, Invalid, NotFound
from secondlook.store import journal
from secondlook.store.insert import insert_new
from secondlook.store.outbox import owe
from secondlook.store.session import Store
from secondlook.store.steps import delete_in_steps, delete_some, in_steps
from secondlook.store.tables import bucket, cursor, flow, loop, preference, task_ui
from secondlook.store.version import STARTABLE, raise_version

TIME_LIMIT = 3600
"""Seconds a worker has for a task unless the flow definition says otherwise [lifecycle.md, Timers]."""

AVAILABILITY = 864_000
"""Seconds a loop waits for workers unless the flow definition says otherwise: our choice, the published maximum."""


_UNWRITTEN = loop.c.unwritten.is_not(None)

_ENDED = and_(loop.c.closed_at.is_not(None), ~_UNWRITTEN)
"""A loop that its flow definition may take along: it is over, and its answers, if any, are written."""

_FOR_WARNINGS = select(
    flow.c.workteam, flow.c.task_count, flow.c.output_path, staffing.members().label("members")
)


def check_conditions(request: Mapping[str, Any]) -> None:
    """Refuse activation conditions that could not be evaluated; raises Invalid with the JSON path.

    Also taken without a HumanLoopRequestSource, which is ours [gaps.md]. Not within a transaction: it reads a document.
    """
    conditions.of_flow(request)


def create(
    cx: Connection,
    request: Mapping[str, Any],
    place: Place,
    now: datetime,
    buckets: Collection[str] | None = None,
) -> None:
    """Make a flow definition that is Active at once; raises InUse, Invalid naming the member that is wrong.

    Its activation conditions have been checked (`check_conditions`).
    `buckets` are those that its maker may use (`rights.may_use`).
    """
    name = request["FlowDefinitionName"]
    human = request.get("HumanLoopConfig")
    if human is None:
        raise Invalid(
            "HumanLoopConfig is required: name its WorkteamArn, HumanTaskUiArn, TaskTitle, TaskDescription and TaskCount."
        )
    team = workteam.usable(cx, human["WorkteamArn"], place)
    ui = _task_ui(cx, human["HumanTaskUiArn"], place)
    _check_output(cx, request["OutputConfig"]["S3OutputPath"], name, buckets)
    row = insert_new(
        cx,
        flow,
        name=name,
        config={key: value for key, value in request.items() if key not in {"FlowDefinitionName", "Tags"}},
        status="Active",
        workteam=team,
        task_ui=ui,
        title=human["TaskTitle"],
        description=human["TaskDescription"],
        task_count=human["TaskCount"],
        time_limit=human.get("TaskTimeLimitInSeconds", TIME_LIMIT),
        availability=human.get("TaskAvailabilityLifetimeInSeconds", AVAILABILITY),
        output_path=request["OutputConfig"]["S3OutputPath"],
        created_at=now,
    )
    if row is None:
        raise InUse(
            f"A flow definition named {name!r} exists already; choose another name or delete it first."
        )
    raise_version(cx, STARTABLE)
    journal.record(cx, "CreateFlowDefinition", "FlowDefinition", name, now)


def find(cx: Connection, name: str) -> Row[Any]:
    """The flow definition's row; raises NotFound."""
    row = cx.execute(select(flow).where(flow.c.name == name)).one_or_none()
    if row is None:
        raise _missing(name)
    return row


def _missing(name: str) -> NotFound:
    return NotFound(f"Could not find flow definition {name!r}.")


def warnings(cx: Connection, name: str) -> list[str]:
    """What keeps loops of a flow definition from being Completed as things are; nothing where it is well or gone."""
    row = cx.execute(_FOR_WARNINGS.where(flow.c.name == name)).one_or_none()
    if row is None:
        return []
    sentences = [
        shortage.of_flow(row.workteam, row.members, row.task_count),
        output_warning(cx, row.output_path),
    ]
    return [sentence for sentence in sentences if sentence]


def output_warning(cx: Connection, path: str) -> str | None:
    """Why answers cannot be written to an S3OutputPath that could be written when its flow definition was made."""
    name, _ = output.bucket_and_prefix(path)
    if _bucket_exists(cx, name):
        return None
    return f"The bucket {name!r} of S3OutputPath {path!r} does not exist any more; until it is made again, no answer can be written."


def every() -> Select[Any]:
    return select(flow.c.name, flow.c.status, flow.c.failure_reason, flow.c.created_at)


def update_undo(cx: Connection, name: str, seconds: int, now: datetime) -> None:
    """Say for how long its answers can be taken back; what is submitted already stays as it is. Raises NotFound."""
    changed = update(flow).where(flow.c.name == name).values(undo_seconds=seconds)
    if cx.execute(changed).rowcount == 0:
        raise _missing(name)
    journal.record(cx, "UpdateFlow", "FlowDefinition", name, now, detail={"undoSeconds": seconds})


def begin_delete(cx: Connection, name: str, now: datetime) -> None:
    """Mark it Deleting and owe the rest: loops nobody works on are stopped, open tasks may finish [lifecycle.md]."""
    named = select(flow.c.id, flow.c.status).where(flow.c.name == name)
    row = cx.execute(named.with_for_update()).one_or_none()
    if row is None:
        raise _missing(name)
    if row.status not in {"Active", "Failed"}:
        raise InUse(f"Flow definition {name!r} is {row.status}; it can be deleted while Active or Failed.")
    lost = cx.scalar(select(loop.c.name).where(loop.c.flow_id == row.id, _UNWRITTEN).limit(1))
    if lost is not None:
        raise InUse(
            f"Flow definition {name!r} has human loops whose answers could not be written, such as {lost!r}: write them "
            "(WriteOutput, `secondlook loops write-output`) or delete these loops first."
        )
    cx.execute(update(flow).where(flow.c.id == row.id).values(status="Deleting"))
    raise_version(cx, STARTABLE)
    owe(cx, "delete-flow", name, {"flow_id": row.id}, due=now, now=now)
    journal.record(cx, "DeleteFlowDefinition", "FlowDefinition", name, now)


def has_open_loops(cx: Connection, flow_id: int) -> bool:
    """Whether something is still to be done for a loop, before it may be deleted with its flow definition."""
    of_flow = loop.c.flow_id == flow_id
    # Two questions, because each has an index of its own, and those that have ended may be a million.
    unclosed, unwritten = (exists().where(of_flow, that) for that in (loop.c.closed_at.is_(None), _UNWRITTEN))
    return cx.scalar(select(or_(unclosed, unwritten))) is True


def delete_ended(store: Store, flow_id: int, patience: float) -> None:
    """Delete its loops that have ended, and where its workers stand and what they like, or as many as `patience` seconds allow.

    Answers that could not be written are nowhere else, so their loops stay.

    May be many: no transaction of the caller may be open.
    """
    in_steps(store, lambda cx, most: _delete_loops(cx, flow_id, most), patience)
    for table in (cursor, preference):
        delete_in_steps(store, table, table.c.flow_id == flow_id, patience)


def _delete_loops(cx: Connection, flow_id: int, most: int) -> int:
    deleted = delete_some(cx, loop, (loop.c.flow_id == flow_id) & _ENDED, most)
    cursors.follow_deletion(cx)
    return deleted


def finish_delete(cx: Connection, flow_id: int) -> bool:
    """Remove the flow definition itself, and its name may be used again; False while it still has a loop."""
    if cx.scalar(select(exists().where(loop.c.flow_id == flow_id))):
        return False
    cx.execute(delete(flow).where(flow.c.id == flow_id, flow.c.status == "Deleting"))
    raise_version(cx, STARTABLE)
    return True


def _task_ui(cx: Connection, arn: str, place: Place) -> str:
    name = last_part(arn)
    is_ours = arn == place.arn("human-task-ui", name)
    if not is_ours or cx.scalar(select(exists().where(task_ui.c.name == name))) is not True:
        known = (
            ", ".join(cx.scalars(select(task_ui.c.name).order_by(task_ui.c.created_at.desc()).limit(5)))
            or "none yet"
        )
        raise Invalid(f"The specified HumanTaskUi '{arn}' does not exist. (Task UIs here: {known}.)")
    return name


def _check_output(cx: Connection, path: str, flow_name: str, buckets: Collection[str] | None) -> None:
    """Refuse a path to which answers could not be written once they are there."""
    name = output.writable_bucket(path, flow_name)
    if name == INTERNAL_BUCKET:
        raise Invalid(
            f"The bucket {name!r} of S3OutputPath {path!r} is this server's own; name a bucket of yours."
        )
    if not may_use(buckets, name):
        raise Invalid(
            f"The bucket {name!r} of S3OutputPath {path!r} may not be used with this access key, which is bound to "
            f"{', '.join(sorted(buckets or ())) or 'no bucket'}."
        )
    if not _bucket_exists(cx, name):
        raise Invalid(f"The bucket {name!r} of S3OutputPath {path!r} does not exist; create it first.")


def _bucket_exists(cx: Connection, name: str) -> bool:
    return cx.scalar(select(exists().where(bucket.c.name == name))) is True
