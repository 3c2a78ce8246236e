"""An assignment: one worker holding one slot of a human loop [lifecycle.md, Assignment].

Slots (1..TaskCount) are unique per loop among those who hold one, and a worker has one row per loop: the
database settles races. Whoever changes an assignment locks its loop first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Text, cast, insert, null, select, update
from sqlalchemy.sql.dml import ReturningInsert, ReturningUpdate

from secondlook.names import Place
from secondlook.review import cursor, draft, events, submitted_task
from secondlook.review import loop as loops
from secondlook.review import report as reports
from secondlook.review.decisions import event
from secondlook.review.decisions.free_text import kept
from secondlook.review.decisions.states import HOLDING
from secondlook.review.draft import Draft
from secondlook.review.errors import Gone
from secondlook.review.held_task import GRACE, check_held, check_keeps_drafts, check_member, locked, rows
from secondlook.store import journal
from secondlook.store.document import Document
from secondlook.store.outbox import forget, owe
from secondlook.store.prepared import prepared
from secondlook.store.tables import assignment, loop, person

LEAST_AFTER_UNDO = timedelta(minutes=1)
"""So much time a worker has who takes back what they submitted in the last second."""


def save_draft(cx: Connection, person_id: int, assignment_id: int, begun: Draft, now: datetime) -> None:
    """Keep unfinished work; it outlives expiry, for the same worker, so it may also arrive after that.

    Raises Gone, NotYours, and Outdated where a newer draft is kept.
    """
    check_keeps_drafts(locked(cx, person_id, assignment_id))
    draft.keep(cx, assignment_id, begun, now)


@dataclass(frozen=True, slots=True)
class Page:
    """That an answer comes from a task's page, where its worker can look at it again, and take it back within a time.

    `undo_seconds` is the time where the flow definition says nothing; `begun` is the draft that the answer was made of, None
    where the one that is kept is.
    """

    undo_seconds: int
    begun: Draft | None = None


def submit(
    cx: Connection,
    person_id: int,
    assignment_id: int,
    answer: Document,
    place: Place,
    now: datetime,
    page: Page | None = None,
) -> datetime | None:
    """Store the answer (`answer.accept`) and close the loop if it was the last; until when it can be taken back, if it can.

    Nobody can take back what comes from no `page`, for a loop that is being stopped, or after the time limit of the
    task, which an earlier undo may have put off. The same answer again is no error, also when the worker has left the
    team since: the first reply may have been lost.
    """
    row = locked(cx, person_id, assignment_id)
    if row.state == "submitted" and _is_answer(cx, row.id, answer):
        return row.undoable_until  # type: ignore[no-any-return]
    check_held(row, now)
    until = _end_of_undo(row, page, now)
    _leave(
        cx,
        row,
        "submitted",
        answer=answer,
        submitted_at=now,
        undoable_until=until,
        paused_for=_paused_for(row, now),
    )
    _record(cx, "SubmitAssignment", row, now)
    _keep_only_draft(cx, row, page, now)
    if until is not None:
        payload = {"assignment_id": row.id, "until": until.isoformat()}
        owe(cx, "end-undo", str(row.id), payload, due=until, now=now)
    loops.settle(cx, row.loop_id, place, now)
    return until


def undo_submit(cx: Connection, person_id: int, assignment_id: int, now: datetime) -> None:
    """Take the answer back: the task is held again, with its draft and the time that was left, but at least a minute.

    Raises Gone once the answer is final, NotYours. Again is no error.
    """
    row = locked(cx, person_id, assignment_id)
    if row.state != "submitted":
        check_held(row, now)
        return
    check_member(row)
    if row.undoable_until is None:
        raise Gone("This answer is final; it can no longer be taken back.")
    away = now - row.submitted_at
    deadline = max(row.deadline + away, now + LEAST_AFTER_UNDO)
    values = {"answer": null(), "submitted_at": None, "undoable_until": None, "deadline": deadline}
    paused_for = row.paused_for + away.total_seconds()
    of_row = assignment.c.id == row.id
    cx.execute(update(assignment).where(of_row).values(state="active", paused_for=paused_for, **values))
    forget(cx, "end-undo", str(row.id))
    _owe_expiry(cx, row.id, deadline, now)
    _record(cx, "UndoSubmitAssignment", row, now)


def end_undo(cx: Connection, assignment_id: int, until: datetime, place: Place, now: datetime) -> None:
    """The answer that could be taken back until then is final, and may end its loop."""
    loop_id = loops.lock_of(cx, assignment_id)
    # One that was taken back and handed in once more has another end, and a duty of its own.
    ended = update(assignment).where(assignment.c.id == assignment_id, assignment.c.undoable_until == until)
    if loop_id is not None and cx.execute(ended.values(undoable_until=None)).rowcount:
        loops.settle(cx, loop_id, place, now)


def release(cx: Connection, person_id: int, assignment_id: int, place: Place, now: datetime) -> None:
    """Give the slot back; the work so far is dropped. Again is no error."""
    cursor.lock_of(cx, assignment_id)
    row = locked(cx, person_id, assignment_id)
    if row.state == "released":
        return
    check_held(row, now)
    _leave(cx, row, "released")
    _record(cx, "ReleaseAssignment", row, now)
    draft.drop(cx, row.id)
    cursor.go_back(cx, row.person_id, row.flow_id, row.priority, row.loop_id)
    loops.settle(cx, row.loop_id, place, now)


def decline(
    cx: Connection, person_id: int, assignment_id: int, reason: str | None, place: Place, now: datetime
) -> None:
    """Give the slot back for good: this worker is not offered the loop again. Again is no error."""
    row = locked(cx, person_id, assignment_id)
    if row.state == "declined":
        return
    check_held(row, now)
    text = kept(reason or "") or None
    _leave(cx, row, "declined", reason=text)
    _record(cx, "DeclineAssignment", row, now, reason=text)
    draft.drop(cx, row.id)
    announcement = event.task_declined(place, **_whose(cx, row), reason=text, now=now)
    events.announce(cx, announcement, row.loop_name, row.flow_name, now)
    loops.settle(cx, row.loop_id, place, now)


def report(
    cx: Connection, person_id: int, assignment_id: int, message: str, place: Place, now: datetime
) -> bool:
    """Tell the requester what went wrong in the page; False where that was known (`report.keep`)."""
    row = locked(cx, person_id, assignment_id)
    check_held(row, now)
    text = reports.keep(cx, row.loop_id, person_id, message, now)
    if text is None:
        return False
    announcement = event.page_problem(place, **_whose(cx, row), message=text, now=now)
    events.announce(cx, announcement, row.loop_name, row.flow_name, now)
    return True


def pause(cx: Connection, person_id: int, assignment_id: int, now: datetime) -> None:
    """Stop and resume later: slot, draft and deadline stay."""
    row = locked(cx, person_id, assignment_id)
    check_held(row, now)
    if row.status == "Stopping":
        raise Gone("This task was stopped by its owner; it can be submitted, not resumed later.")
    if row.state == "active":
        cx.execute(update(assignment).where(assignment.c.id == row.id).values(state="paused", paused_at=now))
        _record(cx, "PauseAssignment", row, now)


def resume(cx: Connection, person_id: int, assignment_id: int, now: datetime) -> None:
    """Back to work; the pause does not count as time spent."""
    row = locked(cx, person_id, assignment_id)
    check_held(row, now)
    if row.state == "paused":
        values = {"state": "active", "paused_at": None, "paused_for": _paused_for(row, now)}
        cx.execute(update(assignment).where(assignment.c.id == row.id).values(values))
        _record(cx, "ResumeAssignment", row, now)


def expire(cx: Connection, assignment_id: int, place: Place, now: datetime) -> None:
    """The task time limit ran out: the slot goes back to the pool, the draft stays for the same worker."""
    cursor.lock_of(cx, assignment_id)
    row = cx.execute(rows().where(assignment.c.id == assignment_id).with_for_update(of=loop)).one_or_none()
    if row is None:
        return
    row = cx.execute(rows().where(assignment.c.id == assignment_id)).one()
    if row.state in HOLDING and row.deadline + GRACE <= now:
        cx.execute(update(assignment).where(assignment.c.id == row.id).values(state="expired"))
        cursor.go_back(cx, row.person_id, row.flow_id, row.priority, row.loop_id)
        _record(cx, "ExpireAssignment", row, now)
        loops.settle(cx, row.loop_id, place, now)


def hold(
    cx: Connection, person_id: int, loop_row: Row[Any], slot: int, time_limit: int, now: datetime
) -> int:
    """Write the hold into a free slot of a loop that the caller has locked, `loop_row` with its id and name; the assignment's id."""
    deadline = now + timedelta(seconds=time_limit)
    assignment_id: int | None = cx.scalar(*_taken_again(loop_row.id, person_id, slot, now, deadline))
    if assignment_id is None:
        assignment_id = cx.execute(*_taken_first(loop_row.id, person_id, slot, now, deadline)).scalar_one()
    _owe_expiry(cx, assignment_id, deadline, now)
    journal.record(
        cx, "AcceptAssignment", "HumanLoop", loop_row.name, now, person_id=person_id, detail={"slot": slot}
    )
    return assignment_id


