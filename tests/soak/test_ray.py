"""Models on a real Ray cluster: deployed with plain boto3, called, kept while the server restarts, and gone when deleted.

Here because the cluster takes half a minute to start and its packages are fetched on first use.
"""

from __future__ import annotations

import contextlib
import tarfile
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from botocore.exceptions import ClientError

from tests.products import put_ray_product
from tests.ray.cluster import RayCluster, running
from tests.running import Server, eventually
from tests.scale import Scale
from tests.town import Town

pytestmark = pytest.mark.timeout(400)

SCRIPT = b"""
import os

def transform_fn(model, body, content_type, accept):
    match body:
        case b"fail":
            raise ValueError("no such label")
        case b"die":
            os._exit(3)
    return f"{body.decode()} {os.environ['GREETING']} {content_type} {accept}", "text/plain"
"""


def archive(script: bytes) -> bytes:
    """The script as SageMaker's `model.tar.gz`."""
    packed = BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as members:
        member = tarfile.TarInfo("code/inference.py")
        member.size = len(script)
        members.addfile(member, BytesIO(script))
    return packed.getvalue()


@pytest.fixture(scope="module")
def mirror(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mirror")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory, mirror: Path, scale: Scale) -> Iterator[RayCluster]:
    if not scale.has_ray:
        pytest.skip("make soak fetches Ray")
    directory = tmp_path_factory.mktemp("ray")
    variables = {"SECONDLOOK_MIRROR": str(mirror), "SECONDLOOK_DATA": str(directory / "data")}
    with running(directory, variables) as cluster:
        yield cluster


@pytest.fixture(scope="module")
def server(cluster: RayCluster, mirror: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    data = tmp_path_factory.mktemp("server") / "data"
    for product, script in (("echo", SCRIPT), ("broken", b"import a_library_that_nobody_has")):
        artifact = archive(script)
        digest = sha256(artifact).hexdigest()
        (mirror / digest).write_bytes(artifact)
        put_ray_product(data, product, f"https://models.example/{product}.tar.gz", digest, len(artifact))
    with Server(data, cluster.settings) as server:
        yield server.start()


@pytest.fixture
def town(server: Server) -> Town:
    return Town(server)


def ours(cluster: RayCluster) -> list[str]:
    return [name for name in cluster.applications() if name.startswith("secondlook-")]


def answers(town: Town) -> bool:
    with contextlib.suppress(ClientError):
        return town.ask("echo", "hi").startswith("hi hello")
    return False


def test_an_endpoint_runs_on_the_cluster_until_it_is_deleted(
    town: Town, cluster: RayCluster, server: Server
) -> None:
    neighbour = cluster.neighbour()
    town.deploy("echo", town.subscribe("echo"), instances=2)

    [variant] = town.sagemaker.describe_endpoint(EndpointName="echo")["ProductionVariants"]
    [name] = ours(cluster)
    replicas = cluster.applications()[name]["deployments"]["Replica"]["replicas"]
    assert variant["CurrentInstanceCount"] == 2
    assert [replica["state"] for replica in replicas] == ["RUNNING", "RUNNING"]
    assert town.ask("echo", "hi", Accept="json") == "hi hello text/plain json"
    with pytest.raises(town.runtime.exceptions.ModelError, match="ValueError: no such label"):
        town.ask("echo", "fail")

    server.stop()
    server.start()
    town.connect()
    assert town.ask("echo", "again", Accept="json") == "again hello text/plain json"
    assert ours(cluster) == [name]

    with pytest.raises(ClientError):
        town.ask("echo", "die")
    eventually(lambda: answers(town), 60)

    town.sagemaker.delete_endpoint(EndpointName="echo")
    town.sagemaker.get_waiter("endpoint_deleted").wait(EndpointName="echo", WaiterConfig={"Delay": 1})
    assert ours(cluster) == []
    assert cluster.neighbour() == neighbour


def test_a_model_that_cannot_be_loaded_fails_the_endpoint_with_its_own_error(
    town: Town, cluster: RayCluster
) -> None:
    town.create("broken", town.subscribe("broken"))

    waiter = town.sagemaker.get_waiter("endpoint_in_service")
    with pytest.raises(Exception, match="Failed"):
        waiter.wait(EndpointName="broken", WaiterConfig={"Delay": 1, "MaxAttempts": 120})
    reason = town.sagemaker.describe_endpoint(EndpointName="broken")["FailureReason"]
    assert "DEPLOY_FAILED" in reason
    assert "a_library_that_nobody_has" in reason

    town.sagemaker.delete_endpoint(EndpointName="broken")
    town.sagemaker.get_waiter("endpoint_deleted").wait(EndpointName="broken", WaiterConfig={"Delay": 1})
    assert ours(cluster) == []
