"""Whether the database answers: one word for every way in which it does not, and no crowd that waits to find out.

A statement waits for seconds, never for ever (`store.postgresql`, SQLite's busy timeout). Once one was lost, a single
caller at a time finds out whether the database is back; all others are told at once, so that no thread waits in vain.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolExhausted

log = logging.getLogger(__name__)

PROBE_SECONDS = 2.0
"""Between one caller that found the database away and the next that may look."""

KEPT = "another process writes to it"
DAMAGED = "what it has stored is damaged"

_SQLITE = {
    sqlite3.SQLITE_BUSY: KEPT,
    sqlite3.SQLITE_LOCKED: KEPT,
    sqlite3.SQLITE_IOERR: "its disk fails",
    sqlite3.SQLITE_FULL: "its disk is full",
    sqlite3.SQLITE_CANTOPEN: "its file cannot be opened",
    sqlite3.SQLITE_READONLY: "its file cannot be written to",
}
_DAMAGE = {
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: "its file is no SQLite database",
}
_PRIMARY = 0xFF
"""SQLite's extended codes carry the primary one in their last byte."""


class Unavailable(Exception):
    """The database does not answer, or cannot write now; the same may succeed a little later.

    Nothing was changed, unless the answer to the commit itself was lost: so whoever repeats a write does what is safe
    to repeat.
    """

    advice = "Try again in a few seconds."

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(f"The database of this server cannot be used just now: {why}. {self.advice}")

    @property
    def said(self) -> str:
        """What the driver said, for whoever runs the server; strangers get the message alone."""
        return str(getattr(self.__cause__, "orig", "")).strip().partition("\n")[0]


class Damaged(Unavailable):
    """What the database has stored cannot be read any more."""

    advice = "Its admin must see to it; the server's log says more."


def is_kept_by_another(error: BaseException) -> bool:
    """Whether SQLite's file was locked by another process for as long as we wait."""
    return isinstance(error, DBAPIError) and isinstance(error.orig, sqlite3.Error) and _why(error) == KEPT


class Reach:
    """Of one database."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._has_answered = False
        self._is_away = False
        self._is_tried = False
        self._is_damaged = False
        self._next_try = 0.0

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """What is done inside raises Unavailable where the database is in the way, whatever the driver calls that."""
        probes = self._enter()
        try:
            yield
        except (PoolExhausted, DBAPIError) as error:
            damage = _damage(error)
            if damage is not None:
                self._damaged(error)
                raise Damaged(damage) from error
            why = _why(error)
            if why is None:
                raise
            if isinstance(error, DBAPIError) and _is_lost(error):
                self._lost(error)
            raise Unavailable(why) from error
        finally:
            if probes:
                self._is_tried = False

    def answered(self) -> None:
        """The database has just answered."""
        self._has_answered = True
        if self._is_away:
            log.warning("the database answers again")
            self._is_away = False

    def _enter(self) -> bool:
        """Whether the caller is the one that finds out if the database is back; all others get Unavailable."""
        if not self._is_away:
            return False
        with self._lock:
            if self._is_tried or time.monotonic() < self._next_try:
                raise Unavailable(_SILENT)
            self._is_tried = True
            return True

    def _damaged(self, error: Exception) -> None:
        if not self._is_damaged:
            log.error(
                "the database is damaged; stop this server and restore a backup: %s",
                getattr(error, "orig", error),
            )
        self._is_damaged = True

    def _lost(self, error: DBAPIError) -> None:
        if self._has_answered and not self._is_away:
            log.warning("the database does not answer: %s", str(error.orig).partition("\n")[0])
        self._is_away, self._next_try = True, time.monotonic() + PROBE_SECONDS


_SILENT = "it does not answer"

_CLASSES = {
    "53": "it has no room for more",
    "57": _SILENT,
    "40": "others were writing the same",
    "55": "others were writing the same",
    "25": _SILENT,
    "08": _SILENT,
}
"""By class of SQLSTATE: resources, shutdown or timeout, deadlock, lock timeout, idle transaction, connection."""

_DAMAGED_STATES = frozenset({"XX001", "XX002"})
"""PostgreSQL's `data_corrupted` and `index_corrupted`."""


def _why(error: Exception) -> str | None:
    """What is in the way, in words that tell a stranger nothing; None if the error is a mistake of ours."""
    if isinstance(error, PoolExhausted):
        return "too many wait for it"
    if not isinstance(error, OperationalError):
        return _SILENT if isinstance(error, DBAPIError) and error.connection_invalidated else None
    if isinstance(error.orig, sqlite3.Error):
        return _SQLITE.get(_primary_code(error.orig))
    state = getattr(error.orig, "sqlstate", None)
    return _SILENT if state is None else _CLASSES.get(state[:2])


def _damage(error: Exception) -> str | None:
    """How what is stored is damaged, if that is what the error says."""
    orig = getattr(error, "orig", None)
    if isinstance(orig, sqlite3.Error):
        return _DAMAGE.get(_primary_code(orig))
    return DAMAGED if getattr(orig, "sqlstate", None) in _DAMAGED_STATES else None


def _primary_code(error: sqlite3.Error) -> int:
    code: int = getattr(error, "sqlite_errorcode", 0)  # the driver's own complaints have none
    return code & _PRIMARY


def _is_lost(error: DBAPIError) -> bool:
    """Whether the connection is gone, or there never was one; on SQLite there is none to lose."""
    unmade = not isinstance(error.orig, sqlite3.Error) and getattr(error.orig, "sqlstate", None) is None
    return error.connection_invalidated or unmade
