"""From a product to a prediction and back to nothing, with plain boto3 against a running server."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests import processes
from tests.mirror import MIRROR
from tests.products import put_product, put_remote_product
from tests.running import Server, eventually, free_port
from tests.town import ROLE, Town

SEED_ARN = (
    "arn:aws:sagemaker:us-east-1:865070037744:model-package/"
    "gluoncv-ssd-resnet501547760463-0f9e6796d2438a1d64bb9b15aac57bc0"
)

SCRIPT = """
    import os, pathlib, sys

    def transform_fn(model, body, content_type, accept):
        match body:
            case b"die":
                os._exit(3)
            case b"fail":
                raise ValueError("no such label")
            case b"seen":
                return repr((content_type, accept)), "text/plain"
            case b"environment":
                return repr(sorted(os.environ)), "text/plain"
        return str(os.getpid()), "text/plain"
"""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    data = tmp_path_factory.mktemp("hosting") / "data"
    put_product(data, "script", SCRIPT, "text/plain")
    with Server(data, {"allow_outbound": "127.0.0.0/8"}) as server:
        yield Town(server.start())


@pytest.fixture
def deployed(town: Town, name: str) -> Iterator[str]:
    town.deploy(name, town.subscribe("script"))
    yield name
    with contextlib.suppress(ClientError):  # some tests delete it themselves
        town.sagemaker.delete_endpoint(EndpointName=name)


def refused(code: str, message: str, call: Any, **params: Any) -> dict[str, Any]:
    """The error that the call must end in, whole."""
    with pytest.raises(ClientError) as error:
        call(**params)
    assert (error.value.response["Error"]["Code"], error.value.response["Error"]["Message"]) == (
        code,
        message,
    )
    return error.value.response


def test_without_a_subscription_no_model_is_made_from_a_product(town: Town, name: str) -> None:
    description = town.sagemaker.describe_model_package(ModelPackageName=SEED_ARN)

    assert description["ModelPackageArn"] == SEED_ARN
    assert description["InferenceSpecification"]["Containers"][0]["ProductId"] == "prod-fastestdetcoco"
    refused(
        "ValidationException",
        "Caller is not subscribed to the marketplace offering.",
        town.sagemaker.create_model,
        ModelName=name,
        ExecutionRoleArn=ROLE,
        Containers=[{"ModelPackageName": SEED_ARN}],
    )


def test_a_deployed_model_answers(town: Town, deployed: str) -> None:
    description = town.sagemaker.describe_endpoint(EndpointName=deployed)
    answer = town.runtime.invoke_endpoint(
        EndpointName=deployed, ContentType="text/plain", Accept="json", Body=b"seen"
    )

    assert description["EndpointStatus"] == "InService"
    assert description["ProductionVariants"][0]["CurrentInstanceCount"] == 1
    assert answer["Body"].read() == b"('text/plain', 'json')"
    assert (answer["ContentType"], answer["InvokedProductionVariant"]) == ("text/plain", "AllTraffic")


def test_without_a_content_type_the_model_sees_none(town: Town, deployed: str) -> None:
    answer = town.runtime.invoke_endpoint(EndpointName=deployed, Body=b"x")

    assert int(answer["Body"].read()) > 0


def test_an_endpoint_is_listed_with_its_model_and_config(town: Town, deployed: str) -> None:
    listed = {
        "Models": town.sagemaker.list_models(NameContains=deployed)["Models"][0]["ModelName"],
        "Configs": town.sagemaker.list_endpoint_configs(NameContains=deployed)["EndpointConfigs"][0][
            "EndpointConfigName"
        ],
        "Endpoints": town.sagemaker.list_endpoints(NameContains=deployed, StatusEquals="InService")[
            "Endpoints"
        ][0]["EndpointName"],
    }

    assert set(listed.values()) == {deployed}


def test_the_models_environment_holds_nothing_of_the_servers(town: Town, deployed: str) -> None:
    seen = town.ask(deployed, "environment")

    assert "SM_MODEL_DIR" in seen
    assert "SECONDLOOK" not in seen
    assert "AWS" not in seen


def test_a_prediction_that_fails_is_a_model_error(town: Town, deployed: str) -> None:
    response = refused(
        "ModelError",
        'Received server error (500) from primary with message "ValueError: no such label (code/inference.py, line 9, in transform_fn)". See the log of endpoint '
        f"{deployed} in account 123456789012 for more information.",
        town.ask,
        name=deployed,
        order="fail",
    )

    assert response["ResponseMetadata"]["HTTPStatusCode"] == 424
    assert response["OriginalStatusCode"] == 500
    assert (
        response["OriginalMessage"]
        == "ValueError: no such label (code/inference.py, line 9, in transform_fn)"
    )
    assert response["LogStreamArn"].endswith(f"/aws/sagemaker/Endpoints/{deployed}")


def test_a_model_that_dies_in_a_call_is_a_model_error_and_answers_the_next(town: Town, deployed: str) -> None:
    before = town.ask(deployed)

    with pytest.raises(town.runtime.exceptions.ModelError, match="broke off before it answered"):
        town.ask(deployed, "die")

    assert town.ask(deployed) != before


def test_a_killed_model_is_replaced(town: Town, deployed: str) -> None:
    before = town.ask(deployed)

    os.kill(int(before), signal.SIGKILL)

    def other() -> bool:
        try:
            return town.ask(deployed) != before
        except town.runtime.exceptions.ModelError:
            return False  # the call that its death cut off

    eventually(other)


def test_two_instances_share_the_calls(town: Town, name: str) -> None:
    town.deploy(name, town.subscribe("script"), instances=2)

    seen: set[str] = set()
    eventually(lambda: seen.add(town.ask(name)) or len(seen) == 2)
    town.sagemaker.delete_endpoint(EndpointName=name)


def test_a_model_that_runs_elsewhere_is_deployed_and_called_like_any_other(town: Town, name: str) -> None:
    """Here elsewhere is a runtime that was started by hand, at a port of its own."""
    model, port = town.server.data / "catalog" / "script" / "model", free_port()
    variables = {**os.environ, "SM_MODEL_DIR": str(model), "SAGEMAKER_BIND_TO_PORT": str(port)}
    command = [sys.executable, "-m", "secondlook.hosting.runtimes.inference_script"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with processes.running(command, env=variables, **pipes) as elsewhere:
        assert json.loads(elsewhere.stdout.readline())["answers_at"] == ["127.0.0.1", port]
        put_remote_product(town.server.data, "remote", f"http://127.0.0.1:{port}", "text/plain")
        remote = f"{name}-remote"
        town.deploy(remote, town.subscribe("remote"))

        assert town.ask(remote) == str(elsewhere.pid)
        description = town.sagemaker.describe_endpoint(EndpointName=remote)
        assert description["ProductionVariants"][0]["CurrentInstanceCount"] == 1
        town.sagemaker.delete_endpoint(EndpointName=remote)


def test_an_unknown_endpoint_is_a_validation_error(town: Town) -> None:
    response = refused(
        "ValidationError", "Endpoint nobody of account 123456789012 not found.", town.ask, name="nobody"
    )

    assert response["ResponseMetadata"]["HTTPStatusCode"] == 400


def test_the_seeds_order_of_cleaning_up_fails_as_it_does_on_aws(town: Town, deployed: str) -> None:
    """delete_endpoint() of the SDK deletes the config, which its delete_model() then asks for [sdk-wire-trace.md, 26]."""
    town.sagemaker.delete_endpoint_config(EndpointConfigName=deployed)
    town.sagemaker.delete_endpoint(EndpointName=deployed)

    refused(
        "ValidationException",
        f'Could not find endpoint configuration "arn:aws:sagemaker:us-east-1:123456789012:endpoint-config/{deployed}".',
        town.sagemaker.describe_endpoint_config,
        EndpointConfigName=deployed,
    )
    waiter = town.sagemaker.get_waiter("endpoint_deleted")
    waiter.wait(EndpointName=deployed, WaiterConfig={"Delay": 1, "MaxAttempts": 30})
    refused(
        "ValidationException",
        f'Could not find endpoint "arn:aws:sagemaker:us-east-1:123456789012:endpoint/{deployed}".',
        town.sagemaker.describe_endpoint,
        EndpointName=deployed,
    )
    town.sagemaker.delete_model(ModelName=deployed)


def test_what_was_in_service_is_so_again_after_a_crash_of_the_server(town: Town, deployed: str) -> None:
    before = town.ask(deployed)

    town.server.kill()
    eventually(
        lambda: (
            not Path(f"/proc/{before}/cmdline").exists() or not Path(f"/proc/{before}/cmdline").read_bytes()
        )
    )
    town.server.start()
    town.connect()

    assert town.ask(deployed) != before
    assert town.sagemaker.describe_endpoint(EndpointName=deployed)["EndpointStatus"] == "InService"


@pytest.mark.skipif(
    MIRROR is None, reason="the detector's artifact comes from a mirror: set SECONDLOOK_MIRROR"
)
def test_the_detector_finds_the_dog_by_the_seeds_own_arn(town: Town, name: str) -> None:
    pytest.importorskip("onnxruntime", reason="the extra secondlook[models] is not installed")
    town.subscribe("fastestdet-coco")
    town.deploy(name, SEED_ARN)
    photograph = (MIRROR.parent / "images" / "dog-bicycle-car.jpg").read_bytes()

    answer = town.runtime.invoke_endpoint(
        EndpointName=name, ContentType="image/jpeg", Accept="json", Body=photograph
    )

    boxes = json.loads(answer["Body"].read())
    assert boxes[0].keys() == {"id", "score", "left", "top", "right", "bottom"}
    assert {"dog", "bicycle", "car"} <= {box["id"] for box in boxes}
    with pytest.raises(town.runtime.exceptions.ModelError, match=r"client error \(400\).*not a picture"):
        town.runtime.invoke_endpoint(EndpointName=name, ContentType="image/jpeg", Body=b"not a picture")
    town.sagemaker.delete_endpoint(EndpointName=name)
