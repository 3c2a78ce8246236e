"""A server whose catalog has a product of its own, and the way from that product to predictions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from tests.running import Server

ROLE = "arn:aws:iam::123456789012:role/service-role/SecondLookExecutionRole"


ALL_TRAFFIC: Mapping[str, float] = MappingProxyType({"AllTraffic": 1})


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

    def configure(
        self,
        name: str,
        package: str,
        instances: int = 1,
        weights: Mapping[str, float] = ALL_TRAFFIC,
        **environment: str,
    ) -> None:
        """A model of the package and an endpoint config, both called `name`; `weights` are those of the config's variants."""
        container = {"ModelPackageName": package, **({"Environment": environment} if environment else {})}
        self.sagemaker.create_model(
            ModelName=name, ExecutionRoleArn=ROLE, Containers=[container], EnableNetworkIsolation=True
        )
        variant = {"ModelName": name, "InstanceType": "ml.m4.xlarge", "InitialInstanceCount": instances}
        self.sagemaker.create_endpoint_config(
            EndpointConfigName=name,
            ProductionVariants=[
                {**variant, "VariantName": each, "InitialVariantWeight": weight}
                for each, weight in weights.items()
            ],
        )

    def create(self, name: str, package: str, instances: int = 1, **more: Any) -> None:
        """What the sagemaker SDK does in `ModelPackage.deploy`, up to the waiting [sdk-wire-trace.md, rows 13-15]."""
        self.configure(name, package, instances, **more)
        self.sagemaker.create_endpoint(EndpointName=name, EndpointConfigName=name, Tags=[])

    def wait(self, name: str) -> None:
        waiter = self.sagemaker.get_waiter("endpoint_in_service")
        waiter.wait(EndpointName=name, WaiterConfig={"Delay": 1, "MaxAttempts": 60})

    def deploy(self, name: str, package: str, instances: int = 1, **more: Any) -> None:
        self.create(name, package, instances, **more)
        self.wait(name)

    def update(self, name: str, config: str, **more: Any) -> None:
        """UpdateEndpoint, and its waiter."""
        self.sagemaker.update_endpoint(EndpointName=name, EndpointConfigName=config, **more)
        self.wait(name)

    def describe(self, name: str) -> dict[str, Any]:
        description: dict[str, Any] = self.sagemaker.describe_endpoint(EndpointName=name)
        return description

    def ask(self, name: str, order: str = "greet", **more: Any) -> str:
        members = {"ContentType": "text/plain", "Body": order.encode(), **more}
        return self.runtime.invoke_endpoint(EndpointName=name, **members)["Body"].read().decode()