@prepared
def _taken_again(of_loop: Any, of_person: Any, free_slot: Any, now: Any, until: Any) -> ReturningUpdate[Any]:
    """One row per worker and loop: whoever released it or ran out of time takes the same row again."""
    of_worker = (assignment.c.loop_id == of_loop) & (assignment.c.person_id == of_person)
    return (
        update(assignment)
        .where(of_worker)
        .values(
            slot=free_slot, state="active", accepted_at=now, deadline=until, paused_at=None, paused_for=0.0
        )
        .returning(assignment.c.id)
    )


@prepared
def _taken_first(of_loop: Any, of_person: Any, free_slot: Any, now: Any, until: Any) -> ReturningInsert[Any]:
    return (
        insert(assignment)
        .values(
            loop_id=of_loop,
            person_id=of_person,
            slot=free_slot,
            state="active",
            accepted_at=now,
            deadline=until,
            paused_for=0.0,
        )
        .returning(assignment.c.id)
    )


def _record(cx: Connection, action: journal.Action, row: Row[Any], now: datetime, **detail: Any) -> None:
    """The journal has each hold, while the row has the last only: whoever takes a task again takes the same row."""
    journal.record(
        cx, action, "HumanLoop", row.loop_name, now, person_id=row.person_id, detail=detail or None
    )


