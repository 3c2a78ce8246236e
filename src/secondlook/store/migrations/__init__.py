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

_LOCK = 0x5EC0_4D10
"""Our number among PostgreSQL's advisory locks: servers that start together migrate one after the other."""


class UnknownRevision(Exception):
    """The database has been migrated by a newer release than this one."""


def migrate(store: Store) -> None:
    """Bring the schema to the newest revision; does nothing, quickly, where it is there already."""
    with store.read() as cx:
        if _revision(cx) == head():
            return
    with store.write() as cx, store.unhurried(cx):
        if not store.is_sqlite:
            cx.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        # Another server may have been faster; with the lock held, this look is the one that counts.
        found = _revision(cx)
        if found == head():
            return
        if found is None:
            metadata.create_all(cx)
            cx.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
            cx.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": head()})
            return
        if found not in revisions():
            raise UnknownRevision(
                f"the database is at revision {found}, this release knows revisions up to {head()}: "
                "start the newer release that migrated it, or restore an older copy of the database"
            )
        import_module("secondlook.store.migrations.steps").upgrade(cx)


def revisions() -> list[str]:
    """The revisions this release knows, oldest first."""
    return sorted(path.name[:4] for path in VERSIONS.glob("[0-9]" * 4 + "_*.py"))


def head() -> str:
    """The newest revision."""
    return revisions()[-1]


def _revision(cx: Connection) -> str | None:
    if not inspect(cx).has_table("alembic_version"):
        return None
    found: str | None = cx.scalar(text("SELECT version_num FROM alembic_version"))
    return found
