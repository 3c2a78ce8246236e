"""The duties of human loops: the timers, writing the output, the end of a flow definition."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Connection

from secondlook.clock.handler import Handler, PermanentFailure, Retry, TransientFailure, Write
from secondlook.names import Place
from secondlook.review import assignment, closing, events, flow, loop, staffing
from secondlook.review.errors import ReviewError, Unwritten
from secondlook.review.stories import output_file
from secondlook.store import tables
from secondlook.store.errors import NoSuchBucket
from secondlook.store.objects import Objects
from secondlook.store.outbox import Duty, owe
from secondlook.store.session import Store

STORAGE = Retry(first=timedelta(seconds=1), longest=timedelta(minutes=5), tries=80)
"""Six hours: storage that is away comes back, and the answers lie safe in the database meanwhile."""

BUCKET_TRIES = 6
"""Half a minute: a bucket that is gone seldom comes back."""

BATCH = 32
"""Short duties that share a transaction when many wait."""

DELETING = timedelta(seconds=5)
"""How often a flow definition that is being deleted looks whether its last task is done."""

DELETE_SECONDS = 2.0
"""How long one duty deletes loops; then it owes itself again, so that a server that stops waits for little."""

SETTLE_AT_ONCE = 1000
"""Open loops that one duty looks through when somebody has left a work team."""

STOP_AT_ONCE = 200
"""Loops stopped by one duty, so that deleting a flow definition with very many goes in steps."""


@dataclasses.dataclass(frozen=True, slots=True)
class LoopDuties:
    """What loops owe, done with these services. Payloads: `{"loop_id": 1}`, `{"assignment_id": 1}`, `{"flow_id": 1}`."""

    store: Store
    place: Place
    objects: Objects
    issuer: str
    now: Callable[[], datetime]

    def handlers(self) -> dict[str, Handler]:
        return {
            "expire-loop": Handler(self.expire_loop, concurrency=1, batch=BATCH),
            "expire-assignment": Handler(self.expire_assignment, concurrency=1, batch=BATCH),
            "end-undo": Handler(self.end_undo, concurrency=1),
            "settle-flow": Handler(self.settle_flow, concurrency=1),
            "close-loop": Handler(self.close, STORAGE, concurrency=8, on_give_up=self._unwritten),
            "publish-event": Handler(self.publish, concurrency=1, batch=BATCH),
            "delete-flow": Handler(self.delete_flow, concurrency=1),
        }

    def expire_loop(self, duty: Duty) -> Write:
        return lambda cx, at: loop.reconsider(cx, duty.payload["loop_id"], self.place, at)

    def expire_assignment(self, duty: Duty) -> Write:
        return lambda cx, at: assignment.expire(cx, duty.payload["assignment_id"], self.place, at)

    def end_undo(self, duty: Duty) -> Write:
        """`{"assignment_id": 1, "until": "2026-…"}`: which answer is final, as it may have been taken back and given again."""
        number, until = duty.payload["assignment_id"], datetime.fromisoformat(duty.payload["until"])
        return lambda cx, at: assignment.end_undo(cx, number, until, self.place, at)

    def settle_flow(self, duty: Duty) -> Write | None:
        """`{"flow_id": 1, "behind": [0, 7]}`: end the loops that too few people are left for (`staffing.has_shrunk`)."""
        number = duty.payload["flow_id"]
        with self.store.read() as cx:
            declined, last = staffing.declined_loops(cx, number, duty.payload.get("behind"), SETTLE_AT_ONCE)
        for loop_id in declined:
            with self.store.write() as cx:
                loop.reconsider(cx, loop_id, self.place, self.now())
        if last is None:
            return None
        rest = {"flow_id": number, "behind": last}
        return lambda cx, at: owe(cx, "settle-flow", duty.queueing_key, rest, due=at, now=at)

    def close(self, duty: Duty) -> Write | None:
        """Write output.json; only then does the loop show its final status and owe its event."""
        number = duty.payload["loop_id"]
        with self.store.read() as cx:
            contents = closing.to_write(cx, number, self.place, self.issuer)
        if contents is None:
            return None
        try:
            output_file.put(self.objects, contents, self.now())
        except Unwritten as error:
            final = isinstance(error.__cause__, NoSuchBucket) and duty.attempts >= BUCKET_TRIES
            raise (PermanentFailure if final else TransientFailure)(str(error)) from error
        return lambda cx, at: closing.written(cx, number, self.place, at)

    def publish(self, duty: Duty) -> Write:
        """`{"event": {…}, "flow": NAME}`: the document was fixed when it was owed."""
        return lambda cx, at: events.publish(cx, duty.payload["event"], duty.payload["flow"], at)

    def delete_flow(self, duty: Duty) -> Write:
        """Stop what nobody works on; once open tasks are done, delete all [lifecycle.md, Flow definition]."""
        number = duty.payload["flow_id"]
        query = loop.of_flow(number).where(tables.loop.c.status == "InProgress").limit(STOP_AT_ONCE)
        with self.store.read() as cx:
            names = [row.name for row in cx.execute(query)]
        for name in names:
            self._stop(name)
        with self.store.read() as cx:
            is_open = flow.has_open_loops(cx, number)
        if not is_open:
            flow.delete_ended(self.store, number, DELETE_SECONDS)
        pause = DELETING if is_open and len(names) < STOP_AT_ONCE else timedelta(0)

        def write(cx: Connection, at: datetime) -> None:
            if not flow.finish_delete(cx, number):
                owe(cx, "delete-flow", duty.queueing_key, duty.payload, due=at + pause, now=at)

        return write

    def _stop(self, name: str) -> None:
        try:
            with self.store.write() as cx:
                loop.stop(cx, name, self.place, self.now())
        except ReviewError:
            return  # it ended by itself meanwhile

    def _unwritten(self, duty: Duty, reason: str) -> Write:
        return lambda cx, at: closing.failed(cx, duty.payload["loop_id"], reason, self.place, at)
