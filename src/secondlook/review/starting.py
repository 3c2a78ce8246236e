"""The start of human loops: in which flow definitions they start, and the rows of those that start together [api.md §2]."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, insert, select

from secondlook.names import Place, last_part
from secondlook.review import staffing
from secondlook.review.decisions import shortage
from secondlook.review.errors import Conflict, Invalid, ReviewError
from secondlook.review.loop import FINAL
from secondlook.store.actor import SERVER, Actor
from secondlook.store.insert import insert_each_new
from secondlook.store.journal import Entry, record_each
from secondlook.store.outbox import Owed, owe_each
from secondlook.store.remembered import RememberedEach
from secondlook.store.session import Store
from secondlook.store.tables import flow, loop, loop_input, task_ui
from secondlook.store.version import STARTABLE

log = logging.getLogger(__name__)

# Starting is the operation called most, so its statements are built once.
_STARTABLE: Select[Any] = (
    select(
        flow.c.id,
        flow.c.name,
        flow.c.status,
        flow.c.workteam,
        flow.c.task_ui,
        flow.c.task_count,
        flow.c.availability,
        flow.c.output_path,
        flow.c.config,
        task_ui.c.sha256.label("template"),
        staffing.members().label("members"),
    )
    .outerjoin(task_ui, task_ui.c.name == flow.c.task_ui)
    .where(flow.c.name == bindparam("name"))
)
_STILL_ACTIVE = (
    select(flow.c.id)
    .where(flow.c.id == bindparam("id"), flow.c.status == "Active")
    .with_for_update(read=True)
)
_NEW_INPUT = insert(loop_input)
_NAMED = select(loop.c.name, loop.c.flow_id, loop.c.input_sha256, loop.c.status).where(
    loop.c.name == bindparam("name")
)


@dataclass(frozen=True, slots=True)
class Start:
    """A loop to be started in a flow definition (`startable`).

    `buckets` are those that its starter may read, and so its page, and single objects as `bucket/key` (`grant`). The same
    `fingerprint` is the same loop while that is open, and `for_good` also once it has ended.
    """

    flow: Row[Any]
    name: str
    content: str
    fingerprint: str
    classifiers: list[str] | None
    buckets: list[str] | None
    now: datetime
    actor: Actor
    for_good: bool = False

    @classmethod
    def of(
        cls,
        flow_row: Row[Any],
        name: str,
        content: str,
        now: datetime,
        classifiers: list[str] | None = None,
        buckets: Collection[str] | None = None,
        actor: Actor = SERVER,
        unit: str | None = None,
    ) -> Start:
        """To be made before a transaction begins, because `content` may have megabytes.

        Of a prediction, `unit` says what it was made of: the loop is the same whatever the model says of it when asked again.
        """
        fingerprint = hashlib.sha256((unit or content).encode("utf-8", "surrogatepass")).hexdigest()
        return cls(
            flow_row,
            name,
            content,
            fingerprint,
            classifiers,
            None if buckets is None else sorted(buckets),
            now,
            actor,
            for_good=unit is not None,
        )

    @property
    def expires_at(self) -> datetime:
        return self.now + timedelta(seconds=self.flow.availability)

    @property
    def row(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "flow_id": self.flow.id,
            "template": self.flow.template,
            "status": "InProgress",
            "ready": False,
            "content_classifiers": self.classifiers,
            "buckets": self.buckets,
            "input_sha256": self.fingerprint,
            "created_at": self.now,
            "expires_at": self.expires_at,
        }


def startable(cx: Connection, flow_arn: str, place: Place) -> Row[Any]:
    """The Active flow definition behind an ARN, with its template's hash and its `members`, counted as far as matters.

    Raises Invalid naming the ARN [api.md §2].
    """
    name = last_part(flow_arn)
    row = cx.execute(_STARTABLE, {"name": name}).one_or_none()
    if row is None or flow_arn != place.arn("flow-definition", name):
        raise Invalid(
            f"The flow definition '{flow_arn}' does not exist in account {place.account} and Region {place.region}."
        )
    if row.status != "Active":
        raise Invalid(
            f"The flow definition '{flow_arn}' is {row.status}; human loops start only while it is Active."
        )
    if row.template is None:
        raise Invalid(
            f"The human task UI {row.task_ui!r} of flow definition '{flow_arn}' was deleted; no new human loops can start."
        )
    return row


class StartableFlows(RememberedEach[str, Row[Any]]):
    """`startable` by ARN, in memory. A flow definition in which loops could not end is said once, in the log."""

    def __init__(self, store: Store, place: Place) -> None:
        def read(cx: Connection, flow_arn: str) -> Row[Any]:
            row = startable(cx, flow_arn, place)
            if sentence := shortage.of_flow(row.workteam, row.members, row.task_count):
                _warn_of(row.name, sentence)
            return row

        super().__init__(store, STARTABLE, read)


@lru_cache(maxsize=1024)
def _warn_of(flow_name: str, sentence: str) -> None:
    """Once for each sentence: a million loops may start in the same flow definition."""
    log.warning("human loops start in flow definition %s, and cannot end: %s", flow_name, sentence)


def start(cx: Connection, new: Start) -> None:
    """Record one loop; raises what `start_each` answers."""
    (error,) = start_each(cx, [new])
    if error is not None:
        raise error


def start_each(cx: Connection, starts: Sequence[Start]) -> list[ReviewError | None]:
    """Record loops and what each owes: a render check now, an expiry later. Answers why those that do not start do not.

    The same name, flow definition and input while the loop is open is the same loop (`Start.for_good`: also afterwards); any
    other reuse is a Conflict (our choice where AWS is silent [api.md §2]). Invalid when the flow definition was deleted meanwhile.
    """
    # Before the loops have numbers: cursors count on it (`review.cursor`). Held until the commit, and a deletion waits for it.
    # In one order, as everybody locks several.
    flows = sorted({new.flow.id for new in starts})
    active = {id_ for id_ in flows if cx.scalar(_STILL_ACTIVE, {"id": id_}) is not None}
    first: dict[str, Start] = {}
    for new in starts:
        if new.flow.id in active:
            first.setdefault(new.name, new)
    # In one order: two servers that start loops of the same names meet at the first of them, not in a circle.
    rows = [first[name].row for name in sorted(first)]
    inserted = insert_each_new(cx, loop, rows, loop.c.id, loop.c.name) if rows else ()
    begun = {row.name: (row.id, first[row.name]) for row in inserted}
    if begun:
        _record(cx, list(begun.values()))
    return [
        _deleted(new)
        if new.flow.id not in active
        else None
        if first[new.name] is new and new.name in begun
        else _conflict(cx, new)
        for new in starts
    ]


def _record(cx: Connection, begun: Sequence[tuple[int, Start]]) -> None:
    """What belongs to loops that have their rows: their inputs, the duties that they owe, their entries in the journal."""
    cx.execute(_NEW_INPUT, [{"loop_id": number, "content": new.content} for number, new in begun])
    owe_each(cx, [duty for number, new in begun for duty in _duties(number, new)])
    record_each(
        cx, [(new.actor, Entry("StartHumanLoop", "HumanLoop", new.name, new.now)) for _, new in begun]
    )


def _duties(number: int, new: Start) -> tuple[Owed, Owed]:
    owed = {"loop_id": number}
    return (
        Owed("check-render", str(number), owed, new.now, new.now, share=str(new.flow.id)),
        Owed("expire-loop", str(number), owed, new.expires_at, new.now),
    )


def _deleted(new: Start) -> Invalid:
    return Invalid(
        f"The flow definition {new.flow.name!r} is being deleted; human loops start only while it is Active."
    )


def _conflict(cx: Connection, new: Start) -> Conflict | None:
    """What stands against a name that is taken; None where that is the same loop."""
    row = cx.execute(_NAMED, {"name": new.name}).one_or_none()
    if row is None:
        state = "exists"
    elif (row.flow_id, row.input_sha256) == (new.flow.id, new.fingerprint) and (
        new.for_good or row.status not in FINAL
    ):
        return None
    else:
        state = f"is {row.status}"
    return Conflict(
        f"A human loop named {new.name!r} {state} already; names stay taken until the loop is deleted."
    )
