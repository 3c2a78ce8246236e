"""PostgreSQL, with an end to every wait.

A server that is frozen, or a network that swallows everything, answers nothing: not even that it will not answer. So
every wait has its limit on both sides. The kernel acknowledges for a frozen process, so TCP's own timeouts are not enough.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry

CONNECT_SECONDS = 5
"""A server on the same network answers in milliseconds; a name that has to be looked up, in a second or two."""

STATEMENT_SECONDS = 10
"""No statement of a request or a duty takes a second; who waits longer waits for something that is broken."""

LOCK_SECONDS = 5
"""Rows are locked for milliseconds. Less than STATEMENT_SECONDS, so that a lock is named as what it is."""

IDLE_SECONDS = 60
"""A server of ours that stands still in the middle of a transaction loses it, and with it its locks."""

ANSWER_SECONDS = STATEMENT_SECONDS + 2
"""When we stop listening: the database has given up by then, if it is there."""

HURRIED_SECONDS = 3
"""When we stop listening while this server stops: before the grace of its requests is over, so that they have an answer."""

HURRIED_CONNECT_SECONDS = 2
"""The least that libpq takes."""

_POLL_SECONDS = 0.5

_ROOM = {"max_overflow": 16, "pool_timeout": ANSWER_SECONDS}

IDLE_BEFORE_PING_SECONDS = 1.0
"""A connection that was used just now is taken for alive: to ask it costs as much as a statement."""

_USED = "secondlook_used"
"""When a connection was given back to the pool, in seconds of the monotonic clock."""

_TCP = {
    "connect_timeout": CONNECT_SECONDS,
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": ANSWER_SECONDS * 1000,
}
"""For a machine that is gone: libpq's names, of which a Unix socket ignores all but the first."""

_LIMITS = " ".join(
    f"-c {name}={seconds * 1000}"
    for name, seconds in (
        ("statement_timeout", STATEMENT_SECONDS),
        ("lock_timeout", LOCK_SECONDS),
        ("idle_in_transaction_session_timeout", IDLE_SECONDS),
    )
)


class PatientConnection(psycopg.Connection[Any]):
    """A connection that stops listening after `patience` seconds (None: never), and is closed then."""

    patience: float | None = ANSWER_SECONDS
    hurry = threading.Event()
    """Its engine's. Set once the patience is HURRIED_SECONDS at most."""

    def wait(self, gen: Generator[Any, Any, Any], *args: Any, **named: Any) -> Any:
        named["interval"] = _POLL_SECONDS
        return super().wait(
            gen if self.patience is None else self._limited(gen, self.patience), *args, **named
        )

    def _limited(self, gen: Generator[Any, Any, Any], patience: float) -> Generator[Any, Any, Any]:
        """`gen` itself; it is sent on whenever there is something to read, and at every poll."""
        begun = time.monotonic()
        try:
            wanted = next(gen)
            while True:
                ready = yield wanted
                waited = time.monotonic() - begun
                if not ready and waited > (HURRIED_SECONDS if self.hurry.is_set() else patience):
                    self.pgconn.finish()
                    raise psycopg.OperationalError(f"the database has not answered for {waited:.0f} seconds")
                wanted = gen.send(ready)
        except StopIteration as done:
            return done.value


def engine(url: str, hurry: threading.Event, **arguments: Any) -> Engine:
    """An engine whose connections have these limits, shorter ones once `hurry` is set; `options` of the URL come after ours,
    so they win.
    """
    limited = create_engine(url, **_ROOM, **arguments)

    @event.listens_for(limited, "do_connect")
    def _connect(
        _dialect: object, _record: object, args: list[Any], named: dict[str, Any]
    ) -> PatientConnection:
        options = f"{_LIMITS} {named.pop('options', '')}".strip()
        limits = {**_TCP, **named, "options": options}
        if hurry.is_set():
            limits["connect_timeout"] = HURRIED_CONNECT_SECONDS
        connection = PatientConnection.connect(*args, **limits)
        connection.hurry = hurry
        return connection

    @event.listens_for(limited, "checkin")
    def _note_use(_connection: object, entry: ConnectionPoolEntry) -> None:
        entry.info[_USED] = time.monotonic()

    @event.listens_for(limited, "checkout")
    def _ping(connection: Any, entry: ConnectionPoolEntry, _proxy: object) -> None:
        if time.monotonic() - entry.info.get(_USED, float("inf")) < IDLE_BEFORE_PING_SECONDS:
            return
        try:
            limited.dialect.do_ping(connection)
        except psycopg.Error as error:
            raise InvalidatePoolError from error

    return limited


@contextmanager
def unlimited(cx: Connection) -> Iterator[None]:
    """Let this transaction take as long as it needs: migrations rebuild tables and wait for each other, copies are long."""
    driver: Any = cx.connection.driver_connection
    driver.patience = None
    try:
        cx.exec_driver_sql("SET LOCAL statement_timeout = 0")
        cx.exec_driver_sql("SET LOCAL lock_timeout = 0")
        cx.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")
        yield
    finally:
        driver.patience = ANSWER_SECONDS
