"""What every test may use: databases, running servers, names; and what holds for all: signals, scale, nothing left behind.

A fresh database is a copy of a template that holds all tables. PostgreSQL and the shared servers start once for each of
pytest's processes, when first wanted; tests choose names of their own and share them.
"""

from __future__ import annotations

import gc
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from secondlook.store.session import Store
from tests import figures, processes
from tests.databases import BOTH, Postgres, create_tables, sqlalchemy_url
from tests.neighbours import Road
from tests.running import Server
from tests.scale import SCALES, Scale


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--scale", choices=SCALES, default="test", help="how often what is left to chance is tried"
    )
    parser.addoption("--secondlook", metavar="PATH", help="the installed command that tests/smoke tries")


def pytest_configure() -> None:
    processes.ignore_without_handing_on()
    # How long one input takes says more about the machine than about what is tested.
    settings.register_profile("no deadline", deadline=None)
    settings.load_profile("no deadline")
    # A tenth of the work of the tests of units is looking for garbage among thousands of tests.
    gc.set_threshold(100_000, 50, 50)


def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    figures.show(terminalreporter)


@pytest.fixture(scope="session", autouse=True)
def _no_process_is_left() -> Iterator[None]:
    """Set up before everything else and so torn down after it."""
    processes.adopt_orphans()
    yield
    processes.all_end(processes.descendants(), seconds=10)


@pytest.fixture(scope="session")
def scale(pytestconfig: pytest.Config) -> Scale:
    return SCALES[pytestconfig.getoption("scale")]


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
    create_tables(f"sqlite:///{path}")
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


@pytest.fixture
def road(postgres: Postgres) -> Iterator[Road]:
    """The only way to PostgreSQL for what uses it; blocked, it is as if PostgreSQL stood still."""
    road = Road(postgres.socket)
    yield road
    road.close()


@pytest.fixture
def distant_store(postgres: Postgres, road: Road) -> Iterator[Store]:
    """A store with all tables at the end of the road."""
    name = postgres.create(postgres.template())
    store = Store(f"postgresql+psycopg://postgres@127.0.0.1:{road.port}/{name}")
    yield store
    store.close()
    road.close()
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


@pytest.fixture(scope="session")
def _sqlite_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("sqlite") / "data") as server:
        yield server.start()


@pytest.fixture(scope="session")
def _postgres_server(tmp_path_factory: pytest.TempPathFactory, postgres: Postgres) -> Iterator[Server]:
    name = postgres.create()
    with Server(tmp_path_factory.mktemp("postgres") / "data", {"database": postgres.url(name)}) as server:
        yield server.start()
    postgres.drop(name)


@pytest.fixture(params=BOTH)
def server(request: pytest.FixtureRequest) -> Server:
    """A running server, shared; the test runs once per database."""
    return request.getfixturevalue(f"_{'sqlite' if request.param == 'sqlite' else 'postgres'}_server")


@pytest.fixture
def sqlite_server(_sqlite_server: Server) -> Server:
    """A running server on SQLite, shared, where the database makes no difference."""
    return _sqlite_server


@pytest.fixture
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of this test's own, not started yet: to be killed, or to run with other settings."""
    with Server(tmp_path_factory.mktemp("own") / "data") as server:
        yield server


@pytest.fixture
def name() -> str:
    """A name that no other test uses: lower-case letters, digits and hyphens."""
    return f"t-{uuid.uuid4().hex[:12]}"
