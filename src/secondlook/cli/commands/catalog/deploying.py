"""`secondlook catalog deploy`: from a product to an endpoint that answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click
from botocore.exceptions import ClientError

from secondlook.cli import options, service, watching
from secondlook.cli.commands.catalog.subscribing import accept
from secondlook.cli.endpoint_logs import EndpointLogs
from secondlook.cli.errors import CommandError
from secondlook.cli.output import faint
from secondlook.cli.step import Step
from secondlook.client.service import Service
from secondlook.hosting.catalog import calling

FLOW_TAG = "secondlook:flow-definition-arn"
LAST_LINES = 30


@click.command
@options.data
@click.argument("product")
@click.argument("endpoint")
@click.option("--instance-type", metavar="T", help="A name only [the first that the product names].")
@click.option("--count", metavar="N", default=1, show_default=True, type=click.IntRange(1), help="Instances.")
@click.option("--accept-license", is_flag=True, help="Accept the licence without being asked.")
@click.option(
    "--flow", metavar="ARN", help="Have the conditions of this flow definition judge its predictions."
)
def deploy(
    data: Path | None,
    product: str,
    endpoint: str,
    instance_type: str | None,
    count: int,
    flow: str | None,
    *,
    accept_license: bool,
) -> None:
    """Bring PRODUCT up as the endpoint ENDPOINT, and say how to call it.

    A model and an endpoint config of the same name are made for it. What is there already as it should be is taken as it is, so the
    command can be given again.
    """
    server = service.reach(data)
    described = server.own.describe_product(ProductId=product)["Product"]
    package = described["ModelPackageArn"]
    if not described["Subscribed"]:
        package = accept(server.own, described, accept_license=accept_license)
    _model(server, endpoint, package)
    kind = instance_type or next(iter(described["InstanceTypes"]), "ml.m5.large")
    _config(server, endpoint, kind, count)
    _endpoint(server, endpoint, flow)
    _wait(server, endpoint)
    click.echo(f"{endpoint} is InService. To call it:\n", err=True)
    ways = calling.ways(endpoint, described["ContentTypes"][0], described.get("SampleInput", ""))
    click.echo("\n\n".join(ways))


def _model(server: Service, name: str, package: str) -> None:
    sagemaker = server.client("sagemaker")
    there = _there(sagemaker.describe_model, ModelName=name)
    if there is None:
        account = server.own.get_server()["Account"]
        sagemaker.create_model(
            ModelName=name,
            ExecutionRoleArn=f"arn:aws:iam::{account}:role/service-role/secondlook",
            Containers=[{"ModelPackageName": package}],
            EnableNetworkIsolation=True,
        )
        return
    containers = [
        container for container in (there.get("PrimaryContainer"), *there.get("Containers", ())) if container
    ]
    if [container.get("ModelPackageName") for container in containers] != [package]:
        raise CommandError(
            f"There is a model {name} already, of something else: choose another name for the endpoint."
        )


def _config(server: Service, name: str, kind: str, count: int) -> None:
    sagemaker = server.client("sagemaker")
    wanted = {
        "VariantName": "AllTraffic",
        "ModelName": name,
        "InstanceType": kind,
        "InitialInstanceCount": count,
    }
    there = _there(sagemaker.describe_endpoint_config, EndpointConfigName=name)
    if there is None:
        sagemaker.create_endpoint_config(EndpointConfigName=name, ProductionVariants=[wanted])
    elif not _is_same(there["ProductionVariants"], wanted):
        raise CommandError(
            f"There is an endpoint config {name} already, which says something else (another model, type or number of "
            "instances): choose another name for the endpoint, or delete the config with DeleteEndpointConfig."
        )


def _is_same(variants: list[dict[str, Any]], wanted: Mapping[str, Any]) -> bool:
    return len(variants) == 1 and all(variants[0].get(member) == value for member, value in wanted.items())


def _endpoint(server: Service, name: str, flow: str | None) -> None:
    sagemaker = server.client("sagemaker")
    there = _there(sagemaker.describe_endpoint, EndpointName=name)
    tags = [{"Key": FLOW_TAG, "Value": flow}] if flow else []
    if there is None:
        sagemaker.create_endpoint(EndpointName=name, EndpointConfigName=name, Tags=tags)
        return
    if there["EndpointConfigName"] != name:
        raise CommandError(
            f"There is an endpoint {name} already, of the config {there['EndpointConfigName']}: choose another name."
        )
    if there["EndpointStatus"] in {"Failed", "Deleting"}:
        raise CommandError(
            f"The endpoint {name} is {there['EndpointStatus']}: secondlook endpoints delete {name}, then give this again."
        )
    if tags:
        sagemaker.add_tags(ResourceArn=there["EndpointArn"], Tags=tags)
    click.echo(f"There is the endpoint {name} already; it is {there['EndpointStatus']}.", err=True)


def _there(describe: Callable[..., dict[str, Any]], **name: str) -> dict[str, Any] | None:
    """What a Describe operation answers; None where there is no such thing."""
    try:
        return describe(**name)
    except ClientError as error:
        if "could not find" in str(error).lower() or "does not exist" in str(error).lower():
            return None
        raise


def _wait(server: Service, name: str) -> None:
    """Until it answers. Where it fails, what its model said last stands before the reason."""
    try:
        with Step(f"Starting the endpoint {name}") as step:
            watching.until_in_service(server.client("sagemaker"), name, step.now)
    except CommandError:
        lines = EndpointLogs(server.client("logs"), name).last(LAST_LINES)
        if lines:
            click.echo(faint(f"The last {len(lines)} lines of its log:"), err=True)
        for line in lines:
            click.echo(line, err=True)
        raise
