"""PostgreSQL stopped, killed and frozen in flight: clients are told within seconds, and nothing is lost, doubled or stuck."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest

from tests.running import Server
from tests.scale import Scale

from .loads import everything, prepare
from .loads.webhooks import MoodyReceiver
from .mortal import MortalPostgres, running, short_directory
from .outage import loops_of, survive
from .remains import nothing_is_left
from .traffic import Traffic


@pytest.fixture
def mortal() -> Iterator[MortalPostgres]:
    with short_directory() as directory, running(directory) as postgres:
        yield postgres


@pytest.mark.slow
@pytest.mark.timeout(0)
def test_a_database_that_goes_away_in_flight_loses_nothing(
    mortal: MortalPostgres,
    own_server: Server,
    name: str,
    receiver: MoodyReceiver,
    scale: Scale,
    figure: Callable[[str], None],
) -> None:
    own_server.settings["database"] = mortal.url(mortal.create())
    prepare(own_server)
    own_server.start()
    traffic = Traffic(everything(own_server, name, receiver))

    began = time.perf_counter()
    with traffic.flowing():
        survive(traffic, [mortal.stopped, mortal.frozen, mortal.killed], loops_of(own_server), scale.outages)
    seconds = time.perf_counter() - began

    traffic.verify()
    nothing_is_left(own_server)
    figure(
        f"{scale.outages} times stopped, frozen and killed, {traffic.acts:,} acts confirmed in {seconds:,.0f} s"
    )
