"""The life of a human loop after its start: render check, stop, expiry, close, delete [lifecycle.md].

Every change after the start first locks the loop's row; only under that lock is it decided whether the loop is
over (`outcome.decide`). From `closing_at` on no answer is accepted, so output.json is the same however often it is
written.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, ScalarSelect, Select, Update, delete, func, select, update

from secondlook.names import Place
from secondlook.review import cursor, events, staffing
from secondlook.review.decisions import event, outcome, output
from secondlook.review.errors import Invalid, NotFound
from secondlook.store import journal
from secondlook.store.outbox import forget, owe
from secondlook.store.prepared import prepared
from secondlook.store.tables import assignment, flow, loop

_REQUEST_SOURCE = (
    flow.c.config[("HumanLoopRequestSource", "AwsManagedHumanLoopRequestSource")]
    .as_string()
    .label("request_source")
)
_KMS_KEY_ID = flow.c.config[("OutputConfig", "KmsKeyId")].as_string().label("kms_key_id")

TASK_COUNT = func.coalesce(loop.c.own_task_count, flow.c.task_count)
"""How many answers are asked of the loop, of a query that has its flow definition too."""

FINAL = frozenset({"Completed", "Failed", "Stopped"})


def find(cx: Connection, name: str) -> Row[Any]:
    """The loop with what Describe needs of its flow definition; raises NotFound."""
    row = cx.execute(*_by_name(name)).one_or_none()
    if row is None:
        raise NotFound(f"Could not find human loop {name!r}.")
    return row


def of_flow(flow_id: int | ScalarSelect[int]) -> Select[Any]:
    return select(loop.c.id, loop.c.name, loop.c.status, loop.c.created_at, loop.c.failure_reason).where(
        loop.c.flow_id == flow_id
    )


def in_flow(name: str) -> Select[Any]:
    """As `of_flow`, of the flow definition called so; none where there is no such."""
    return of_flow(select(flow.c.id).where(flow.c.name == name).scalar_subquery())


def rendered(cx: Connection, loop_id: int) -> Row[Any] | None:
    """The template rendered: workers may be offered the loop from now on. Its row; None when nothing came of it."""
    row = locked(cx, loop_id)
    if row is None or row.ready or row.closing_at is not None:
        return None
    cx.execute(update(loop).where(loop.c.id == loop_id).values(ready=True))
    return row


def all_rendered(cx: Connection, loop_ids: Sequence[int]) -> Collection[int]:
    """As `rendered`, for those that nobody else has locked; answers which these were."""
    locked = cx.scalars(*_unlocked(list(loop_ids))).all()
    cx.execute(*_offered(locked))
    return locked


@prepared
def _unlocked(loop_ids: Any) -> Select[Any]:
    return (
        select(loop.c.id).where(loop.c.id.in_(loop_ids)).order_by(loop.c.id).with_for_update(skip_locked=True)
    )


@prepared
def _offered(loop_ids: Any) -> Update:
    waiting = (loop.c.id.in_(loop_ids), loop.c.ready.is_(False), loop.c.closing_at.is_(None))
    return update(loop).where(*waiting).values(ready=True)


def render_failed(
    cx: Connection, loop_id: int, reason: str, place: Place, now: datetime, *, code: str = "ValidationError"
) -> None:
    """The template did not render: the loop fails and nobody is offered it. `InternalError` when that was our fault."""
    row = locked(cx, loop_id)
    if row is not None and row.closing_at is None:
        _end(cx, row, outcome.Outcome("Failed", code, reason[:1024]), answers=0, place=place, now=now)


def stop(cx: Connection, name: str, place: Place, now: datetime) -> None:
    """Stop: at once when nobody works on it, else when they are done. Paused tasks cannot be resumed [lifecycle.md], no answer be taken back."""
    row = locked_by_name(cx, name)
    if row.status in {"Completed", "Failed"}:
        raise Invalid(f"Human loop {name!r} is {row.status} and cannot be stopped.")
    if row.status != "InProgress" or row.closing_at is not None:
        return
    cx.execute(update(loop).where(loop.c.id == row.id).values(status="Stopping"))
    journal.record(cx, "StopHumanLoop", "HumanLoop", name, now)
    paused = (assignment.c.loop_id == row.id) & (assignment.c.state == "paused")
    expired = update(assignment).where(paused).values(state="expired").returning(assignment.c.person_id)
    for person_id in cx.scalars(expired).all():
        journal.record(cx, "ExpireAssignment", "HumanLoop", name, now, person_id=person_id)
    undoable = (assignment.c.loop_id == row.id) & assignment.c.undoable_until.is_not(None)
    cx.execute(update(assignment).where(undoable).values(undoable_until=None))
    settle(cx, row.id, place, now)


def reconsider(cx: Connection, loop_id: int, place: Place, now: datetime) -> None:
    """Its availability ran out, or somebody left its work team: end the loop if that decides its outcome."""
    if locked(cx, loop_id) is not None:
        settle(cx, loop_id, place, now)


def settle(cx: Connection, loop_id: int, place: Place, now: datetime) -> None:
    """Decide, under the loop's lock which the caller holds, whether the loop is over."""
    row = cx.execute(*_of(loop_id)).one()
    if row.closing_at is not None:
        return
    tally = staffing.tally(cx, row, now)
    decided = outcome.decide(tally)
    if decided is not None:
        _end(cx, row, decided, tally.answers, place, now)


