"""Transactions: the only way to the database.

Doors open them, nobody commits inside. On SQLite a write takes one in-process lock and then `BEGIN IMMEDIATE`,
so writers queue fairly instead of meeting `database is locked`; readers never wait (WAL). On PostgreSQL
rows are locked where a race must be settled (`with_for_update`). A database that does not answer, or has no room, raises
`availability.Unavailable` after seconds; nobody waits for ever.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from importlib import import_module
from typing import Any

from sqlalchemy import Connection, DateTime, Engine, create_engine, event, func, make_url, select
from sqlalchemy.pool import ConnectionPoolEntry

from secondlook import names
from secondlook.store import journal
from secondlook.store.actor import SERVER, Actor
from secondlook.store.availability import KEPT, Reach, Unavailable, is_kept_by_another
from secondlook.store.document import decoded, encoded
from secondlook.store.writer import Batch, Item, Result, Work, Writer

log = logging.getLogger(__name__)

READERS = 24
"""Connections kept for reading: as many as threads that may read at once."""

POSTGRESQL_WRITERS = 6
"""Transactions of PostgreSQL that are written side by side: while one waits for the disk, others go on."""

TURN_SECONDS = 20
"""How long a writer waits for its turn; turns take milliseconds."""

BUSY_SECONDS = 10
"""How long it then waits for another process that writes to the file, e.g. one that copies it."""

_CLOCK = select(func.clock_timestamp(type_=DateTime(timezone=True)))

_JSON = {"json_serializer": encoded, "json_deserializer": decoded}


class Store:
    """A database and its transactions. `url` is an SQLAlchemy URL (sqlite or postgresql+psycopg).

    `clock` is there where time is moved by hand (decision 40): then it is the present of the whole server, which reads it
    here. Raises ValueError on PostgreSQL, whose clock other servers share.
    """

    def __init__(self, url: str, clock: Callable[[], datetime] | None = None) -> None:
        self.url = url
        self.is_sqlite = make_url(url).get_backend_name() == "sqlite"
        if clock is not None and not self.is_sqlite:
            raise ValueError(
                "Time can be moved on SQLite only: on PostgreSQL duties are due, and leases run, by the database's own clock, "
                "which its other servers share."
            )
        self.clock = clock
        self._reach = Reach()
        self._hurry = threading.Event()
        self._turn: _Turn | nullcontext[None] = nullcontext()
        self._unlimited: Callable[[Connection], AbstractContextManager[Any]] = nullcontext
        if self.is_sqlite:
            self._engine, self._turn = _sqlite(url), _Turn()
        else:
            # Its driver is loaded where it is needed: a start on SQLite has no time to lose.
            postgresql = import_module("secondlook.store.postgresql")
            self._engine, self._unlimited = (
                postgresql.engine(url, self._hurry, pool_size=READERS, **_JSON),
                postgresql.unlimited,
            )
        self._writer = Writer(self.write, concurrency=1 if self.is_sqlite else POSTGRESQL_WRITERS)
        self._actor = SERVER
        self._heard: list[Callable[[], None]] = []
        self._hearing: list[Callable[[str, datetime], None]] = []
        self._raised: list[Callable[[str], None]] = []

    @property
    def engine(self) -> Engine:
        """For migrations and benchmarks only; requests use read() and write()."""
        return self._engine

    def acting(self, actor: Actor) -> Store:
        """The same database, written to on behalf of `actor`, whom the journal names."""
        store = object.__new__(Store)  # every request has one, and copy.copy takes its time
        store.__dict__ = self.__dict__ | {"_actor": actor}
        return store

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction for reading: one consistent look."""
        with self._reach.guarded(), self._engine.connect() as cx:
            self._reach.answered()
            yield cx

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that commits when the block ends and rolls back when it raises."""
        with (
            self._reach.guarded(),
            self._turn,
            self._engine.connect().execution_options(secondlook_write=True) as cx,
        ):
            self._reach.answered()
            owed = owed_in(cx)
            risen = raised(cx)
            owed.clear()  # of an earlier transaction on this connection that was rolled back
            risen.clear()
            journal.begin(cx, self._actor)
            with cx.begin():
                yield cx
            duties, changed = tuple(dict.fromkeys(owed)), tuple(risen)
        try:
            self._announce(duties, changed)
        except Exception:
            # It is committed: whoever listens cannot fail it any more.
            log.exception("somebody who listens for what is committed failed")

    def do(self, work: Work[Result]) -> Result:
        """Do `work` in a transaction and wait for its commit; on SQLite others that wait share it (`writer`).

        For threads, and for what is short. On PostgreSQL each has a transaction of its own: who locks several rows at once
        meets others who lock them in another order.
        """
        if isinstance(self._turn, _Turn):
            self._turn.refuse_nested()
            return self._writer.do(lambda cx: journal.done_by(cx, self._actor, work))
        with self.write() as cx:
            return work(cx)

    async def add(self, batch: Batch[Item, Result], item: Item) -> Result:
        """Have `item` written by `batch`, together with others of its kind that wait, and wait for the commit.

        For the event loop, on either database: so a batch locks no rows that others share, or all of them in one order. What
        is to be in the journal has its actor in the item, because those who share a batch are several.
        """
        return await self._writer.add(batch, item)

    def _announce(self, duties: Iterable[tuple[str, datetime]], changed: Iterable[str]) -> None:
        for tell in self._heard:
            tell()
        for name in changed:
            for hear_of in self._raised:
                hear_of(name)
        for kind, due in duties:
            for hear in self._hearing:
                hear(kind, due)

    def now(self, cx: Connection) -> datetime:
        """The database's time, which all its servers share; on SQLite that of this machine, or the `clock` in its place."""
        if self.is_sqlite:
            return self.present()
        at: datetime = cx.execute(_CLOCK).scalar_one()
        return at

    @property
    def present(self) -> Callable[[], datetime]:
        """What doors ask for the time: `names.now`, or the `clock` in its place."""
        return self.clock or names.now

    def unhurried(self, cx: Connection) -> AbstractContextManager[Any]:
        """Inside, the statements of `cx` may take as long as they need: for migrations and copies."""
        return self._unlimited(cx)

    def on_write(self, tell: Callable[[], None]) -> None:
        """Call `tell` after each commit of this process."""
        self._heard.append(tell)

    def on_owed(self, hear: Callable[[str, datetime], None]) -> None:
        """Call `hear(kind, due)` for each duty that a transaction of this process owed, once it is committed."""
        self._hearing.append(hear)

    def on_raised(self, hear: Callable[[str], None]) -> None:
        """Call `hear(name)` for each version that a transaction of this process raised, once it is committed."""
        self._raised.append(hear)

    def hurry(self) -> None:
        """This server stops: from now on PostgreSQL has less time to answer, so that whoever waits for it is told before the end."""
        self._hurry.set()

    def close(self) -> None:
        self._writer.close()
        self._engine.dispose()


