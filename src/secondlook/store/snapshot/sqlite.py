"""SQLite's online backup: one read transaction of another process, which holds up neither readers nor writers (WAL)."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, make_url

from secondlook.store.incoming import sync_directory
from secondlook.store.session import Store
from secondlook.store.snapshot.errors import SnapshotFailed

_SOUND = [("ok",)]


def check_source(url: str) -> None:
    """There must be a database."""
    source = Path(str(make_url(url).database))
    if not source.exists():
        raise SnapshotFailed(
            f"There is no database {source}: name the one that the server uses with --database."
        )


@contextmanager
def taken(url: str, file: Path) -> Iterator[Connection]:
    """Write `file`; the connection reads from it."""
    source = Path(str(make_url(url).database))
    try:
        _copy(source, file)
    except sqlite3.Error as error:
        raise SnapshotFailed(f"The database {source} could not be copied: {error}.") from error
    store = Store(f"sqlite:///{file}")
    try:
        with store.read() as cx:
            yield cx
    finally:
        store.close()


def check_target(url: str) -> None:
    """There must be no database yet."""
    target = Path(str(make_url(url).database))
    if target.exists():
        raise SnapshotFailed(f"{target} is there already: name a place without a database.")


def put_back(file: Path, url: str) -> None:
    """Whole or not at all: a server finds no database, or all of it."""
    target = Path(str(make_url(url).database))
    unfinished = target.with_name(f".{target.name}.restoring")
    shutil.copyfile(file, unfinished)
    with unfinished.open("rb") as written:
        os.fsync(written.fileno())
    unfinished.replace(target)
    sync_directory(target.parent)


def _copy(source: Path, file: Path) -> None:
    # Not read-only: whoever opens a WAL database first makes the files beside it, whatever it wants there.
    with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(file)) as copy:
        here.backup(copy)
        report = copy.execute("PRAGMA integrity_check").fetchmany(3)
    if report != _SOUND:
        raise SnapshotFailed(
            f"The database {source} is damaged ({'; '.join(str(line) for (line,) in report)}): this copy would be, too. "
            "docs/operating.md says what can be tried."
        )
