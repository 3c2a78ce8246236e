"""Endpoints in service that are updated, with plain boto3 against a running server and real model processes."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from botocore.exceptions import ClientError

from tests import processes
from tests.products import put_product
from tests.running import Server, eventually
from tests.town import Town

from .client_errors import refused

SCRIPT = """
    import os, pathlib, time

    while not pathlib.Path(os.environ.get("MAY_START", "/")).exists():
        time.sleep(0.05)

    def transform_fn(model, body, content_type, accept):
        if body:  # a folder: say there that the call has come, and wait until it may go
            pathlib.Path(body.decode(), "came").touch()
            while not pathlib.Path(body.decode(), "may-go").exists():
                time.sleep(0.05)
        return f"{os.environ.get('GREETING', 'hello')} {os.getpid()}", "text/plain"
"""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    data = tmp_path_factory.mktemp("updates") / "data"
    put_product(data, "script", SCRIPT, "text/plain")
    put_product(data, "broken", "import a_library_that_nobody_has", "text/plain")
    with Server(data) as server:
        yield Town(server.start())


@pytest.fixture
def package(town: Town) -> str:
    return town.subscribe("script")


@pytest.fixture
def deployed(town: Town, package: str, name: str) -> Iterator[str]:
    """An endpoint that greets with `old`."""
    town.deploy(name, package, GREETING="old", SAGEMAKER_MODEL_SERVER_WORKERS="4")
    yield name
    with contextlib.suppress(ClientError):  # some tests delete it themselves
        town.sagemaker.delete_endpoint(EndpointName=name)


def greeting(town: Town, name: str, folder: Path | str = "") -> str:
    """What the model says; it takes until there is `may-go` in the folder, where one is given."""
    return town.ask(name, str(folder)).split()[0]


def pid(town: Town, name: str) -> int:
    return int(town.ask(name, "").split()[1])


def is_refused(town: Town, name: str) -> bool:
    """Whether the endpoint takes no calls any more."""
    try:
        town.ask(name, "")
    except town.runtime.exceptions.ValidationError:
        return True
    return False


def models(server: Server) -> list[int]:
    """The model processes of a server."""
    return [process.pid for process in processes.models(server.process.pid)]


def test_calls_under_way_are_answered_by_the_old_model_and_none_fails(
    town: Town, package: str, deployed: str, tmp_path: Path
) -> None:
    before = pid(town, deployed)
    town.configure(f"{deployed}-2", package, GREETING="new")
    with ThreadPoolExecutor(1) as threads:
        long = threads.submit(greeting, town, deployed, tmp_path)
        eventually((tmp_path / "came").exists)
        town.sagemaker.update_endpoint(EndpointName=deployed, EndpointConfigName=f"{deployed}-2")
        seen = [greeting(town, deployed)]
        while seen[-1] != "new":
            seen.append(greeting(town, deployed))
        town.wait(deployed)
        (tmp_path / "may-go").touch()

        assert long.result() == "old"
    assert town.describe(deployed)["EndpointConfigName"] == f"{deployed}-2"
    eventually(lambda: not Path(f"/proc/{before}").exists())
    assert greeting(town, deployed) == "new"


def test_an_update_under_way_is_described_refuses_another_and_keeps_its_old_config(
    town: Town, package: str, deployed: str, tmp_path: Path
) -> None:
    second = f"{deployed}-2"
    town.configure(second, package, GREETING="new", MAY_START=str(tmp_path / "may-start"))
    arn = town.sagemaker.update_endpoint(EndpointName=deployed, EndpointConfigName=second)["EndpointArn"]

    description = town.describe(deployed)
    refused(
        "ValidationException",
        f'Cannot update in-progress endpoint "{arn}".',
        town.sagemaker.update_endpoint,
        EndpointName=deployed,
        EndpointConfigName=second,
    )
    (tmp_path / "may-start").touch()
    town.wait(deployed)

    assert (description["EndpointStatus"], description["EndpointConfigName"]) == ("Updating", deployed)
    assert description["PendingDeploymentSummary"]["EndpointConfigName"] == second
    [variant] = description["PendingDeploymentSummary"]["ProductionVariants"]
    assert variant["VariantStatus"][0]["Status"] == "Creating"
    after = town.describe(deployed)
    assert after["LastModifiedTime"] > description["CreationTime"]
    assert "PendingDeploymentSummary" not in after
    assert greeting(town, deployed) == "new"


def test_a_new_model_that_does_not_start_leaves_the_old_one_in_service(town: Town, deployed: str) -> None:
    before = pid(town, deployed)
    town.configure(f"{deployed}-2", town.subscribe("broken"))

    town.update(deployed, f"{deployed}-2")

    description = town.describe(deployed)
    assert (description["EndpointStatus"], description["EndpointConfigName"]) == ("InService", deployed)
    assert "No module named 'a_library_that_nobody_has'" in description["FailureReason"]
    assert pid(town, deployed) == before


def test_an_update_that_a_crash_interrupted_is_finished_with_one_process_left(
    town: Town, package: str, deployed: str, tmp_path: Path
) -> None:
    town.configure(f"{deployed}-2", package, GREETING="new", MAY_START=str(tmp_path / "may-start"))
    town.sagemaker.update_endpoint(EndpointName=deployed, EndpointConfigName=f"{deployed}-2")
    eventually(lambda: len(models(town.server)) == 2)
    family = processes.descendants(town.server.process.pid)

    town.server.kill()
    processes.all_end(family)
    town.server.start()
    town.connect()
    assert greeting(town, deployed) == "old"
    (tmp_path / "may-start").touch()
    town.wait(deployed)

    assert greeting(town, deployed) == "new"
    eventually(lambda: len(models(town.server)) == 1)


def test_an_endpoint_deleted_while_it_is_updated_leaves_no_process(
    town: Town, package: str, deployed: str, tmp_path: Path
) -> None:
    town.configure(f"{deployed}-2", package, MAY_START=str(tmp_path / "may-start"))
    town.sagemaker.update_endpoint(EndpointName=deployed, EndpointConfigName=f"{deployed}-2")
    eventually(lambda: len(models(town.server)) == 2)

    town.sagemaker.delete_endpoint(EndpointName=deployed)

    waiter = town.sagemaker.get_waiter("endpoint_deleted")
    waiter.wait(EndpointName=deployed, WaiterConfig={"Delay": 1, "MaxAttempts": 60})
    assert models(town.server) == []
    assert not list((town.server.data / "models").iterdir())


def test_deleting_an_endpoint_answers_the_calls_that_it_has(
    town: Town, deployed: str, tmp_path: Path
) -> None:
    with ThreadPoolExecutor(1) as threads:
        long = threads.submit(greeting, town, deployed, tmp_path)
        eventually((tmp_path / "came").exists)
        town.sagemaker.delete_endpoint(EndpointName=deployed)
        eventually(lambda: is_refused(town, deployed))
        (tmp_path / "may-go").touch()

        assert long.result() == "old"
    waiter = town.sagemaker.get_waiter("endpoint_deleted")
    waiter.wait(EndpointName=deployed, WaiterConfig={"Delay": 1, "MaxAttempts": 60})
    assert models(town.server) == []


def test_calls_go_over_in_the_steps_that_were_asked_for(town: Town, package: str, deployed: str) -> None:
    routing = {
        "Type": "CANARY",
        "WaitIntervalInSeconds": 3600,
        "CanarySize": {"Type": "CAPACITY_PERCENT", "Value": 50},
    }
    config = {"BlueGreenUpdatePolicy": {"TrafficRoutingConfiguration": routing}}
    town.configure(f"{deployed}-2", package, GREETING="new")
    town.sagemaker.update_endpoint(
        EndpointName=deployed, EndpointConfigName=f"{deployed}-2", DeploymentConfig=config
    )

    def stage() -> str:
        [variant] = town.describe(deployed)["PendingDeploymentSummary"]["ProductionVariants"]
        return str(variant["VariantStatus"][0]["Status"])

    eventually(lambda: stage() == "Baking")
    seen = Counter(greeting(town, deployed) for _ in range(60))
    assert 10 < seen["new"] < 50, seen


@pytest.mark.parametrize("operation", ["create_endpoint", "update_endpoint"])
def test_a_deployment_config_that_contradicts_itself_is_refused(
    town: Town, deployed: str, operation: str
) -> None:
    routing = {"Type": "LINEAR", "WaitIntervalInSeconds": 0}
    refused(
        "ValidationException",
        "A TrafficRoutingConfiguration of type LINEAR needs LinearStepSize.",
        getattr(town.sagemaker, operation),
        EndpointName=deployed if operation == "update_endpoint" else f"{deployed}-2",
        EndpointConfigName=deployed,
        DeploymentConfig={"BlueGreenUpdatePolicy": {"TrafficRoutingConfiguration": routing}},
    )


def test_calls_are_shared_by_weight_and_weights_and_counts_change_in_service(
    town: Town, package: str, name: str
) -> None:
    town.deploy(name, package, weights={"much": 3, "little": 1, "none": 0})
    stays = {variant: town.ask(name, "", TargetVariant=variant) for variant in ("much", "little", "none")}

    def invoked(calls: int) -> Counter[str]:
        members = {"EndpointName": name, "Body": b""}
        return Counter(
            town.runtime.invoke_endpoint(**members)["InvokedProductionVariant"] for _ in range(calls)
        )

    seen = invoked(120)
    assert seen.keys() == {"much", "little"}
    assert 65 < seen["much"] < 112, seen  # 90 ± 25, over five standard deviations
    town.sagemaker.update_endpoint_weights_and_capacities(
        EndpointName=name,
        DesiredWeightsAndCapacities=[
            {"VariantName": "much", "DesiredWeight": 0},
            {"VariantName": "none", "DesiredWeight": 1, "DesiredInstanceCount": 2},
        ],
    )
    town.wait(name)

    shown = {
        variant["VariantName"]: (variant["CurrentWeight"], variant["CurrentInstanceCount"])
        for variant in town.describe(name)["ProductionVariants"]
    }
    assert shown == {"much": (0, 1), "little": (1, 1), "none": (1, 2)}
    assert invoked(60).keys() == {"little", "none"}
    assert town.ask(name, "", TargetVariant="much") == stays["much"]
    targeted = {town.ask(name, "", TargetVariant="none") for _ in range(30)}
    assert len(targeted) == 2
    assert stays["none"] in targeted
    refused(
        "ValidationException",
        'The variant name(s) "nobody" is/are not present within endpoint configuration',
        town.sagemaker.update_endpoint_weights_and_capacities,
        EndpointName=name,
        DesiredWeightsAndCapacities=[{"VariantName": "nobody", "DesiredWeight": 1}],
    )
    town.sagemaker.delete_endpoint(EndpointName=name)


def test_properties_of_variants_are_retained_where_that_is_asked(
    town: Town, package: str, deployed: str
) -> None:
    town.sagemaker.update_endpoint_weights_and_capacities(
        EndpointName=deployed,
        DesiredWeightsAndCapacities=[{"VariantName": "AllTraffic", "DesiredWeight": 7}],
    )
    town.wait(deployed)

    town.update(deployed, deployed, RetainAllVariantProperties=True)

    [variant] = town.describe(deployed)["ProductionVariants"]
    assert variant["CurrentWeight"] == 7
