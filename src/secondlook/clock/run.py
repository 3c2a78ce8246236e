"""The clock: looks for duties that are due, has them done on threads of their own, strikes them off.

One thread looks; it sleeps until something is owed in this process, until the next duty is due, or until
it is time to see what other servers left. Each kind of duty is a lane with a concurrency of its own, so a receiver that
hangs holds up its own kind only, and one queueing key of a kind is never in hand twice, so a receiver that hangs
holds one place of its lane and not all of them. An idle look reads and takes no write lock.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection

from secondlook.clock.database_clock import DatabaseClock
from secondlook.clock.executor import Executor, name
from secondlook.clock.handler import Handler
from secondlook.clock.lane import Lane
from secondlook.store import outbox
from secondlook.store.availability import Unavailable
from secondlook.store.outbox import Duty
from secondlook.store.session import Store

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
"""How long a server that died keeps others from its duties; renewed at half time."""

POLL = timedelta(seconds=5)
"""How soon duties are found that no one in this process owed: those of other servers and lost leases."""

REST = 0.1
"""Seconds after a batch with which nothing was left, so that a burst becomes a few large ones instead of many small ones."""


class Clock:
    """Does the duties of `store` under the name `server_id`, which is the same after a restart.

    `now`, else the store's clock, stands in for the database's where time is moved by hand; whoever moves it calls `look`.
    """

    def __init__(
        self,
        store: Store,
        server_id: str,
        handlers: Mapping[str, Handler],
        *,
        now: Callable[[], datetime] | None = None,
        lease: timedelta = LEASE,
        poll: timedelta = POLL,
    ) -> None:
        self._store = store
        self._owner = server_id
        self._time = DatabaseClock(store, now)
        self._lease = lease
        self._poll = poll
        self._astray = threading.Event()
        self._executor = Executor(store, server_id, self._time, self._astray.set)
        self._lanes = {kind: Lane(kind, handler) for kind, handler in handlers.items()}
        self._change = threading.Condition()
        self._over = threading.Event()
        self._poll_at = time.monotonic()
        self._thread = threading.Thread(target=self._run, name="clock", daemon=True)
        store.on_owed(self._hear)

    def start(self) -> None:
        """Give back what a previous run of this server held, then begin."""
        with self._store.write() as cx:
            self._time.look(cx)
            outbox.release_all(cx, self._owner)
        self._thread.start()

    def stop(self, grace: float = 5.0) -> None:
        """Claim nothing more and wait up to `grace` seconds for what is in hand; what is not done by then is given back."""
        with self._change:
            self._over.set()
            self._change.notify_all()
        self._thread.join()
        with self._change:
            self._change.wait_for(lambda: not any(lane.held for lane in self._lanes.values()), grace)
            left = [duty for lane in self._lanes.values() for duty in lane.held.values()]
        if left:
            log.warning("stopped with %s unfinished; given back", ", ".join(map(name, left)))
        try:
            with self._store.write() as cx:
                outbox.release_all(cx, self._owner)
        except Unavailable as error:
            log.warning("what this server holds is left to its leases: %s", error)

    def look(self) -> None:
        """Look in every lane now."""
        with self._change:
            self._poll_at = time.monotonic()
            self._change.notify_all()

    def _hear(self, kind: str, due: datetime) -> None:
        lane = self._lanes.get(kind)
        if lane is None:
            return
        with self._change:
            if due <= self._time():
                lane.due = True
            else:
                lane.expect(due)
            self._change.notify_all()

    def _run(self) -> None:
        while self._sleep():
            try:
                self._renew()
                self._give_back()
                for lane in self._lanes.values():
                    self._serve(lane)
            except Unavailable as error:
                log.warning("the clock could not look for duties; next try in %s: %s", self._poll, error)
                self._expect_nothing()
            except Exception:
                # Whatever it was, the clock must be there when it is over.
                log.exception("the clock could not look for duties; next try in %s", self._poll)
                self._expect_nothing()

    def _expect_nothing(self) -> None:
        """Until the next poll. Nobody knows what was claimed when the answer was lost."""
        self._astray.set()
        with self._change:
            for lane in self._lanes.values():
                lane.due, lane.look_at = False, None

    def _sleep(self) -> bool:
        """Wait until there is something to look for; False when the clock is stopping."""
        with self._change:
            while not self._over.is_set():
                now, moment = self._time(), time.monotonic()
                if moment >= self._poll_at:
                    self._poll_at = moment + self._poll.total_seconds()
                    for lane in self._lanes.values():
                        lane.look_at = now
                wake = min(self._wakes(now), default=None)
                if wake is not None and wake <= now:
                    return True
                rest = self._poll_at - moment
                self._change.wait(rest if wake is None else min(rest, (wake - now).total_seconds()))
            return False

    def _wakes(self, now: datetime) -> Iterator[datetime]:
        for lane in self._lanes.values():
            at = lane.wakes_at(now)
            if at is not None:
                yield at
            for until in lane.leases.values():
                yield until - self._lease / 2

    def _serve(self, lane: Lane) -> None:
        """Claim what is due in this lane and set it going."""
        now = self._time()
        with self._change:
            at = lane.wakes_at(now)
            if at is None or at > now or self._over.is_set():
                return
            sure, lane.due = lane.due, False
            busy, free = frozenset(lane.held), lane.free
            if not sure:
                lane.look_at = None
        if not sure and not self._anything_due(lane, busy):
            return

        def claim(cx: Connection) -> tuple[datetime, list[Duty]]:
            now = self._time.look(cx)
            return now, self._claim(cx, lane, now, free, busy)

        now, claimed = self._store.do(claim)
        with self._change:
            batches = lane.take(claimed, now + self._lease)
            lane.has_more = len(claimed) == free
            if lane.has_more:
                lane.due = True
            elif claimed and not sure:
                lane.expect(now)  # to read what comes next
        for duties in batches:
            threading.Thread(target=self._do, args=(lane, duties), name=lane.kind, daemon=True).start()

    def _claim(
        self, cx: Connection, lane: Lane, now: datetime, free: int, busy: frozenset[str]
    ) -> list[Duty]:
        if not lane.handler.by_shares:
            return outbox.claim(cx, self._owner, lane.kind, now, self._lease, most=free, busy=busy)
        duties, lane.after = outbox.claim_by_shares(
            cx,
            self._owner,
            lane.kind,
            now,
            self._lease,
            most=free,
            busy=busy,
            after=lane.after,
            room=self._room(lane, free),
        )
        return duties

    def _room(self, lane: Lane, free: int) -> Callable[[str], int] | None:
        """How many duties of each share may be claimed, if that is bounded."""
        room = lane.handler.room
        if room is None:
            return None
        with self._change:
            held = Counter(duty.share for duty in lane.held.values())
        return lambda share: room(share, held[share], free)

    def _anything_due(self, lane: Lane, busy: frozenset[str]) -> bool:
        with self._store.read() as cx:
            now = self._time.look(cx)
            due = outbox.next_due(cx, lane.kind, now, busy)
        if due is not None and due <= now:
            return True
        with self._change:
            lane.expect(due)
        return False

    def _do(self, lane: Lane, duties: list[Duty]) -> None:
        try:
            self._executor.do(lane.handler, duties, self._over.is_set)
        finally:
            with self._change:
                lane.drop(duties)
                self._change.notify_all()
            if lane.handler.batch > 1 and not lane.has_more and not self._time.is_moved:
                self._over.wait(REST)
            with self._change:
                lane.leave(self._time())
                self._change.notify_all()

    def _give_back(self) -> None:
        """Leases that nobody here works under: the database was away when their duties were claimed, or to be struck off."""
        if not self._astray.is_set():
            return
        self._astray.clear()
        with self._change:
            held = [duty.id for lane in self._lanes.values() for duty in lane.held.values()]
        self._store.do(lambda cx: outbox.release_all(cx, self._owner, but=held))

    def _renew(self) -> None:
        now = self._time()
        with self._change:
            due = {
                number: lane
                for lane in self._lanes.values()
                for number, until in lane.leases.items()
                if until - self._lease / 2 <= now
            }
        if not due:
            return

        def renew(cx: Connection) -> tuple[datetime, Collection[int]]:
            now = self._time.look(cx)
            return now, outbox.renew(cx, self._owner, list(due), now + self._lease)

        now, kept = self._store.do(renew)
        with self._change:
            for number, lane in due.items():
                if number not in kept:
                    lane.leases.pop(number, None)
                elif number in lane.leases:
                    lane.leases[number] = now + self._lease
