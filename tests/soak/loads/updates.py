"""An endpoint that is updated again and again while it is called."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence

import psutil
from botocore.exceptions import ClientError

from tests import processes
from tests.running import Server, eventually
from tests.soak.confirming import RequestError, code, confirmed
from tests.soak.traffic import Act, Load

from .endpoints import NOT_YET, PRODUCT, ROLE

MARK = "SOAK_UPDATES"
"""A variable in the environment of its models, by which their processes are known."""


class Updates(Load):
    """One program that updates, without waiting for it to be done, between two configs; and one that calls."""

    def __init__(self, server: Server, name: str) -> None:
        self._server, self._name = server, name
        self._sagemaker = server.client("sagemaker")
        self._runtime = server.client("sagemaker-runtime")
        self._configs = [f"{name}-a", f"{name}-b"]
        package = server.client("secondlook").subscribe(ProductId=PRODUCT, AcceptLicense=True)
        for config in self._configs:
            container = {"ModelPackageName": package["ModelPackageArn"], "Environment": {MARK: name}}
            self._sagemaker.create_model(ModelName=config, ExecutionRoleArn=ROLE, PrimaryContainer=container)
            variant = {"VariantName": "all", "ModelName": config, "InstanceType": "ml.m4.xlarge"}
            self._sagemaker.create_endpoint_config(
                EndpointConfigName=config, ProductionVariants=[{**variant, "InitialInstanceCount": 1}]
            )
        self._sagemaker.create_endpoint(EndpointName=name, EndpointConfigName=self._configs[0])

    def actors(self) -> Sequence[Act]:
        return [self._update, self._call]

    def verify(self) -> None:
        """It comes into service with one of its configs and one process, and answers."""
        eventually(lambda: self._status() == "InService", 60)
        eventually(lambda: len(self._processes()) == 1, 60)
        eventually(self._call)
        assert self._describe()["EndpointConfigName"] in self._configs
        assert "PendingDeploymentSummary" not in self._describe()

    def _update(self) -> bool:
        """Whether there was an endpoint to update."""
        following = (
            self._configs[1]
            if self._describe()["EndpointConfigName"] == self._configs[0]
            else self._configs[0]
        )
        try:
            confirmed(
                lambda: self._sagemaker.update_endpoint(
                    EndpointName=self._name, EndpointConfigName=following
                ),
                already=_is_under_way,
            )
        except ClientError as error:
            if _is_under_way(error):
                return False
            raise
        return True

    def _call(self) -> bool:
        """Whether it answered, and then with what it was sent."""

        def ask() -> bytes:
            answer = self._runtime.invoke_endpoint(
                EndpointName=self._name, Body=b"[8]", ContentType="application/json"
            )
            return answer["Body"].read()

        try:
            assert confirmed(ask) == b"[8]"
        except ClientError as error:
            if code(error) in NOT_YET:
                return False
            raise
        return True

    def _describe(self) -> dict[str, str]:
        description = confirmed(lambda: self._sagemaker.describe_endpoint(EndpointName=self._name))
        assert description is not None
        return description

    def _status(self) -> str:
        return self._describe()["EndpointStatus"]

    def _processes(self) -> list[psutil.Process]:
        found = []
        for process in processes.models(self._server.process.pid):
            with contextlib.suppress(psutil.NoSuchProcess):
                if process.environ().get(MARK) == self._name:
                    found.append(process)
        return found


def _is_under_way(error: RequestError) -> bool:
    return "Cannot update in-progress endpoint" in str(error)
