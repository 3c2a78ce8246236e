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
from secondlook.client.looking import looks
from secondlook.client.service import Service
from secondlook.hosting.catalog import calling

FLOW_TAG = "secondlook:flow-definition-arn"
LAST_LINES = 30
GONE = {"Failed", "Deleting"}
"""The statuses in which an endpoint answers nobody and never will."""


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

    A model and an endpoint config of the same name are made for it. Given again, the command brings up what the product is by then: no
    call is lost over it, and where it does not come up, the endpoint goes on as it was. One that failed is made anew.

    The licence of a product of this server's own account, as "secondlook catalog new" makes them, is not asked about.
    """
    server = service.reach(data)
    described = server.own.describe_product(ProductId=product)["Product"]
    package = described["ModelPackageArn"]
    if not described["Subscribed"]:
        # As on AWS: whose package it is needs no subscription to it.
        is_own = package.split(":")[4] == server.own.get_server()["Account"]
        package = accept(server.own, described, accept_license=accept_license or is_own)
    _model(server, endpoint, package)
    kind = instance_type or next(iter(described["InstanceTypes"]), "ml.m5.large")
    _config(server, endpoint, kind, count)
    _endpoint(server, endpoint, flow)
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
    """Make it, make it anew where it failed, or update it; returns when it is InService."""
    sagemaker = server.client("sagemaker")
    there = _there(sagemaker.describe_endpoint, EndpointName=name)
    tags = [{"Key": FLOW_TAG, "Value": flow}] if flow else []
    if there is not None and there["EndpointConfigName"] != name:
        raise CommandError(
            f"There is an endpoint {name} already, of the config {there['EndpointConfigName']}: choose another name."
        )
    if there is None or there["EndpointStatus"] in GONE:
        if there is not None:
            tags = tags or _tags(server, there["EndpointArn"])
            _remove(server, name, there["EndpointStatus"])
        sagemaker.create_endpoint(EndpointName=name, EndpointConfigName=name, Tags=tags)
        _wait(server, name, "Starting")
        return
    if tags:
        sagemaker.add_tags(ResourceArn=there["EndpointArn"], Tags=tags)
    if there["EndpointStatus"] != "InService":
        _wait(server, name, "Waiting for")
    sagemaker.update_endpoint(EndpointName=name, EndpointConfigName=name)
    _wait(server, name, "Updating")


def _tags(server: Service, arn: str) -> list[dict[str, str]]:
    return list(server.every("sagemaker", "list_tags", "Tags", ResourceArn=arn))


def _remove(server: Service, name: str, status: str) -> None:
    """Delete a failed endpoint, and return when it, or one that was being deleted, has gone."""
    sagemaker = server.client("sagemaker")
    if status == "Failed":
        sagemaker.delete_endpoint(EndpointName=name)
    with Step(f"Removing the endpoint {name}, which was {status}"):
        for there in looks(lambda: _there(sagemaker.describe_endpoint, EndpointName=name)):
            if there is None:
                return
            if there["EndpointStatus"] == "Failed":
                raise CommandError(
                    f"The endpoint {name} could not be deleted: {there.get('FailureReason', 'no reason was given')}"
                )


def _there(describe: Callable[..., dict[str, Any]], **name: str) -> dict[str, Any] | None:
    """What a Describe operation answers; None where there is no such thing."""
    try:
        return describe(**name)
    except ClientError as error:
        if "could not find" in str(error).lower() or "does not exist" in str(error).lower():
            return None
        raise


def _wait(server: Service, name: str, doing: str) -> None:
    """Until it answers. Where it fails, what its model said last stands before the reason."""
    until = watching.until_updated if doing == "Updating" else watching.until_in_service
    try:
        with Step(f"{doing} the endpoint {name}") as step:
            until(server.client("sagemaker"), name, step.now)
    except CommandError:
        lines = EndpointLogs(server.client("logs"), name).last(LAST_LINES)
        if lines:
            click.echo(faint(f"The last {len(lines)} lines of its log:"), err=True)
        for line in lines:
            click.echo(line, err=True)
        raise
