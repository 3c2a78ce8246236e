"""The S3 behind the server stopped, frozen, refusing in flight: clients are told, outputs are written later, nothing is lost."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import processes
from tests.databases import BOTH
from tests.neighbours import refusing_s3
from tests.running import Server
from tests.scale import Scale

from .loads import everything, prepare
from .loads.webhooks import MoodyReceiver
from .outage import survive
from .remains import nothing_is_left
from .traffic import Traffic


class Storage(Server):
    """A server of ours that another one keeps its objects in."""

    @contextlib.contextmanager
    def stopped(self) -> Iterator[None]:
        """Nothing listens at its address."""
        self.kill()
        try:
            yield
        finally:
            self.start()

    @contextlib.contextmanager
    def frozen(self) -> Iterator[None]:
        """Connections stay open and nothing is answered."""
        with processes.frozen(self.process.pid):
            yield

    @contextlib.contextmanager
    def refusing(self) -> Iterator[None]:
        """Every request is answered 503 SlowDown."""
        with self.stopped(), refusing_s3(self.port):
            yield


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[Storage]:
    with Storage(tmp_path / "storage") as server:
        server.start()
        yield server


@pytest.fixture(params=BOTH)
def distant(request: pytest.FixtureRequest, storage: Storage, own_server: Server, name: str) -> Server:
    """A server whose objects are in the storage."""
    prepare(own_server)
    if request.param == "postgresql":
        own_server.settings["database"] = request.getfixturevalue("postgres_url")
    own_server.keep_objects_in(storage, name)
    return own_server.start()


@pytest.mark.slow
@pytest.mark.timeout(0)
def test_a_storage_that_goes_away_in_flight_loses_nothing(
    storage: Storage,
    distant: Server,
    name: str,
    receiver: MoodyReceiver,
    scale: Scale,
    figure: Callable[[str], None],
) -> None:
    traffic = Traffic(everything(distant, name, receiver))
    s3 = distant.client("s3")
    s3.create_bucket(Bucket=f"{name}-probe")

    began = time.perf_counter()
    with traffic.flowing():
        survive(
            traffic,
            [storage.stopped, storage.frozen, storage.refusing],
            lambda: s3.list_objects_v2(Bucket=f"{name}-probe"),
            scale.outages,
        )
    seconds = time.perf_counter() - began

    traffic.verify()
    nothing_is_left(distant)
    figure(
        f"{scale.outages} times stopped, frozen and refusing, {traffic.acts:,} acts confirmed in {seconds:,.0f} s"
    )