def _owe_expiry(cx: Connection, assignment_id: int, deadline: datetime, now: datetime) -> None:
    payload = {"assignment_id": assignment_id}
    owe(cx, "expire-assignment", str(assignment_id), payload, due=deadline + GRACE, now=now)


def _end_of_undo(row: Row[Any], page: Page | None, now: datetime) -> datetime | None:
    """When an answer that is handed in now is final, if not at once.

    Each undo gives time, so one after the task's own time limit would let its worker hold the task for ever.
    """
    is_late = row.accepted_at + timedelta(seconds=row.time_limit) + GRACE <= now
    if page is None or is_late or row.status == "Stopping":
        return None
    seconds = page.undo_seconds if row.undo_seconds is None else row.undo_seconds
    return now + timedelta(seconds=seconds) if seconds else None


def _keep_only_draft(cx: Connection, row: Row[Any], page: Page | None, now: datetime) -> None:
    """Of all that a worker has submitted, the draft of the latest is kept: their page of the previous task is made of it."""
    earlier = submitted_task.latest_of(cx, row.person_id, but=row.id)
    if earlier is not None and earlier.undoable_until is None:
        draft.drop(cx, earlier.id)
    if page is None:
        draft.drop(cx, row.id)
    elif page.begun is not None:
        draft.replace(cx, row.id, page.begun, now)


def _leave(cx: Connection, row: Row[Any], state: str, **values: Any) -> None:
    cx.execute(
        update(assignment).where(assignment.c.id == row.id).values(state=state, paused_at=None, **values)
    )
    forget(cx, "expire-assignment", str(row.id))


def _whose(cx: Connection, row: Row[Any]) -> dict[str, Any]:
    """What an event says about a worker's task."""
    return {
        "loop_name": row.loop_name,
        "flow_name": row.flow_name,
        "created_at": row.created_at,
        "worker_id": cx.execute(select(person.c.worker_id).where(person.c.id == row.person_id)).scalar_one(),
    }


def _paused_for(row: Row[Any], now: datetime) -> float:
    waited = (now - row.paused_at).total_seconds() if row.paused_at else 0.0
    return float(row.paused_for + waited)


def _is_answer(cx: Connection, assignment_id: int, answer: Document) -> bool:
    """Whether this very text is stored; the database compares it, nobody reads it."""
    same = select(cast(assignment.c.answer, Text) == answer.text).where(assignment.c.id == assignment_id)
    return cx.scalar(same) is True
