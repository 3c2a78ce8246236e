"""The disk of the data directory is full in flight: clients are told, nothing is half done, and all goes on with room."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.databases import BOTH
from tests.running import Server
from tests.scale import Scale
from tests.small_disk import SmallDisk, mounted

from .loads import everything, prepare
from .loads.webhooks import MoodyReceiver
from .mortal import running, short_directory
from .outage import survive
from .remains import nothing_is_left
from .traffic import Traffic

MEBIBYTES = 256


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    with mounted(tmp_path / "disk", MEBIBYTES) as small:
        yield small


@pytest.fixture(params=BOTH)
def cramped(request: pytest.FixtureRequest, disk: SmallDisk) -> Iterator[Server]:
    """A server whose data directory is on the small disk; PostgreSQL has a disk of its own."""
    settings = {} if request.param == "sqlite" else {"database": request.getfixturevalue("postgres_url")}
    with Server(disk.path / "data", settings) as server:
        prepare(server)
        yield server.start()


@pytest.mark.slow
@pytest.mark.timeout(0)
def test_a_disk_that_is_full_for_a_while_loses_nothing(
    cramped: Server,
    disk: SmallDisk,
    name: str,
    receiver: MoodyReceiver,
    scale: Scale,
    figure: Callable[[str], None],
) -> None:
    traffic = Traffic(everything(cramped, name, receiver))
    s3 = cramped.client("s3")
    s3.create_bucket(Bucket=f"{name}-probe")

    began = time.perf_counter()
    with traffic.flowing():
        survive(
            traffic,
            [disk.full],
            lambda: s3.put_object(Bucket=f"{name}-probe", Key="probe", Body=bytes(100_000)),
            scale.outages,
        )
    seconds = time.perf_counter() - began

    traffic.verify()
    nothing_is_left(cramped)
    figure(f"{scale.outages} times full, {traffic.acts:,} acts confirmed in {seconds:,.0f} s")


@pytest.mark.slow
@pytest.mark.timeout(0)
def test_a_postgresql_whose_disk_is_full_for_a_while_loses_nothing(
    own_server: Server, name: str, receiver: MoodyReceiver, scale: Scale, figure: Callable[[str], None]
) -> None:
    with (
        short_directory() as directory,
        mounted(directory / "disk", MEBIBYTES) as disk,
        running(disk.path) as postgres,
    ):
        own_server.settings["database"] = postgres.url(postgres.create())
        prepare(own_server)
        own_server.start()
        traffic = Traffic(everything(own_server, name, receiver))
        sagemaker, numbers = own_server.client("sagemaker"), count()

        def make_something_large() -> None:
            template = f"<crowd-form><p>{random.randbytes(50_000).hex()}</p></crowd-form>"
            sagemaker.create_human_task_ui(
                HumanTaskUiName=f"{name}-probe-{next(numbers)}", UiTemplate={"Content": template}
            )

        began = time.perf_counter()
        with traffic.flowing():
            survive(traffic, [lambda: postgres.without_room(disk)], make_something_large, scale.outages)
        seconds = time.perf_counter() - began

        traffic.verify()
        nothing_is_left(own_server)
        own_server.stop()
    figure(f"{scale.outages} times full, {traffic.acts:,} acts confirmed in {seconds:,.0f} s")
