"""Executor do claimed duties and write down what became of each: done, to be tried again, given up."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import Connection

from secondlook.clock.handler import Handler, HandlerFailure, PermanentFailure, Write
from secondlook.store import outbox
from secondlook.store.availability import Unavailable
from secondlook.store.disk import outwards
from secondlook.store.outbox import Duty
from secondlook.store.session import Store

log = logging.getLogger(__name__)

GATHER = 0.1
"""Seconds for which finished work waits to be written together with the next."""

Done = tuple[Duty, Write | None]


class Executor:
    """Works for one server, whose name `owner` is on the leases. Used by many threads.

    `left` is called when a duty could be neither struck off nor put back, so that its lease is still there.
    """

    def __init__(
        self, store: Store, owner: str, now: Callable[[], datetime], left: Callable[[], None] = lambda: None
    ) -> None:
        self._store = store
        self._owner = owner
        self._now = now
        self._left = left

    def do(self, handler: Handler, duties: Sequence[Duty], stopping: Callable[[], bool]) -> None:
        """Do one after the other; what is not begun when the clock stops stays undone. Raises nothing."""
        done: list[Done] = []
        began = time.monotonic()
        for duty in duties:
            if stopping():
                break
            try:
                done.append((duty, handler.do(duty)))
            except Exception as error:  # noqa: BLE001  (whatever it is, the duty is tried again)
                self._failed(handler, duty, error)
            if time.monotonic() - began > GATHER:
                self._finish(handler, done)
                done, began = [], time.monotonic()
        self._finish(handler, done)

    def _finish(self, handler: Handler, done: list[Done]) -> None:
        """Strike off what was done, with its final writes.

        SQLite has one writer, so a batch costs one transaction. On PostgreSQL each has its own: who locks
        several loops at once meets others who lock them in another order.
        """
        together = len(done) > 1 and self._store.is_sqlite
        if together and self._struck_off(done):
            return
        for one in done:
            try:
                with self._store.write() as cx:
                    self._strike_off(cx, one)
            except Exception as error:  # noqa: BLE001  (as above)
                self._failed(handler, one[0], error)

    def _struck_off(self, done: list[Done]) -> bool:
        """Whether all could be written in one transaction; if not, nothing was."""
        try:
            with self._store.write() as cx:
                for one in done:
                    self._strike_off(cx, one)
        except Exception:  # noqa: BLE001  (which of them it was shows when each is written by itself)
            return False
        return True

    def _strike_off(self, cx: Connection, done: Done) -> None:
        duty, write = done
        if not outbox.finish(cx, self._owner, duty):
            _lost(duty)
        elif write is not None:
            write(cx, self._now())

    def _failed(self, handler: Handler, duty: Duty, error: Exception) -> None:
        # A traceback helps with a mistake of ours, not with a receiver that answers 500.
        known = isinstance(error, HandlerFailure | Unavailable)
        log.warning(
            "%s failed, try %d: %s", name(duty), duty.attempts, error, exc_info=None if known else error
        )
        try:
            self._put_back(handler, duty, error)
        except Unavailable as away:
            log.warning("%s is done again once the database answers: %s", name(duty), away)
            self._left()
        except Exception:
            log.exception("%s is done again", name(duty))
            self._left()

    def _put_back(self, handler: Handler, duty: Duty, error: Exception) -> None:
        """Postpone the duty, or give it up after its last try."""
        now = self._now()
        reason = outwards(error)
        pause = None if isinstance(error, PermanentFailure) else handler.retry.pause(duty.attempts)
        writes = [error.write] if isinstance(error, HandlerFailure) and error.write is not None else []
        if pause is None:
            log.error("%s is given up after %d tries: %s", name(duty), duty.attempts, reason)
            writes += [handler.on_give_up(duty, reason)] if handler.on_give_up is not None else []
        with self._store.write() as cx:
            if pause is None:
                held = outbox.give_up(cx, self._owner, duty, reason, now)
            else:
                held = outbox.postpone(cx, self._owner, duty, now + pause, reason)
            for write in writes if held else ():
                write(cx, now)
        if not held:
            _lost(duty)


def name(duty: Duty) -> str:
    return f"{duty.kind} of {duty.queueing_key}"


def _lost(duty: Duty) -> None:
    log.warning(
        "%s: the lease is lost, so nothing is written; somebody else has it or took it back", name(duty)
    )
