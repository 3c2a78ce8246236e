"""The clock: looks for duties that are due, has them done on threads of their own, strikes them off.

One thread looks; it sleeps until something is owed in this process, until the next duty is due, or until
it is time to see what other servers left. Each kind of duty is a lane of its own width, so a receiver that
hangs holds up its own kind only, and one subject of a kind is never in hand twice, so a receiver that hangs
holds one place of its lane and not all of them. An idle look reads and takes no write lock.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from secondlook import names
from secondlook.clock.lane import Lane
from secondlook.clock.work import Hopeless, Undone, Work, Write
from secondlook.store import outbox
from secondlook.store.outbox import Duty
from secondlook.store.session import Store

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
"""How long a server that died keeps others from its duties; renewed at half time."""

POLL = timedelta(seconds=5)
"""How soon duties are found that no one in this process owed: those of other servers and lost leases."""


class Clock:
    """Does the duties of `store` under the name `server_id`, which is the same after a restart.

    `now` is handed in by tests that move time; after moving it they call `look`.
    """

    def __init__(
        self,
        store: Store,
        server_id: str,
        works: Mapping[str, Work],
        *,
        now: Callable[[], datetime] = names.now,
        lease: timedelta = LEASE,
        poll: timedelta = POLL,
    ) -> None:
        self._store = store
        self._owner = server_id
        self._now = now
        self._lease = lease
        self._poll = poll
        self._lanes = {kind: Lane(kind, work) for kind, work in works.items()}
        self._change = threading.Condition()
        self._stopping = False
        self._poll_at = now()
        self._thread = threading.Thread(target=self._run, name="clock", daemon=True)
        store.on_owed(self._hear)

    def start(self) -> None:
        """Give back what a previous run of this server held, then begin."""
        with self._store.write() as cx:
            outbox.release_all(cx, self._owner)
        self._thread.start()

    def stop(self, grace: float = 10.0) -> None:
        """Claim nothing more and wait up to `grace` seconds for what is in hand; what is not done by then is given back."""
        with self._change:
            self._stopping = True
            self._change.notify_all()
        self._thread.join()
        with self._change:
            self._change.wait_for(lambda: not any(lane.held for lane in self._lanes.values()), grace)
            left = [one for lane in self._lanes.values() for one in lane.held.values()]
        if left:
            log.warning("stopped with %s unfinished; given back", ", ".join(map(_name, left)))
            with self._store.write() as cx:
                outbox.release_all(cx, self._owner)

    def look(self) -> None:
        """Look in every lane now."""
        with self._change:
            self._poll_at = self._now()
            self._change.notify_all()

    # --- the thread that looks ------------------------------------------------------------------------------

    def _hear(self, kind: str, due: datetime) -> None:
        lane = self._lanes.get(kind)
        if lane is not None:
            with self._change:
                lane.expect(due)
                self._change.notify_all()

    def _run(self) -> None:
        while self._sleep():
            try:
                self._renew()
                for lane in self._lanes.values():
                    self._serve(lane)
            except Exception:
                # The database may be away for a while; the clock must be there when it comes back.
                log.exception("the clock could not look for duties; next try in %s", self._poll)
                with self._change:
                    for lane in self._lanes.values():
                        lane.look_at = None

    def _sleep(self) -> bool:
        """Wait until there is something to look for; False when the clock is stopping."""
        with self._change:
            while not self._stopping:
                now = self._now()
                if now >= self._poll_at:
                    self._poll_at = now + self._poll
                    for lane in self._lanes.values():
                        lane.look_at = now
                wake = min([self._poll_at, *self._renewals(), *self._planned()])
                if wake <= now:
                    return True
                self._change.wait((wake - now).total_seconds())
            return False

    def _planned(self) -> list[datetime]:
        return [lane.look_at for lane in self._lanes.values() if lane.look_at is not None and lane.room]

    def _renewals(self) -> list[datetime]:
        return [until - self._lease / 2 for lane in self._lanes.values() for until in lane.leases.values()]

    def _serve(self, lane: Lane) -> None:
        """Claim what is due in this lane and set it going; ask once more when something was."""
        now = self._now()
        with self._change:
            if not lane.room or lane.look_at is None or lane.look_at > now or self._stopping:
                return
            lane.look_at = None
            busy, room = frozenset(lane.held), lane.room
        with self._store.read() as cx:
            due = outbox.next_due(cx, lane.kind, now, busy)
        if due is None or due > now:
            with self._change:
                lane.expect(due)
            return
        with self._store.write() as cx:
            claimed = outbox.claim(cx, self._owner, lane.kind, now, self._lease, most=room, busy=busy)
        with self._change:
            lane.take(claimed, now + self._lease)
            if claimed:
                lane.expect(now)
        for one in claimed:
            threading.Thread(target=self._do, args=(lane, one), name=_name(one), daemon=True).start()

    def _renew(self) -> None:
        now = self._now()
        with self._change:
            due = {
                number: lane
                for lane in self._lanes.values()
                for number, until in lane.leases.items()
                if until - self._lease / 2 <= now
            }
        if not due:
            return
        with self._store.write() as cx:
            kept = outbox.renew(cx, self._owner, list(due), now + self._lease)
        with self._change:
            for number, lane in due.items():
                if number not in kept:
                    lane.leases.pop(number, None)
                elif number in lane.leases:
                    lane.leases[number] = now + self._lease

    # --- the threads that do --------------------------------------------------------------------------------

    def _do(self, lane: Lane, duty: Duty) -> None:
        try:
            self._try(lane.work, duty)
        except Exception:
            # Not even the failure could be written down; when the lease has run out the duty is done again.
            log.exception("%s is left to its lease", _name(duty))
        finally:
            with self._change:
                lane.drop(duty)
                lane.expect(self._now())
                self._change.notify_all()

    def _try(self, work: Work, duty: Duty) -> None:
        try:
            held = self._finish(duty, work.do(duty))
        except Exception as error:
            outside = isinstance(error, Undone)
            # A traceback helps with a mistake of ours, not with a receiver that answers 500.
            log.warning("%s failed, try %d: %s", _name(duty), duty.attempts, error, exc_info=not outside)
            held = self._undone(work, duty, error)
        if not held:
            log.warning("%s took longer than its lease; somebody else has it now", _name(duty))

    def _finish(self, duty: Duty, write: Write | None) -> bool:
        with self._store.write() as cx:
            if not outbox.finish(cx, self._owner, duty):
                return False
            if write is not None:
                write(cx, self._now())
        return True

    def _undone(self, work: Work, duty: Duty, error: Exception) -> bool:
        now = self._now()
        reason = str(error) or type(error).__name__
        pause = None if isinstance(error, Hopeless) else work.retry.pause(duty.attempts)
        writes = [error.write] if isinstance(error, Undone) and error.write is not None else []
        if pause is None:
            log.error("%s is given up after %d tries: %s", _name(duty), duty.attempts, reason)
            writes += [work.lost(duty, reason)] if work.lost is not None else []
        with self._store.write() as cx:
            if pause is None:
                held = outbox.give_up(cx, self._owner, duty, reason, now)
            else:
                held = outbox.postpone(cx, self._owner, duty, now + pause, reason)
            for write in writes if held else ():
                write(cx, now)
        return held


def _name(duty: Duty) -> str:
    return f"{duty.kind} of {duty.subject}"