class _Turn:
    """Writers take turns. A write inside a write of the same thread would wait for itself, so it raises instead.

    When another process keeps the file for too long, one writer at a time goes on trying; all others are told at once.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._writer: int | None = None
        self._kept_since: float | None = None

    def refuse_nested(self) -> None:
        if self._writer == threading.get_ident():
            raise RuntimeError("a write transaction was opened inside another one of the same thread")

    def __enter__(self) -> None:
        self.refuse_nested()
        began = time.monotonic()
        if not self._lock.acquire(timeout=TURN_SECONDS if self._kept_since is None else 0):
            raise Unavailable("others have been writing for too long")
        if self._kept_since is not None and self._kept_since > began:
            self._lock.release()
            raise Unavailable(KEPT)
        self._writer = threading.get_ident()

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if error is None:
            self._kept_since = None
        elif is_kept_by_another(error):
            self._kept_since = time.monotonic()
        self._writer = None
        self._lock.release()


def owed_in(cx: Connection) -> list[tuple[str, datetime]]:
    """The (kind, due) of duties owed in this transaction, for those who listen once it is committed."""
    owed: list[tuple[str, datetime]] = cx.info.setdefault("secondlook_owed", [])
    return owed


def raised(cx: Connection) -> set[str]:
    """The names of versions raised in this transaction, for those who listen once it is committed."""
    names: set[str] = cx.info.setdefault("secondlook_raised", set())
    return names


def _sqlite(url: str) -> Engine:
    engine = create_engine(
        url,
        pool_size=READERS,
        max_overflow=64,
        connect_args={"check_same_thread": False, "timeout": BUSY_SECONDS},
        **_JSON,
    )

    @event.listens_for(engine, "connect")
    def _pragmas(connection: Any, _entry: ConnectionPoolEntry) -> None:
        # The driver's own transaction handling begins too late for a consistent read and never immediately.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            f"busy_timeout={BUSY_SECONDS * 1000}",
            "temp_store=MEMORY",
            "cache_size=-8000",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("secondlook_write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
