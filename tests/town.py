"""A server whose catalog has a product of its own, and the way from that product to predictions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.running import Server

ROLE = "arn:aws:iam::123456789012:role/service-role/SecondLookExecutionRole"


@dataclass
class Town:
    """A server whose catalog has a product of its own besides the built-in ones."""

    server: Server

    def __post_init__(self) -> None:
        self.connect()

    def connect(self) -> None:
        self.sagemaker = self.server.client("sagemaker")
        self.runtime = self.server.client("sagemaker-runtime")
        self.secondlook = self.server.client("secondlook")

    def subscribe(self, product: str) -> str:
        return self.secondlook.subscribe(ProductId=product, AcceptLicense=True)["ModelPackageArn"]

    def create(self, name: str, package: str, instances: int = 1) -> None:
        """What the sagemaker SDK does in `ModelPackage.deploy`, up to the waiting [sdk-wire-trace.md, rows 13-15]."""
        self.sagemaker.create_model(
            ModelName=name,
            ExecutionRoleArn=ROLE,
            Containers=[{"ModelPackageName": package}],
            EnableNetworkIsolation=True,
        )
        variant = {"VariantName": "AllTraffic", "ModelName": name, "InstanceType": "ml.m4.xlarge"}
        self.sagemaker.create_endpoint_config(
            EndpointConfigName=name,
            ProductionVariants=[{**variant, "InitialInstanceCount": instances, "InitialVariantWeight": 1}],
        )
        self.sagemaker.create_endpoint(EndpointName=name, EndpointConfigName=name, Tags=[])

    def wait(self, name: str) -> None:
        waiter = self.sagemaker.get_waiter("endpoint_in_service")
        waiter.wait(EndpointName=name, WaiterConfig={"Delay": 1, "MaxAttempts": 60})

    def deploy(self, name: str, package: str, instances: int = 1) -> None:
        self.create(name, package, instances)
        self.wait(name)

    def ask(self, name: str, order: str = "greet", **more: Any) -> str:
        members = {"ContentType": "text/plain", "Body": order.encode(), **more}
        return self.runtime.invoke_endpoint(EndpointName=name, **members)["Body"].read().decode()
