"""An endpoint whose model gives back what it is sent."""

from __future__ import annotations

from tests.products import put_product
from tests.running import Server, eventually

SCRIPT = "def transform_fn(model, body, content_type, accept):\n    return body, accept\n"


def put(server: Server) -> None:
    """The product, before the server starts."""
    put_product(server.data, "echo", SCRIPT, "application/json")


def deploy(server: Server) -> None:
    """The endpoint `echo`, once it is InService."""
    arn = server.client("secondlook").subscribe(ProductId="echo", AcceptLicense=True)["ModelPackageArn"]
    sagemaker = server.client("sagemaker")
    sagemaker.create_model(
        ModelName="echo",
        ExecutionRoleArn="arn:aws:iam::123456789012:role/service-role/r",
        PrimaryContainer={"ModelPackageName": arn},
    )
    variant = {
        "VariantName": "all",
        "ModelName": "echo",
        "InstanceType": "ml.m4.xlarge",
        "InitialInstanceCount": 1,
    }
    sagemaker.create_endpoint_config(EndpointConfigName="echo", ProductionVariants=[variant])
    sagemaker.create_endpoint(EndpointName="echo", EndpointConfigName="echo")
    eventually(lambda: is_in_service(server))


def is_in_service(server: Server) -> bool:
    return "InService" == server.client("sagemaker").describe_endpoint(EndpointName="echo")["EndpointStatus"]


def invoke(server: Server) -> bytes:
    called = server.client("sagemaker-runtime").invoke_endpoint(
        EndpointName="echo", Body=b"null", ContentType="application/json"
    )
    return called["Body"].read()
