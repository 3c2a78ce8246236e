"""PostgreSQL by its own tools: a snapshot that we export, so that we read exactly what pg_dump writes."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from psycopg.conninfo import make_conninfo
from sqlalchemy import Connection, inspect, make_url

from secondlook.store.address import shown
from secondlook.store.session import Store
from secondlook.store.snapshot.errors import SnapshotFailed

_PLAIN = ("--no-owner", "--no-privileges")


def check_source(url: str) -> None:
    """The database must answer, and the tool must be at hand."""
    _path("pg_dump")
    _tables(url)


@contextmanager
def taken(url: str, file: Path) -> Iterator[Connection]:
    """Write `file` in pg_dump's custom format; the connection sees what it holds."""
    store = Store(url)
    try:
        with store.read() as cx, store.unhurried(cx):
            cx.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            snapshot, schema = cx.exec_driver_sql("SELECT pg_export_snapshot(), current_schema()").one()
            what = (f"--snapshot={snapshot}", f'--table="{schema}".*', "--format=custom", f"--file={file}")
            _run("pg_dump", url, *_PLAIN, *what)
            yield cx
    finally:
        store.close()


def check_target(url: str) -> None:
    """The database must be there and hold no table, and the tool must be at hand."""
    _path("pg_restore")
    if _tables(url):
        raise SnapshotFailed(
            f"The database {shown(url)} holds tables already: make an empty one and name it with --database."
        )


def put_back(file: Path, url: str) -> None:
    """In one transaction: all of it or nothing."""
    _run("pg_restore", url, *_PLAIN, "--single-transaction", "--exit-on-error", str(file))


def _run(tool: str, url: str, *arguments: str) -> None:
    """Run one of PostgreSQL's tools on a database. The password goes by the environment: arguments can be seen by everybody."""
    path = _path(tool)
    parsed = make_url(url)
    _, named = parsed.get_dialect()().create_connect_args(parsed)
    password = named.pop("password", None)
    env = {**os.environ, **({"PGPASSWORD": str(password)} if password else {})}
    done = subprocess.run(  # noqa: S603  (PostgreSQL's own tool, no shell)
        [path, f"--dbname={make_conninfo(**named)}", "--no-password", *arguments],
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SnapshotFailed(f"{tool} failed: {' '.join(done.stderr.split()) or done.returncode}")


def _tables(url: str) -> list[str]:
    store = Store(url)
    try:
        with store.read() as cx:
            return inspect(cx).get_table_names()
    finally:
        store.close()


def _path(tool: str) -> str:
    path = shutil.which(tool)
    if path is None:
        raise SnapshotFailed(
            f"{tool} is not on the PATH. It comes with PostgreSQL's client programs (postgresql-client); its version must not "
            "be older than the server's."
        )
    return path
