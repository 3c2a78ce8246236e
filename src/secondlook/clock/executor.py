"""The executor does claimed duties and writes down what became of each: done, to be tried again, given up."""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection

from secondlook.clock.handler import (
    BatchWrite,
    Handler,
    HandlerFailure,
    PermanentFailure,
    TransientFailure,
    Write,
    WriteAll,
)
from secondlook.store import outbox
from secondlook.store.availability import Unavailable
from secondlook.store.disk import outwards
from secondlook.store.outbox import Duty
from secondlook.store.session import Store

log = logging.getLogger(__name__)

GATHER = 0.1
"""Seconds for which finished work waits to be written together with the next."""

TURN = 1.0
"""Seconds after which a batch gives back what it has not begun, so that long work of one share waits for its next turn."""

Done = tuple[Duty, Write | BatchWrite | None]


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
        try:
            do = handler.prepared(duties)
        except Exception as error:  # noqa: BLE001  (whatever it is, the duties are tried again)
            for duty in duties:
                self._failed(handler, duty, error)
            return
        done: list[Done] = []
        began = written = time.monotonic()
        for number, duty in enumerate(duties):
            if stopping():
                break
            if time.monotonic() - began > TURN:
                self._release(duties[number:])
                break
            try:
                done.append((duty, do(duty)))
            except Exception as error:  # noqa: BLE001  (as above)
                self._failed(handler, duty, error)
            if time.monotonic() - written > GATHER:
                self._finish(handler, done)
                done, written = [], time.monotonic()
        self._finish(handler, done)

    def _release(self, unbegun: Sequence[Duty]) -> None:
        try:
            self._store.do(lambda cx: outbox.release(cx, self._owner, unbegun))
        except Unavailable as away:
            log.warning("%d duties are given back once the database answers: %s", len(unbegun), away)
            self._left()

    def _finish(self, handler: Handler, done: Sequence[Done]) -> None:
        """Strike off what was done, with its final writes; each by itself where that could not be done together."""
        for duty, write in self._rest(done) if len(done) > 1 else done:
            alone = write.alone if isinstance(write, BatchWrite) else write
            try:
                self._store.do(partial(self._strike_off, duty=duty, write=alone))
            except Exception as error:  # noqa: BLE001  (as above)
                self._failed(handler, duty, error)

    def _rest(self, done: Sequence[Done]) -> Sequence[Done]:
        """What is left of `done` after one transaction for all that can share one.

        SQLite has one writer, so all can. On PostgreSQL only batch writes do: who waits for several rows at once meets
        others who lock them in another order.
        """
        batched = [each for each in done if each[1] is None or isinstance(each[1], BatchWrite)]
        single = [each for each in done if each not in batched]
        together = single if self._store.is_sqlite else []

        def write_all(cx: Connection) -> Sequence[Done]:
            rest = self._written_at_once(cx, batched)
            for duty, write in together:
                assert not isinstance(write, BatchWrite)
                self._strike_off(cx, duty, write)
            return rest

        try:
            rest = self._store.do(write_all)
        except Exception:  # noqa: BLE001  (which of them it was shows when each is written by itself)
            return done
        return [*rest, *(each for each in single if each not in together)]

    def _written_at_once(self, cx: Connection, done: Sequence[Done]) -> list[Done]:
        """Write and strike off with a few statements for all; what is left for a transaction of its own."""
        held = outbox.lock(cx, self._owner, [duty for duty, _ in done]) if done else frozenset()
        written: set[int] = set()
        duty_of: dict[WriteAll, dict[int, int]] = defaultdict(dict)
        for duty, write in done:
            if duty.id not in held:
                continue
            if isinstance(write, BatchWrite):
                duty_of[write.write][write.item] = duty.id
            else:
                written.add(duty.id)
        for write_all, duties in duty_of.items():
            written.update(duties[item] for item in write_all(cx, list(duties), self._now()))
        if written:
            outbox.strike_off(cx, written)
        return [each for each in done if each[0].id not in written]

    def _strike_off(self, cx: Connection, duty: Duty, write: Write | None) -> None:
        if not outbox.finish(cx, self._owner, duty):
            _lost(duty)
        elif write is not None:
            write(cx, self._now())

    def _failed(self, handler: Handler, duty: Duty, error: Exception) -> None:
        # A traceback helps with a mistake of ours, not with a receiver that answers 500, nor with the end of the server.
        known = isinstance(error, HandlerFailure | Unavailable | InterruptedError)
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
        pause = _pause(handler, duty, error)
        writes = [error.write] if isinstance(error, HandlerFailure) and error.write is not None else []
        if pause is None:
            log.error("%s is given up after %d tries: %s", name(duty), duty.attempts, reason)
            writes += [handler.on_give_up(duty, reason)] if handler.on_give_up is not None else []

        def put_back(cx: Connection) -> bool:
            if pause is None:
                held = outbox.give_up(cx, self._owner, duty, reason, now)
            else:
                held = outbox.postpone(cx, self._owner, duty, now + pause, reason)
            for write in writes if held else ():
                write(cx, now)
            return held

        if not self._store.do(put_back):
            _lost(duty)


def _pause(handler: Handler, duty: Duty, error: Exception) -> timedelta | None:
    """How long the duty waits for its next try; None when there is none."""
    if isinstance(error, PermanentFailure):
        return None
    pause = handler.retry.pause(duty.attempts)
    return (
        max(pause, error.not_before) if pause is not None and isinstance(error, TransientFailure) else pause
    )


def name(duty: Duty) -> str:
    return f"{duty.kind} of {duty.queueing_key}"


def _lost(duty: Duty) -> None:
    log.warning(
        "%s: the lease is lost, so nothing is written; somebody else has it or took it back", name(duty)
    )
