"""Models of one's own, confined and with libraries of their own, where no program waits for them: in transform jobs, on asynchronous
endpoints, and asleep.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from secondlook.hosting.instances.kinds.local.environments.locks import try_lock, use_lock
from tests import processes
from tests.own_models import SCIKIT, Maker, archive
from tests.running import Server, eventually
from tests.town import ROLE
from tests.wheels import Index

BUCKET = "work"

SCRIPT = """
    import os, socket, time
    import tiny

    def transform_fn(model, body, content_type, accept):
        text = body if isinstance(body, str) else body.decode()
        if text.startswith("sleep"):
            print("sleeps", flush=True)
            time.sleep(float(text.split()[1]))
        if text.startswith("out"):
            socket.create_connection(("127.0.0.1", int(text.split()[1])), 2)
        return f"{tiny.VERSION} {len(text)} {text[:20].strip().upper()}", "text/plain"
"""


@pytest.fixture(scope="module")
def maker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Maker]:
    data = tmp_path_factory.mktemp("at-work") / "data"
    with Index() as index:
        index.publish("tiny", "1.0", "VERSION = '1.0'")
        extra = {"UV_DEFAULT_INDEX": index.url, "UV_HTTP_RETRIES": "0"}
        with Server(data, {"allow_model_code": "yes", "serverless_idle_seconds": "1"}, extra=extra) as server:
            server.start().client("s3").create_bucket(Bucket=BUCKET)
            yield Maker(server, BUCKET)


@pytest.fixture
def model(maker: Maker, name: str) -> str:
    """The URI of its archive, whose model is called `name`."""
    uri = maker.put(
        f"{name}/model.tar.gz",
        archive(**{"code/inference.py": SCRIPT, "code/requirements.txt": "tiny==1.0"}),
    )
    container = {"Image": SCIKIT, "ModelDataUrl": uri}
    maker.sagemaker.create_model(ModelName=name, ExecutionRoleArn=ROLE, PrimaryContainer=container)
    return uri


def spoil(maker: Maker, uri: str) -> None:
    """The archive is another one from now on, which could not be run."""
    maker.put(uri.removeprefix(f"s3://{BUCKET}/"), b"no archive")


def models(maker: Maker) -> list[Path]:
    return list((maker.server.data / "own-models").glob("*"))


def is_held(maker: Maker) -> bool:
    """Whether somebody uses the only environment, so that no sweep takes it away."""
    [environment] = [path for path in (maker.server.data / "environments").iterdir() if len(path.name) == 32]
    lock = try_lock(use_lock(environment))
    if lock is not None:
        os.close(lock)
    return lock is None


def start(maker: Maker, name: str, **more: Any) -> None:
    """A job of the model `name`, of the objects below `name/in`."""
    maker.sagemaker.create_transform_job(
        **more,
        TransformJobName=name,
        ModelName=name,
        MaxConcurrentTransforms=1,
        TransformInput={
            "DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": f"s3://{BUCKET}/{name}/in/"}},
            "ContentType": "text/plain",
        },
        TransformOutput={"S3OutputPath": f"s3://{BUCKET}/{name}/out", "Accept": "text/plain"},
        TransformResources={"InstanceType": "ml.m5.large", "InstanceCount": 2},
    )


def end(maker: Maker, name: str) -> dict[str, Any]:
    def over() -> dict[str, Any] | None:
        said = maker.sagemaker.describe_transform_job(TransformJobName=name)
        return said if said["TransformJobStatus"] in {"Completed", "Failed", "Stopped"} else None

    return eventually(over, 120)


def read(maker: Maker, key: str) -> str | None:
    try:
        return maker.s3.get_object(Bucket=BUCKET, Key=key)["Body"].read().decode()
    except maker.s3.exceptions.NoSuchKey:
        return None


@pytest.mark.parametrize("ending", ["stop", "kill"])
def test_a_job_goes_on_with_the_model_that_it_began_with(
    maker: Maker, name: str, model: str, ending: str
) -> None:
    for number in range(4):
        maker.put(f"{name}/in/{number}", f"sleep {0.2 if number else 6} {number}".encode())
    start(maker, name)
    log = maker.server.data / "logs" / "transform-jobs" / name
    eventually(lambda: any("sleeps" in file.read_text() for file in log.glob("model-*.log")), 60)
    spoil(maker, model)
    assert is_held(maker)
    assert len(models(maker)) == 1

    getattr(maker.server, ending)()
    assert not is_held(maker)
    assert len(models(maker)) == 1
    maker.server.start()
    eventually(lambda: is_held(maker))

    assert end(maker, name)["TransformJobStatus"] == "Completed"
    assert [read(maker, f"{name}/out/{number}.out") for number in range(4)] == [
        f"1.0 {len(text)} {text.upper()}"
        for text in ("sleep 6 0", "sleep 0.2 1", "sleep 0.2 2", "sleep 0.2 3")
    ]
    eventually(lambda: not models(maker))
    eventually(lambda: not is_held(maker))


def test_a_job_whose_model_is_confined_reaches_no_network(maker: Maker, name: str, model: str) -> None:
    maker.put(f"{name}/in/out", f"out {maker.server.port}".encode())
    maker.put(f"{name}/in/well", b"well")
    start(maker, name)

    ended = end(maker, name)

    assert ended["TransformJobStatus"] == "Failed"
    assert f"s3://{BUCKET}/{name}/in/out" in ended["FailureReason"]
    assert read(maker, f"{name}/out/well.out") == "1.0 4 WELL"
    assert read(maker, f"{name}/out/out.out") is None
    eventually(lambda: not models(maker))


def test_a_job_whose_model_means_harm_says_so_and_leaves_nothing(maker: Maker, name: str, model: str) -> None:
    spoil(maker, model)
    maker.put(f"{name}/in/x", b"x")
    start(maker, name)

    ended = end(maker, name)

    assert ended["TransformJobStatus"] == "Failed"
    assert ended["FailureReason"].startswith("AlgorithmError: The primary container could not be started: ")
    assert model in ended["FailureReason"]
    eventually(lambda: not list((maker.server.data / "own-models").iterdir()))


def test_a_job_brings_no_script(maker: Maker, name: str, model: str) -> None:
    with pytest.raises(
        ClientError, match="SAGEMAKER_SUBMIT_DIRECTORY in the Environment of a transform job cannot bring"
    ):
        start(maker, name, Environment={"SAGEMAKER_SUBMIT_DIRECTORY": model})


def test_an_asynchronous_endpoint_of_a_confined_model(maker: Maker, name: str, model: str) -> None:
    variant = {"VariantName": "AllTraffic", "ModelName": name, "InstanceType": "ml.m5.large"}
    paths = {"S3OutputPath": f"s3://{BUCKET}/{name}/out", "S3FailurePath": f"s3://{BUCKET}/{name}/failed"}
    maker.sagemaker.create_endpoint_config(
        EndpointConfigName=name,
        ProductionVariants=[{**variant, "InitialInstanceCount": 1}],
        AsyncInferenceConfig={"OutputConfig": paths},
    )
    maker.sagemaker.create_endpoint(EndpointName=name, EndpointConfigName=name)
    maker.wait(name)
    spoil(maker, model)
    large = 20 << 20
    maker.put(f"{name}/in/large", b"x" * large)
    maker.put(f"{name}/in/slow", b"sleep 3")

    assert answer(maker, call(maker, name, "large")) == f"1.0 {large} {'X' * 20}"
    slow = call(maker, name, "slow")
    log = maker.server.data / "logs" / "endpoints" / name / "AllTraffic-1.log"
    eventually(lambda: "sleeps" in log.read_text())
    maker.server.kill()
    maker.server.start()
    assert answer(maker, slow) == "1.0 7 SLEEP 3"
    assert is_held(maker)

    maker.put(f"{name}/in/out", f"out {maker.server.port}".encode())
    refused = call(maker, name, "out")
    reason = eventually(lambda: read(maker, key_of(refused["FailureLocation"])), 60)
    assert "PermissionError" in reason or "refused" in reason or "unreachable" in reason, reason
    maker.delete(name)
    eventually(lambda: not models(maker))
    assert not is_held(maker)


def test_a_confined_model_that_sleeps_wakes_as_it_was(maker: Maker, name: str, model: str) -> None:
    serverless = {"MemorySizeInMB": 2048, "MaxConcurrency": 2}
    maker.sagemaker.create_endpoint_config(
        EndpointConfigName=name,
        ProductionVariants=[{"VariantName": "AllTraffic", "ModelName": name, "ServerlessConfig": serverless}],
    )
    maker.sagemaker.create_endpoint(EndpointName=name, EndpointConfigName=name)
    maker.wait(name)
    spoil(maker, model)
    log = maker.server.data / "logs" / "endpoints" / name / "AllTraffic-1.log"
    assert log.read_text().count("answers at") == 1

    eventually(lambda: not processes.models(maker.server.process.pid))
    assert is_held(maker)
    asked = maker.runtime.invoke_endpoint(EndpointName=name, ContentType="text/plain", Body=b"awake")

    assert asked["Body"].read() == b"1.0 5 AWAKE"
    assert log.read_text().count("answers at") == 2
    maker.delete(name)
    eventually(lambda: not models(maker))
    assert not is_held(maker)


def call(maker: Maker, name: str, key: str) -> dict[str, Any]:
    return maker.runtime.invoke_endpoint_async(
        EndpointName=name, ContentType="text/plain", InputLocation=f"s3://{BUCKET}/{name}/in/{key}"
    )


def key_of(uri: str) -> str:
    return uri.removeprefix(f"s3://{BUCKET}/")


def answer(maker: Maker, called: dict[str, Any]) -> str:
    return eventually(lambda: read(maker, key_of(called["OutputLocation"])), 90)
