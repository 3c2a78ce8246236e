"""One server for all journeys on SQLite, one on PostgreSQL: tests choose names of their own and share them."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest

from conftest import BOTH, Postgres
from running import Server


@pytest.fixture(scope="session")
def _sqlite_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("sqlite") / "data").start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def _postgres_server(tmp_path_factory: pytest.TempPathFactory, postgres: Postgres) -> Iterator[Server]:
    name = postgres.create()
    server = Server(tmp_path_factory.mktemp("postgres") / "data", {"database": postgres.url(name)}).start()
    yield server
    server.stop()
    postgres.drop(name)


@pytest.fixture(params=BOTH)
def server(request: pytest.FixtureRequest) -> Server:
    """A running server; the test runs once per database."""
    return request.getfixturevalue(f"_{'sqlite' if request.param == 'sqlite' else 'postgres'}_server")


@pytest.fixture
def sqlite_server(_sqlite_server: Server) -> Server:
    """A running server on SQLite, where the database makes no difference."""
    return _sqlite_server


@pytest.fixture
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of this test's own, not started yet: to be killed, or to run with other settings."""
    server = Server(tmp_path_factory.mktemp("own") / "data")
    yield server
    server.stop()


@pytest.fixture
def name() -> str:
    """A name that no other test uses: lower-case letters, digits and hyphens."""
    return f"t-{uuid.uuid4().hex[:12]}"
