"""The end of a loop that has answers: what its output is made of, and what follows once it is written, or cannot be."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Text, cast, func, select, update

from secondlook.names import Place
from secondlook.review.decisions import outcome, output
from secondlook.review.decisions.identity import OURSELVES, Identity
from secondlook.review.errors import Invalid
from secondlook.review.loop import close, find, locked, with_flow
from secondlook.store.outbox import last_error
from secondlook.store.tables import assignment, identity, loop, loop_input, person

_of_person = identity.alias()
_FIRST_IDENTITY = (
    select(func.min(_of_person.c.id))
    .where(_of_person.c.person_id == person.c.id)
    .correlate(person)
    .scalar_subquery()
)

_LONGEST_REASON = 900
"""Characters of why an output could not be written; FailureReason has room for 1,024."""


def to_write(cx: Connection, loop_id: int, place: Place, issuer: str) -> output.Closing | None:
    """What the output document is made of; None when the loop is closed already or gone."""
    row = cx.execute(with_flow().where(loop.c.id == loop_id)).one_or_none()
    if row is None or row.closing_at is None or row.closed_at is not None:
        return None
    return _closing(cx, row, place, issuer)


def unwritten(cx: Connection, name: str, place: Place, issuer: str) -> tuple[int, output.Closing]:
    """The id, and what the output document is made of, of a loop whose output could not be written.

    Raises NotFound, and Invalid where the output is written or there is none.
    """
    row = find(cx, name)
    if row.unwritten is None and row.closing_at is not None and row.closed_at is None:
        error = last_error(cx, ("close-loop",), str(row.id))
        raise Invalid(
            f"The output of human loop {name!r} is still being tried again by itself"
            f"{f' ({error})' if error else ''}; only once that has been given up is there something to do here"
        )
    if row.unwritten is None:
        raise Invalid(f"Human loop {name!r} is {row.status} and has no output that could not be written.")
    return row.id, _closing(cx, row, place, issuer)


def written(cx: Connection, loop_id: int, place: Place, now: datetime) -> None:
    """The output is written: show the final status and owe the event, whose id, time and detail are fixed here."""
    row = locked(cx, loop_id)
    if row is not None and row.closing_at is not None and row.closed_at is None:
        close(cx, row, outcome.Outcome(row.outcome, row.failure_code, row.failure_reason), place, now)


def failed(cx: Connection, loop_id: int, reason: str, place: Place, now: datetime) -> None:
    """The output could not be written for good: the loop fails, the answers stay in the database."""
    row = locked(cx, loop_id)
    if row is None or row.closing_at is None or row.closed_at is not None:
        return
    cx.execute(update(loop).where(loop.c.id == loop_id).values(unwritten=reason[:_LONGEST_REASON]))
    decided = outcome.unwritten(row.outcome, row.failure_code, row.failure_reason, reason[:_LONGEST_REASON])
    close(cx, row, decided, place, now)


def rewritten(cx: Connection, loop_id: int, place: Place, now: datetime) -> None:
    """The output could be written after all: the loop shows how it ended, and a second event says so.

    Nothing happens when somebody else was quicker, or has deleted the loop.
    """
    row = locked(cx, loop_id)
    if row is None or row.unwritten is None:
        return
    cx.execute(update(loop).where(loop.c.id == loop_id).values(unwritten=None))
    decided = outcome.rewritten(row.outcome, row.failure_code, row.failure_reason, row.unwritten)
    close(cx, row, decided, place, now, is_rewritten=True)


def _closing(cx: Connection, row: Row[Any], place: Place, issuer: str) -> output.Closing:
    answers = cx.execute(
        select(
            assignment.c.accepted_at,
            assignment.c.submitted_at,
            assignment.c.paused_for,
            cast(assignment.c.answer, Text).label("content"),
            person.c.worker_id,
            # The previous release, which may run on this schema, makes people without an identity.
            func.coalesce(identity.c.issuer, OURSELVES).label("issuer"),
            func.coalesce(identity.c.subject, person.c.sub).label("subject"),
        )
        .join(person, person.c.id == assignment.c.person_id)
        .outerjoin(identity, identity.c.id == _FIRST_IDENTITY)
        .where(assignment.c.loop_id == row.id, assignment.c.state == "submitted")
        .order_by(assignment.c.submitted_at, assignment.c.id)
    )
    return output.Closing(
        loop_name=row.name,
        flow_arn=place.arn("flow-definition", row.flow_name),
        flow_name=row.flow_name,
        output_path=row.output_path,
        created_at=row.created_at,
        input_content=cx.scalar(select(loop_input.c.content).where(loop_input.c.loop_id == row.id)) or "null",
        issuer=issuer,
        answers=tuple(map(_answer, answers)),
        kms_key_id=row.kms_key_id,
        request_source=row.request_source,
    )


def _answer(row: Row[Any]) -> output.Answer:
    return output.Answer(
        accepted_at=row.accepted_at,
        submitted_at=row.submitted_at,
        paused_for=row.paused_for,
        content=row.content,
        worker_id=row.worker_id,
        identity=Identity(row.issuer, row.subject),
    )
