"""The calls that SageMaker's SDK makes for the seed notebook, in its order [sdk-wire-trace.md, rows 1-26]."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from secondlook.reviewer import Portal
from tests.running import Server, eventually

from .client_errors import refused
from .reviewing import WORKER
from .test_hosting import SEED_ARN

PICTURE = b"not shown to a model here"


def test_the_calls_of_the_notebook_in_their_order(server: Server, name: str) -> None:
    s3, sagemaker, a2i = (server.client(service) for service in ("s3", "sagemaker", "sagemaker-a2i-runtime"))
    role = _role(server)
    bucket = _bucket(server, s3, name)
    s3.put_object(Bucket=bucket, Key="a2i-results/")  # 8
    team = server.client("secondlook").create_team(TeamName=name, Invite=[WORKER])["WorkteamArn"]
    ui = sagemaker.create_human_task_ui(
        HumanTaskUiName=name, UiTemplate={"Content": "<crowd-form></crowd-form>"}
    )  # 9
    flow = sagemaker.create_flow_definition(  # 10
        FlowDefinitionName=name,
        RoleArn=role,
        HumanLoopConfig={
            "WorkteamArn": team,
            "HumanTaskUiArn": ui["HumanTaskUiArn"],
            "TaskCount": 1,
            "TaskDescription": "Correct the boxes",
            "TaskTitle": "Look again",
        },
        OutputConfig={"S3OutputPath": f"s3://{bucket}/a2i-results"},
    )["FlowDefinitionArn"]
    assert (
        "Active" == sagemaker.describe_flow_definition(FlowDefinitionName=name)["FlowDefinitionStatus"]
    )  # 11
    _deploy(server, sagemaker, name, role)
    s3.put_object(Bucket=bucket, Key="image.jpg", Body=PICTURE)  # 18
    refused(  # 19: whether a model answers is for test_hosting; here none was waited for
        "ValidationError",
        name,
        server.client("sagemaker-runtime").invoke_endpoint,
        EndpointName=f"{name}-none",
        ContentType="image/jpeg",
        Accept="json",
        Body=PICTURE,
    )
    content = {"initialValue": [], "taskObject": f"s3://{bucket}/image.jpg", "labels": ["dog"]}
    a2i.start_human_loop(  # 20
        HumanLoopName=name, FlowDefinitionArn=flow, HumanLoopInput={"InputContent": json.dumps(content)}
    )
    workteams = sagemaker.list_workteams(NameContains=name)["Workteams"]  # 21
    assert f"127.0.0.1:{server.tls_port}" == workteams[0]["SubDomain"]
    assert content == _reviewed(server, s3, a2i, name)["inputContent"]  # 22, 23
    sagemaker.delete_flow_definition(FlowDefinitionName=name)  # 24
    sagemaker.delete_human_task_ui(HumanTaskUiName=name)
    _clean_up(sagemaker, name)


def _role(server: Server) -> str:
    """Rows 1 and 2: the role behind the caller."""
    identity = server.client("sts").get_caller_identity()
    named = identity["Arn"].split("/")[1]
    role = server.client("iam").get_role(RoleName=named)["Role"]["Arn"]
    assert f"arn:aws:iam::{identity['Account']}:role/{named}" == role
    return role


def _bucket(server: Server, s3: Any, name: str) -> str:
    """Rows 3 to 7: the default bucket, made because it is not there."""
    account = server.client("sts").get_caller_identity()["Account"]
    bucket = f"sagemaker-{name}-{account}"
    assert bucket not in [listed["Name"] for listed in s3.list_buckets()["Buckets"]]
    with pytest.raises(ClientError) as missing:
        s3.head_bucket(Bucket=bucket, ExpectedBucketOwner=account)
    assert "404" == missing.value.response["Error"]["Code"]
    s3.create_bucket(Bucket=bucket)
    s3.head_bucket(Bucket=bucket, ExpectedBucketOwner=account)
    return bucket


def _deploy(server: Server, sagemaker: Any, name: str, role: str) -> None:
    """Rows 12 to 16."""
    server.client("secondlook").subscribe(ProductId="fastestdet-coco", AcceptLicense=True)
    for _ in range(2):
        package = sagemaker.describe_model_package(ModelPackageName=SEED_ARN)
        assert package["InferenceSpecification"]["Containers"][0]["ProductId"]
    container = {"ModelPackageName": SEED_ARN}
    sagemaker.create_model(
        ModelName=name, ExecutionRoleArn=role, Containers=[container], EnableNetworkIsolation=True
    )
    variant = {"VariantName": "AllTraffic", "ModelName": name, "InstanceType": "ml.m4.xlarge"}
    sagemaker.create_endpoint_config(
        EndpointConfigName=name,
        ProductionVariants=[{**variant, "InitialInstanceCount": 1, "InitialVariantWeight": 1}],
    )
    sagemaker.create_endpoint(EndpointName=name, EndpointConfigName=name, Tags=[])
    endpoint = sagemaker.describe_endpoint(EndpointName=name)
    assert endpoint["EndpointStatus"] in {"Creating", "InService", "Failed"}  # Failed without the artifact


def _reviewed(server: Server, s3: Any, a2i: Any, name: str) -> dict[str, Any]:
    """Rows 22 and 23: wait for the answer, then read it."""
    worker = _worker(server)
    task = eventually(lambda: worker.take(name, name))
    worker.submit(task, {"boxes": []})

    def completed() -> Any:
        loop = a2i.describe_human_loop(HumanLoopName=name)
        return loop["HumanLoopStatus"] == "Completed" and loop["HumanLoopOutput"]["OutputS3Uri"]

    bucket, _, key = eventually(completed).removeprefix("s3://").partition("/")
    return json.loads(s3.get_object(Bucket=bucket, Key=key, ChecksumMode="ENABLED")["Body"].read())


def _worker(server: Server) -> Portal:
    return Portal(server.client("secondlook"), WORKER)


def _clean_up(sagemaker: Any, name: str) -> None:
    """Rows 25 and 26, which end in AWS's own error: the config is gone when the model's turn comes."""
    sagemaker.describe_endpoint(EndpointName=name)
    sagemaker.delete_endpoint_config(EndpointConfigName=name)
    sagemaker.delete_endpoint(EndpointName=name)
    refused(
        "ValidationException",
        "Could not find endpoint configuration",
        sagemaker.describe_endpoint_config,
        EndpointConfigName=name,
    )
    sagemaker.delete_model(ModelName=name)
