"""Endpoints that come up badly: which of them is tried again, which is not, and that none is in another's way. Plain boto3."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.neighbours import Road
from tests.own_models import SCIKIT, Maker, create, linear
from tests.products import put_product, put_remote_product
from tests.running import Server, eventually, free_port
from tests.small_disk import mounted
from tests.town import ROLE, Town

GREETER = 'def transform_fn(model, body, content_type, accept): return "hello", "text/plain"'

MANY = 24
"""More than a server has threads for deployments."""

NOT_STARTED = "The primary container for production variant {} could not be started: "


@pytest.fixture
def town(own_server: Server) -> Town:
    put_product(own_server.data, "greeter", GREETER, "text/plain")
    put_remote_product(own_server.data, "away", f"http://127.0.0.1:{free_port()}", "text/plain")
    own_server.settings["allow_outbound"] = "127.0.0.0/8"
    return Town(own_server.start())


def test_endpoints_that_do_not_come_up_hold_up_no_other(town: Town) -> None:
    town.deploy("here", town.subscribe("greeter"))
    town.configure("away", town.subscribe("away"))
    names = [f"away-{number}" for number in range(MANY)]
    for name in names:
        town.sagemaker.create_endpoint(EndpointName=name, EndpointConfigName="away")

    town.deploy("meanwhile", town.subscribe("greeter"))
    town.update("here", "meanwhile")

    assert ("hello", "hello") == (town.ask("meanwhile"), town.ask("here"))
    assert {"Creating"} == {town.describe(name)["EndpointStatus"] for name in names}
    for name in [*names, "meanwhile"]:
        town.sagemaker.delete_endpoint(EndpointName=name)
    for name in [*names, "meanwhile"]:
        waiter = town.sagemaker.get_waiter("endpoint_deleted")
        waiter.wait(EndpointName=name, WaiterConfig={"Delay": 1, "MaxAttempts": 60})


def test_each_status_of_an_endpoint_is_an_event(town: Town) -> None:
    town.configure("e", town.subscribe("greeter"))
    town.sagemaker.create_endpoint(
        EndpointName="e", EndpointConfigName="e", Tags=[{"Key": "team", "Value": "vision"}]
    )
    town.wait("e")
    town.update("e", "e")
    town.sagemaker.delete_endpoint(EndpointName="e")

    def told() -> list[dict[str, Any]]:
        logged = [json.loads(event["Body"]) for event in town.secondlook.list_events()["Events"]]
        return [each for each in logged if each["detail-type"] == "SageMaker Endpoint State Change"][::-1]

    events = eventually(lambda: told() if len(told()) == 5 else None)
    statuses = [event["detail"]["EndpointStatus"] for event in events]
    assert statuses == ["CREATING", "IN_SERVICE", "UPDATING", "IN_SERVICE", "DELETING"]
    assert {"aws.sagemaker"} == {event["source"] for event in events}
    assert events[1]["detail"]["Tags"] == {"team": "vision"}
    assert events[1]["detail"]["ProductionVariants"] == [
        {"VariantName": "AllTraffic", "DesiredWeight": 1.0, "DesiredInstanceCount": 1}
    ]


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[Server]:
    """The S3 that a server's objects are in, to be taken away."""
    with Server(tmp_path / "storage") as storage:
        yield storage.start()


@pytest.fixture
def road(storage: Server) -> Iterator[Road]:
    road = Road(storage.port)
    yield road
    road.close()


@pytest.fixture
def maker(own_server: Server, storage: Server, road: Road) -> Iterator[Maker]:
    own_server.keep_objects_in(storage, "a", road.port)
    own_server.settings["allow_model_code"] = "yes"
    own_server.start()
    own_server.client("s3").create_bucket(Bucket="models")
    yield Maker(own_server, "models")
    road.clear()
    own_server.stop()


def container(maker: Maker, body: bytes) -> dict[str, Any]:
    environment = {"SAGEMAKER_PROGRAM": "inference.py"}
    return {"Image": SCIKIT, "ModelDataUrl": maker.put("model.tar.gz", body), "Environment": environment}


