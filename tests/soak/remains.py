"""What may be left once all is done: no duty, no lease, no process, no file that nothing points to; and no mistake of ours."""

from __future__ import annotations

import os
import time
from pathlib import Path

from sqlalchemy import select, update

from secondlook.clock.duties import DAILY
from secondlook.clock.periodic import GRACE
from secondlook.names import now
from secondlook.store import tables
from secondlook.store.session import Store
from tests import processes
from tests.databases import sqlalchemy_url
from tests.running import Server, eventually

UNFINISHED = (".part", ".tmp", ".new")
"""How files are called that are still being written."""


def nothing_is_left(server: Server) -> None:
    """Once the loads are verified: ends the server, has the daily sweep done, and looks at what is there then."""
    store = (
        Store(sqlalchemy_url(server.settings["database"]))
        if "database" in server.settings
        else _sqlite(server)
    )
    try:
        eventually(lambda: not _owed(store), 60)
        _end(server)
        _nothing_is_held(store)
        _age(server.data / "objects")
        _make_due(store, "sweep-blobs")
        server.start()
        eventually(lambda: _blobs(server.data / "objects") == _pointed_to(store))
        _end(server)
        _nothing_is_held(store)
    finally:
        store.close()
    assert [path for path in server.data.rglob("*") if path.suffix in UNFINISHED] == []
    assert list(Path(server.extra["TMPDIR"]).iterdir()) == []
    assert "Traceback" not in server.log, server.log


def _sqlite(server: Server) -> Store:
    return Store(f"sqlite:///{server.data / 'secondlook.sqlite'}")


def _owed(store: Store) -> list[tuple[str, str]]:
    """Duties that are due, or were given up."""
    with store.read() as cx:
        rows = cx.execute(select(tables.duty).where(tables.duty.c.kind.not_in(DAILY)))
        return [(row.kind, row.last_error) for row in rows]


def _nothing_is_held(store: Store) -> None:
    with store.read() as cx:
        held = select(tables.duty.c.kind, tables.duty.c.lease_owner)
        assert cx.execute(held.where(tables.duty.c.lease_owner.is_not(None))).all() == []
        assert cx.execute(select(tables.server)).all() == []


def _end(server: Server) -> None:
    """SIGTERM; what it started ends with it."""
    family = processes.descendants(server.process.pid)
    server.stop()
    processes.all_end(family)


def _age(objects: Path) -> None:
    """As if every body had been written before the time that the sweep spares."""
    moment = time.time() - 2 * GRACE.total_seconds()
    for path in objects.glob("*/*"):
        os.utime(path, (moment, moment))


def _make_due(store: Store, kind: str) -> None:
    with store.write() as cx:
        cx.execute(update(tables.duty).where(tables.duty.c.kind == kind).values(due_at=now()))


def _blobs(objects: Path) -> set[str]:
    return {path.parent.name + path.name for path in objects.glob("*/*")}


def _pointed_to(store: Store) -> set[str]:
    with store.read() as cx:
        return {blob for table in (tables.object_, tables.part) for blob in cx.scalars(select(table.c.blob))}
