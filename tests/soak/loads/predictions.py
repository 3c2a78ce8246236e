"""Predictions with a review: each is recorded once, and those in doubt have one human loop, however often they were asked for."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from itertools import count
from typing import Any

from botocore.exceptions import ClientError

from tests.journeys.reviewing import Review
from tests.running import Server, eventually
from tests.soak.confirming import code, confirmed
from tests.soak.traffic import Act, Load
from tests.town import ROLE

from .endpoints import NOT_YET, PRODUCT
from .reviews import pages

CUT = 0.9
CONDITIONS = {
    "Conditions": [{"ConditionType": "ConfidenceCheck", "ConditionParameters": {"ConfidenceLessThan": CUT}}]
}


class Predictions(Load):
    """Two programs that send what they have until it is answered, then something new."""

    def __init__(self, server: Server, name: str) -> None:
        self._name, self._numbers = name, count()
        self._runtime, self._own = server.client("sagemaker-runtime"), server.client("secondlook")
        self._loops = server.client("sagemaker-a2i-runtime")
        self._review = Review(server, name, workers=(), conditions=CONDITIONS)
        self._attributes = json.dumps({"HumanLoopConfig": {"FlowDefinitionArn": self._review.arn}})
        self._confirmed: dict[int, str | None] = {}
        self._scores: dict[int, float] = {}
        self._deploy(server)

    def actors(self) -> Sequence[Act]:
        return [self._program(), self._program()]

    def verify(self) -> None:
        """What was confirmed is recorded once, and what was sent and never confirmed at most once."""
        recorded = list(pages(self._own.list_predictions, "Predictions", FlowDefinitionName=self._name))
        numbers = [int(each["Objects"][0]["Label"]) for each in recorded]
        assert len(numbers) == len(set(numbers))
        assert set(self._confirmed) <= set(numbers) <= set(self._scores)
        loops = {
            int(each["Objects"][0]["Label"]): each["HumanLoopName"]
            for each in recorded
            if "HumanLoopName" in each
        }
        assert set(loops) == {number for number in numbers if self._scores[number] < CUT}
        assert {number: name for number, name in self._confirmed.items() if name} == {
            number: name for number, name in loops.items() if number in self._confirmed
        }
        started = pages(
            self._loops.list_human_loops, "HumanLoopSummaries", FlowDefinitionArn=self._review.arn
        )
        assert sorted(loop["HumanLoopName"] for loop in started) == sorted(loops.values())
        for name in loops.values():  # nobody answers them
            self._loops.stop_human_loop(HumanLoopName=name)

    def _program(self) -> Act:
        waiting: list[int] = []

        def act() -> bool:
            if not waiting:
                if self.closing:
                    return False
                number = next(self._numbers)
                self._scores[number] = round(random.random(), 4)
                waiting.append(number)
            answer = self._predicted(waiting[0])
            if answer is None:
                return False
            self._confirmed[waiting.pop()] = answer.get("HumanLoopArn", "").rpartition("/")[2] or None
            return True

        return act

    def _predicted(self, number: int) -> dict[str, Any] | None:
        """What a call says of the review; None while the model does not answer."""
        body = json.dumps([{"label": str(number), "score": self._scores[number]}]).encode()

        def ask() -> dict[str, Any]:
            answer = self._runtime.invoke_endpoint(
                EndpointName=self._name,
                Body=body,
                ContentType="application/json",
                CustomAttributes=self._attributes,
            )
            assert answer["Body"].read() == body
            return json.loads(answer["CustomAttributes"])["HumanLoopActivationOutput"]

        try:
            return confirmed(ask)
        except ClientError as error:
            if code(error) in NOT_YET:
                return None
            raise

    def _deploy(self, server: Server) -> None:
        sagemaker = server.client("sagemaker")
        package = self._own.subscribe(ProductId=PRODUCT, AcceptLicense=True)["ModelPackageArn"]
        sagemaker.create_model(
            ModelName=self._name, ExecutionRoleArn=ROLE, PrimaryContainer={"ModelPackageName": package}
        )
        variant = {"VariantName": "all", "ModelName": self._name, "InstanceType": "ml.m4.xlarge"}
        sagemaker.create_endpoint_config(
            EndpointConfigName=self._name, ProductionVariants=[{**variant, "InitialInstanceCount": 1}]
        )
        sagemaker.create_endpoint(EndpointName=self._name, EndpointConfigName=self._name)
        eventually(
            lambda: sagemaker.describe_endpoint(EndpointName=self._name)["EndpointStatus"] == "InService", 60
        )