def said(maker: Maker, endpoint: str, variant: str = "AllTraffic") -> str:
    """What the log of its only instance says, the server's own words included."""
    log = maker.server.data / "logs" / "endpoints" / endpoint / f"{variant}-1.log"
    return log.read_text() if log.exists() else ""


def test_a_store_that_is_away_at_the_first_deployment_is_waited_for(
    maker: Maker, storage: Server, road: Road
) -> None:
    brought = container(maker, linear())
    road.block(b"GET /a-models/model.tar.gz")
    create(maker.sagemaker, "waits", brought)
    assert road.stuck.wait(60)
    storage.kill()
    road.clear()
    away = (
        "s3://models/model.tar.gz could not be fetched: The S3 behind this server does not answer just now."
    )
    eventually(lambda: away in said(maker, "waits"), 60)
    eventually(lambda: f"instance AllTraffic-1 of waits waits: {away}" in maker.server.log)
    assert "Creating" == maker.sagemaker.describe_endpoint(EndpointName="waits")["EndpointStatus"]

    storage.start()
    maker.wait("waits")

    assert [21.0] == maker.ask("waits", [[1, 2]])


def test_an_archive_that_is_refused_is_fetched_once_and_decides_at_once(maker: Maker) -> None:
    """Also where another variant of the endpoint is far from ready."""
    brought = container(maker, linear(script="import time\ntime.sleep(600)"))
    hostile = {**brought, "ModelDataUrl": maker.put("hostile.tar.gz", b"no archive at all")}
    variants = []
    for name, each in {"a": brought, "b": hostile}.items():
        maker.sagemaker.create_model(ModelName=name, ExecutionRoleArn=ROLE, PrimaryContainer=each)
        instance = {"InstanceType": "ml.m5.large", "InitialInstanceCount": 1}
        variants.append({"VariantName": name, "ModelName": name, **instance})
    maker.sagemaker.create_endpoint_config(EndpointConfigName="e", ProductionVariants=variants)
    maker.sagemaker.create_endpoint(EndpointName="e", EndpointConfigName="e")

    reason = "s3://models/hostile.tar.gz cannot be unpacked: Not a gzipped file (b'no')"
    assert maker.failure("e") == f"{NOT_STARTED.format('b')}{reason}."
    assert "Failed" == maker.sagemaker.describe_endpoint(EndpointName="e")["EndpointStatus"]
    [line] = said(maker, "e", "b").splitlines()
    assert line.endswith(f" [supervisor] {reason}; it is not tried again")


@pytest.mark.slow
def test_a_disk_that_is_full_at_the_first_deployment_is_waited_for(tmp_path: Path, postgres_url: str) -> None:
    with mounted(tmp_path / "data", 64) as disk, Server(disk.path, {"database": postgres_url}) as server:
        put_product(server.data, "greeter", GREETER, "text/plain")
        town = Town(server.start())
        package = town.subscribe("greeter")
        with disk.full():
            town.create("waits", package)
            full = "could not be copied: No space left on device"
            eventually(
                lambda: f"AllTraffic-1 of waits waits: the files of the product greeter {full}" in server.log
            )
            assert "Creating" == town.describe("waits")["EndpointStatus"]

        town.wait("waits")

        assert "hello" == town.ask("waits")


def test_files_that_take_longer_than_they_may_fail_the_endpoint(maker: Maker, road: Road) -> None:
    brought = container(maker, linear())
    road.block(b"GET /a-models/model.tar.gz")

    create(maker.sagemaker, "late", brought, ModelDataDownloadTimeoutInSeconds=60)

    assert road.stuck.wait(60)
    reason = eventually(
        lambda: maker.sagemaker.describe_endpoint(EndpointName="late").get("FailureReason"), 180
    )
    assert reason.startswith(
        f"{NOT_STARTED.format('AllTraffic')}s3://models/model.tar.gz could not be fetched"
    )
