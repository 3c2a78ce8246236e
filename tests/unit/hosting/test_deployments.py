"""A deployment is a look at instances: it waits for none, and comes to its end as soon as one decides it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from secondlook.hosting.endpoints import endpoint, endpoint_config
from secondlook.hosting.instances.kinds.local.supervised import LocalInstance
from secondlook.hosting.variant import VariantSettings
from secondlook.store.session import Store
from secondlook.store.tables import duty
from secondlook.store.tables import endpoint as endpoint_rows

from .conftest import NOW, PLACE, write_product
from .workshop import Town

LOADS = """
    import os, pathlib, time
    while not pathlib.Path(os.environ["MAY_LOAD"]).exists():
        time.sleep(0.02)
    def transform_fn(model, body, content_type, accept): return "hello"
"""


@pytest.fixture
def town(store: Store, tmp_path: Path) -> Iterator[Town]:
    town = Town(store, tmp_path)
    write_product(town.home / "catalog", "loads", LOADS)
    yield town
    town.fleet.stop()


def test_an_endpoint_that_loads_is_looked_at_again_and_in_nobodys_way(town: Town, tmp_path: Path) -> None:
    may_load = tmp_path / "may-load"
    town.create("loads", name="slow", MAY_LOAD=str(may_load))
    [owed] = town.owed()

    assert town.deployment.deploy(owed) is not None
    assert town.deployment.deploy(owed) is not None
    assert town.describe("slow")["EndpointStatus"] == "Creating"

    may_load.touch()
    town.work()
    assert town.describe("slow")["EndpointStatus"] == "InService"
    assert town.invoke(name="slow").body == b"hello"


@pytest.mark.parametrize(
    ("passed", "pause"),
    [
        (timedelta(0), timedelta(seconds=0.25)),
        (timedelta(seconds=16), timedelta(seconds=2)),
        (timedelta(hours=1), timedelta(seconds=5)),
    ],
)
def test_the_longer_it_takes_the_longer_the_next_look_has_time(
    town: Town, tmp_path: Path, passed: timedelta, pause: timedelta
) -> None:
    town.create("loads", MAY_LOAD=str(tmp_path / "never"))
    [owed] = town.owed()
    later = town.deployment.deploy(owed)
    assert later is not None

    with town.store.write() as cx:
        cx.execute(duty.delete())
        later(cx, NOW + passed)

    with town.store.read() as cx:
        again = cx.execute(select(duty)).one()
    assert (again.kind, again.queueing_key, again.payload) == (owed.kind, owed.queueing_key, owed.payload)
    assert again.due_at == NOW + passed + pause


def test_one_that_fails_decides_while_others_still_load(town: Town, tmp_path: Path) -> None:
    town.configure("a", "loads", MAY_LOAD=str(tmp_path / "never"))
    town.configure("b", "broken")
    variants = [
        {"VariantName": name, "ModelName": name, "InstanceType": "ml.m4.xlarge", "InitialInstanceCount": 1}
        for name in ("a", "b")
    ]
    with town.store.write() as cx:
        params = {"EndpointConfigName": "e", "ProductionVariants": variants}
        endpoint_config.create(cx, town.packages, PLACE, params, NOW)
        endpoint.create(cx, town.packages, PLACE, "e", "e", NOW)

    town.work()

    description = town.describe()
    assert description["EndpointStatus"] == "Failed"
    assert (
        "container for production variant b did not pass the ping health check"
        in description["FailureReason"]
    )


def test_a_variant_says_how_long_its_files_and_its_start_may_take(town: Town) -> None:
    town.configure("m")
    times = {"ModelDataDownloadTimeoutInSeconds": 600, "ContainerStartupHealthCheckTimeoutInSeconds": 90}
    variant = {
        "VariantName": "v",
        "ModelName": "m",
        "InstanceType": "ml.m4.xlarge",
        "InitialInstanceCount": 1,
    }
    with town.store.write() as cx:
        params = {"EndpointConfigName": "e", "ProductionVariants": [{**variant, **times}]}
        endpoint_config.create(cx, town.packages, PLACE, params, NOW)
        endpoint.create(cx, town.packages, PLACE, "e", "e", NOW)
        [row] = cx.execute(select(endpoint_rows.c.variants)).scalars()

    settings = VariantSettings.from_json(row[0])
    assert (settings.download_seconds, settings.startup_seconds) == (600, 90)
    del row[0]["DownloadSeconds"]  # as an earlier release wrote it
    assert VariantSettings.from_json(row[0]).download_seconds == 3600

    town.fleet.reconcile()
    [instance] = town.fleet.instances()
    assert isinstance(instance, LocalInstance)
    assert 0 < instance._deadline.left <= 600
    town.work()
    assert town.describe()["EndpointStatus"] == "InService"