def remove(cx: Connection, name: str, now: datetime) -> None:
    """Delete a finished loop; its output stays in S3. Raises Invalid while it is open (our choice [api.md §2])."""
    row = cx.execute(select(loop).where(loop.c.name == name).with_for_update()).one_or_none()
    if row is None:
        raise NotFound(f"Could not find human loop {name!r}.")
    if row.status not in FINAL:
        raise Invalid(
            f"Human loop {name!r} is {row.status}; stop it first, it can be deleted when Completed, Failed or Stopped."
        )
    cx.execute(delete(loop).where(loop.c.id == row.id))
    cursor.follow_deletion(cx)
    journal.record(cx, "DeleteHumanLoop", "HumanLoop", name, now)


def _end(
    cx: Connection, row: Row[Any], decided: outcome.Outcome, answers: int, place: Place, now: datetime
) -> None:
    forget(cx, "expire-loop", str(row.id))
    if answers == 0:
        cx.execute(update(loop).where(loop.c.id == row.id).values(closing_at=now, outcome=decided.status))
        close(cx, row, decided, place, now)
        return
    cx.execute(
        update(loop)
        .where(loop.c.id == row.id)
        .values(
            closing_at=now,
            outcome=decided.status,
            failure_code=decided.failure_code,
            failure_reason=decided.failure_reason,
        )
    )
    owe(cx, "close-loop", str(row.id), {"loop_id": row.id}, due=now, now=now)


def close(
    cx: Connection,
    row: Row[Any],
    decided: outcome.Outcome,
    place: Place,
    now: datetime,
    *,
    is_rewritten: bool = False,
) -> None:
    cx.execute(
        update(loop)
        .where(loop.c.id == row.id)
        .values(
            status=decided.status,
            failure_code=decided.failure_code,
            failure_reason=decided.failure_reason,
            closed_at=now,
        )
    )
    detail = {"status": decided.status, "failureCode": decided.failure_code, "isRewritten": is_rewritten}
    journal.record(cx, "CloseHumanLoop", "HumanLoop", row.name, now, detail=detail)
    announcement = event.loop_status_change(
        place,
        loop_name=row.name,
        flow_name=row.flow_name,
        status=decided.status,
        failure_code=decided.failure_code,
        failure_reason=decided.failure_reason,
        created_at=row.created_at,
        output_uri=output.uri(row.output_path, row.flow_name, row.created_at, row.name),
        now=now,
        is_rewritten=is_rewritten,
    )
    events.announce(cx, announcement, row.name, row.flow_name, now)


def with_flow() -> Select[Any]:
    """Loops, with what is asked of their flow definitions."""
    return select(
        loop,
        flow.c.name.label("flow_name"),
        flow.c.output_path,
        _KMS_KEY_ID,
        _REQUEST_SOURCE,
        TASK_COUNT.label("task_count"),
        flow.c.workteam,
    ).join(flow, flow.c.id == loop.c.flow_id)


def locked(cx: Connection, loop_id: int) -> Row[Any] | None:
    """One of `with_flow`, its row locked; None when it is deleted."""
    return cx.execute(*_of_locked(loop_id)).one_or_none()


def lock_of(cx: Connection, assignment_id: int) -> int | None:
    """Lock the loop of an assignment; its id, None when it is deleted."""
    loop_id: int | None = cx.scalar(*_of_assignment(assignment_id))
    return loop_id


def locked_by_name(cx: Connection, name: str) -> Row[Any]:
    """The same by name; raises NotFound."""
    row = cx.execute(with_flow().where(loop.c.name == name).with_for_update(of=loop)).one_or_none()
    if row is None:
        raise NotFound(f"Could not find human loop {name!r}.")
    return row


@prepared
def _by_name(name: Any) -> Select[Any]:
    return with_flow().where(loop.c.name == name)


@prepared
def _of(loop_id: Any) -> Select[Any]:
    return with_flow().where(loop.c.id == loop_id)


@prepared
def _of_assignment(assignment_id: Any) -> Select[Any]:
    of_loop = select(loop.c.id).join(assignment, assignment.c.loop_id == loop.c.id)
    return of_loop.where(assignment.c.id == assignment_id).with_for_update(of=loop)


@prepared
def _of_locked(loop_id: Any) -> Select[Any]:
    return with_flow().where(loop.c.id == loop_id).with_for_update(of=loop)
