"""A product behind an endpoint, for as long as the demo needs it."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from secondlook.cli import watching
from secondlook.cli.demo.subject import Subject
from secondlook.cli.step import Step
from secondlook.client.service import Service


def subscribe(server: Service, product: str) -> str:
    """Subscribe unless that is done; the product's ARN. Says which licence it accepts."""
    listing = server.own.describe_product(ProductId=product)["Product"]
    if not listing["Subscribed"]:
        with Step(
            f"Subscribing to {product}, accepting its licence ({listing['LicenseName']}, {listing['Price'].lower()})"
        ):
            server.own.subscribe(ProductId=product, AcceptLicense=True)
    return str(listing["ModelPackageArn"])


@contextlib.contextmanager
def deployed(server: Service, package: str, name: str, role: str) -> Iterator[None]:
    """A model, its configuration and its endpoint, all called `name`; deleted afterwards."""
    sagemaker = server.client("sagemaker")
    with contextlib.ExitStack() as undo, Step(f"Starting the endpoint {name}") as step:
        sagemaker.create_model(
            ModelName=name,
            ExecutionRoleArn=role,
            Containers=[{"ModelPackageName": package}],
            EnableNetworkIsolation=True,
        )
        undo.callback(_quietly, sagemaker.delete_model, ModelName=name)
        sagemaker.create_endpoint_config(
            EndpointConfigName=name,
            ProductionVariants=[
                {
                    "VariantName": "AllTraffic",
                    "ModelName": name,
                    "InitialInstanceCount": 1,
                    "InstanceType": "ml.m4.xlarge",
                }
            ],
        )
        undo.callback(_quietly, sagemaker.delete_endpoint_config, EndpointConfigName=name)
        sagemaker.create_endpoint(EndpointName=name, EndpointConfigName=name)
        undo.callback(_quietly, sagemaker.delete_endpoint, EndpointName=name)
        watching.until_in_service(sagemaker, name, step.now)
        keep = undo.pop_all()
    with keep:
        yield


def ask(server: Service, endpoint: str, subject: Subject) -> list[dict[str, Any]]:
    """What the model says about the subject's picture, best first."""
    with Step(f"Showing it {subject.picture.name}"):
        answer = server.client("sagemaker-runtime").invoke_endpoint(
            EndpointName=endpoint,
            ContentType="image/jpeg",
            Accept="application/json",
            Body=subject.picture.read_bytes(),
        )
        predictions: list[dict[str, Any]] = json.loads(answer["Body"].read())
    return predictions


def _quietly(delete: Any, **what: str) -> None:
    """Tidying up must not hide what went wrong before."""
    with contextlib.suppress(ClientError, BotoCoreError):
        delete(**what)
