"""Endpoints: deployed, called, deleted; the model is a script."""

from __future__ import annotations

import random
from collections.abc import Sequence
from contextlib import suppress
from itertools import count

from botocore.exceptions import ClientError

from tests.products import put_product
from tests.running import Server, eventually
from tests.soak.confirming import RequestError, code, confirmed
from tests.soak.traffic import Act, Load

from .reviews import pages

PRODUCT = "echo"
SCRIPT = "def transform_fn(model, body, content_type, accept):\n    return body, accept\n"
ROLE = "arn:aws:iam::123456789012:role/service-role/r"

MOST = 2
"""Endpoints in service at a time: each is a process that every start of the server brings back."""

DELETED = 0.1
"""How many of the acts delete one: the next starts another, which costs more than all other acts together."""

NOT_YET = ("ModelNotReadyException", "ModelError", "ValidationError")
"""What a call is answered whose endpoint is being made, or whose model was cut off."""


def shelve(server: Server) -> None:
    """Before the server's first start."""
    put_product(server.data, PRODUCT, SCRIPT, "application/json")


class Endpoints(Load):
    """One program that deploys and deletes without waiting for either to be done."""

    def __init__(self, server: Server, name: str) -> None:
        self._server, self._name, self._numbers = server, name, count()
        self._sagemaker = server.client("sagemaker")
        self._runtime = server.client("sagemaker-runtime")
        self._alive: list[str] = []
        package = server.client("secondlook").subscribe(ProductId=PRODUCT, AcceptLicense=True)
        self._sagemaker.create_model(
            ModelName=name,
            ExecutionRoleArn=ROLE,
            PrimaryContainer={"ModelPackageName": package["ModelPackageArn"]},
        )
        variant = {"VariantName": "all", "ModelName": name, "InstanceType": "ml.m4.xlarge"}
        self._sagemaker.create_endpoint_config(
            EndpointConfigName=name, ProductionVariants=[{**variant, "InitialInstanceCount": 1}]
        )

    def actors(self) -> Sequence[Act]:
        return [self._act]

    def verify(self) -> None:
        """Those that were confirmed come into service and answer; all others are gone."""
        wanted = dict.fromkeys(self._alive, "InService")
        with suppress(AssertionError):
            eventually(lambda: self._statuses() == wanted, 60)
        assert self._statuses() == wanted, f"{self._reasons()}\n{self._server.log[-20_000:]}"
        for name in self._alive:
            eventually(lambda name=name: self._call(name))

    def _act(self) -> bool:
        if len(self._alive) < MOST:
            self._deploy()
        elif random.random() < DELETED:
            self._delete(random.choice(self._alive))
        else:
            self._call(random.choice(self._alive))
        return True

    def _deploy(self) -> None:
        name = f"{self._name}-{next(self._numbers)}"
        confirmed(
            lambda: self._sagemaker.create_endpoint(EndpointName=name, EndpointConfigName=self._name),
            already=lambda error: "already existing" in str(error),
        )
        self._alive.append(name)

    def _call(self, name: str) -> bool:
        """Whether it answered, and then with what it was sent."""

        def ask() -> bytes:
            answer = self._runtime.invoke_endpoint(
                EndpointName=name, Body=b"[7]", ContentType="application/json"
            )
            return answer["Body"].read()

        try:
            assert confirmed(ask) == b"[7]"
        except ClientError as error:
            if code(error) in NOT_YET:
                return False
            raise
        return True

    def _delete(self, name: str) -> None:
        confirmed(lambda: self._sagemaker.delete_endpoint(EndpointName=name), already=_is_gone)
        self._alive.remove(name)

    def _statuses(self) -> dict[str, str]:
        listed = pages(self._sagemaker.list_endpoints, "Endpoints", NameContains=self._name)
        return {endpoint["EndpointName"]: endpoint["EndpointStatus"] for endpoint in listed}

    def _reasons(self) -> dict[str, str]:
        """Of those that failed, by name."""
        described = [self._sagemaker.describe_endpoint(EndpointName=name) for name in self._statuses()]
        return {each["EndpointName"]: each["FailureReason"] for each in described if "FailureReason" in each}


def _is_gone(error: RequestError) -> bool:
    return "Could not find endpoint" in str(error)
