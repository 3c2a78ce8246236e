"""Long runs, on each database: a server of the run's own, a receiver of its events, and a place for its figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.databases import BOTH
from tests.figures import FIGURE
from tests.neighbours import receiving
from tests.running import Server

from .loads import prepare
from .loads.webhooks import MoodyReceiver


@pytest.fixture(params=BOTH)
def fresh_server(request: pytest.FixtureRequest, own_server: Server) -> Server:
    """A running server on an empty database."""
    if request.param == "postgresql":
        own_server.settings["database"] = request.getfixturevalue("postgres_url")
    prepare(own_server)
    return own_server.start()


@pytest.fixture
def receiver() -> Iterator[MoodyReceiver]:
    """On loopback, for webhooks."""
    with receiving(MoodyReceiver) as moody:
        yield moody


@pytest.fixture
def figure(
    request: pytest.FixtureRequest, record_property: Callable[[str, object], None]
) -> Callable[[str], None]:
    """Reports a line below the results of the run."""
    return lambda line: record_property(FIGURE, f"{request.node.name}: {line}")
