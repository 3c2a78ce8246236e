"""Asynchronous calls: each that was confirmed is answered under the name that it was told, with what it was sent."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from itertools import count

from botocore.exceptions import ClientError

from tests.running import Server, eventually
from tests.soak.confirming import code, confirmed
from tests.soak.traffic import Act, Load
from tests.town import ROLE

from .endpoints import NOT_YET, PRODUCT

SECONDS = 180
"""A call whose model dies with the server is asked again; one that was in hand waits for the lease."""


class Asynchronous(Load):
    """Two programs that send what they have, small bodies with the call and larger ones by an object, and do not wait."""

    def __init__(self, server: Server, name: str) -> None:
        self._name, self._numbers = name, count()
        self._runtime, self._s3 = server.client("sagemaker-runtime"), server.client("s3")
        self._lock = threading.Lock()
        self._sent: set[bytes] = set()
        self._told: dict[str, bytes] = {}
        self._deploy(server)

    def actors(self) -> Sequence[Act]:
        return [self._program(), self._program()]

    def is_settled(self) -> bool:
        return self._told.keys() <= self._answers().keys()

    def verify(self) -> None:
        """What was sent and never confirmed may be answered too, under a name that nobody was told."""
        eventually(self.is_settled, SECONDS)
        answers = self._answers()
        assert not self._listed("failed/")
        for location, body in self._told.items():
            assert self._body(answers[location]) == body
        for location in answers.keys() - self._told.keys():
            assert self._body(answers[location]) in self._sent

    def _program(self) -> Act:
        waiting: list[bytes] = []

        def act() -> bool:
            if not waiting:
                if self.closing:
                    return False
                number = next(self._numbers)
                waiting.append(f"call {number} ".encode() + bytes(1 << 20 if number % 4 == 0 else 10))
                self._sent.add(waiting[0])
            told = self._called(waiting[0])
            if told is None:
                return False
            with self._lock:
                self._told[told] = waiting.pop()
            return True

        return act

    def _called(self, body: bytes) -> str | None:
        """Where the answer will be; None while the endpoint takes no calls."""
        key = f"in/{body.split()[1].decode()}"

        def call() -> str:
            if len(body) > 1000:
                self._s3.put_object(Bucket=self._name, Key=key, Body=body)
                source = {"InputLocation": f"s3://{self._name}/{key}"}
            else:
                source = {"Body": body}
            return self._runtime.invoke_endpoint_async(EndpointName=self._name, **source)["OutputLocation"]

        try:
            return confirmed(call)
        except ClientError as error:
            if code(error) in NOT_YET:
                return None
            raise

    def _answers(self) -> dict[str, str]:
        """Location → key of every answer that is there."""
        return {f"s3://{self._name}/{key}": key for key in self._listed("out/")}

    def _listed(self, prefix: str) -> list[str]:
        pages = self._s3.get_paginator("list_objects_v2").paginate(Bucket=self._name, Prefix=prefix)
        return [each["Key"] for page in pages for each in page.get("Contents", ())]

    def _body(self, key: str) -> bytes:
        return self._s3.get_object(Bucket=self._name, Key=key)["Body"].read()

    def _deploy(self, server: Server) -> None:
        sagemaker = server.client("sagemaker")
        self._s3.create_bucket(Bucket=self._name)
        package = server.client("secondlook").subscribe(ProductId=PRODUCT, AcceptLicense=True)
        sagemaker.create_model(
            ModelName=self._name,
            ExecutionRoleArn=ROLE,
            PrimaryContainer={"ModelPackageName": package["ModelPackageArn"]},
        )
        variant = {"VariantName": "all", "ModelName": self._name, "InstanceType": "ml.m4.xlarge"}
        paths = {"S3OutputPath": f"s3://{self._name}/out", "S3FailurePath": f"s3://{self._name}/failed"}
        sagemaker.create_endpoint_config(
            EndpointConfigName=self._name,
            ProductionVariants=[{**variant, "InitialInstanceCount": 1}],
            AsyncInferenceConfig={"OutputConfig": paths},
        )
        sagemaker.create_endpoint(EndpointName=self._name, EndpointConfigName=self._name)
        eventually(
            lambda: sagemaker.describe_endpoint(EndpointName=self._name)["EndpointStatus"] == "InService", 60
        )
