"""A database as it was at one moment, in a file: taken while servers write to it, and put back into an empty place.

`taken(url, file)` writes the file and is a look at exactly what lies in it; `put_back(file, url)` is the way back. Each kind
of database does both by its own well-kept means: SQLite by its online backup, PostgreSQL by pg_dump and pg_restore.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, make_url

from secondlook.store.snapshot import postgresql, sqlite
from secondlook.store.snapshot.errors import SnapshotFailed

__all__ = ["KINDS", "Kind", "SnapshotFailed", "kind_of"]


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of database is copied. The checks say beforehand whether `taken` and `put_back` can do their work."""

    name: str
    check_source: Callable[[str], None]
    taken: Callable[[str, Path], AbstractContextManager[Connection]]
    check_target: Callable[[str], None]
    put_back: Callable[[Path, str], None]


KINDS = {
    "sqlite": Kind("SQLite", sqlite.check_source, sqlite.taken, sqlite.check_target, sqlite.put_back),
    "postgresql": Kind(
        "PostgreSQL", postgresql.check_source, postgresql.taken, postgresql.check_target, postgresql.put_back
    ),
}


def kind_of(url: str) -> str:
    """The kind, a key of KINDS, of the database that an SQLAlchemy URL names."""
    return make_url(url).get_backend_name()
