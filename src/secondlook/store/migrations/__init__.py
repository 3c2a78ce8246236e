"""The schema's history: brings a database to the shape of `store.tables`, step by step, once.

Run at each start of `serve` and by `secondlook migrate`. Alembic does the steps, but is imported only when there
are some: that takes half a second, a third of the time that a start may take. An empty database needs none of it
either: it gets the tables as they are now, which a test holds against the sum of all steps.
A new step: `python -m secondlook.store.migrations.draft "what changes"`, then read and finish what it wrote.
Steps expand first and contract a release later, so that the previous release runs on the new schema.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from secondlook.store.session import Store
from secondlook.store.tables import metadata

VERSIONS = Path(__file__).parent / "versions"
"""One file per revision, named `NNNN_what_changes.py`; NNNN is the revision."""

_VERSION = "alembic_version"

_EVER_OURS = frozenset(metadata.tables) | {_VERSION}

_ALWAYS_OURS = frozenset({_VERSION, "access_key", "fact", "loop"})
"""A database with these is ours, whatever else a newer release, or somebody, has put there."""

_LOCK = 0x5EC0_4D10
"""Our number among PostgreSQL's advisory locks: servers that start together migrate one after the other."""


class SchemaError(Exception):
    """The database holds something that this release cannot bring to its schema; the message says what to do."""


class UnknownRevision(SchemaError):
    """It has been migrated by a newer release than this one."""


class ForeignDatabase(SchemaError):
    """Its tables are another program's."""


def migrate(store: Store) -> None:
    """Bring the schema to the newest revision; does nothing, quickly, where it is there already."""
    with store.read() as cx:
        if revision(cx) == head():
            return
    with store.write() as cx, store.unhurried(cx):
        if not store.is_sqlite:
            cx.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        # Another server may have been faster; with the lock held, this look is the one that counts.
        current = revision(cx)
        if current == head():
            return
        if current is None:
            metadata.create_all(cx)
            cx.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
            cx.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": head()})
            return
        import_module("secondlook.store.migrations.steps").upgrade(cx)


def revisions() -> list[str]:
    """The revisions this release knows, oldest first."""
    return sorted(path.name[:4] for path in VERSIONS.glob("[0-9]" * 4 + "_*.py"))


def head() -> str:
    """The newest revision."""
    return revisions()[-1]


def revision(cx: Connection) -> str | None:
    """What the schema of a database has been brought to, None if it is empty; SchemaError if this release cannot use it."""
    tables = set(inspect(cx).get_table_names())
    foreign = sorted(tables - _EVER_OURS)
    if foreign and not tables >= _ALWAYS_OURS:
        raise ForeignDatabase(
            f"The database holds tables of another program ({', '.join(foreign[:3])}{', …' if foreign[3:] else ''}): "
            "give this server a database of its own, or in PostgreSQL a schema of its own "
            "(?options=-csearch_path%3DNAME at the end of the URL)."
        )
    if _VERSION not in tables:
        return None
    current: str | None = cx.scalar(text("SELECT version_num FROM alembic_version"))
    if current is not None:
        check(current)
    return current


def check(current: str) -> None:
    """UnknownRevision unless this release knows a revision."""
    if current not in revisions():
        raise UnknownRevision(
            f"The database has been used by a newer release: it is at revision {current}, and this release knows "
            f"revisions up to {head()}. Start that newer release, or restore a backup made before it was first started."
        )
