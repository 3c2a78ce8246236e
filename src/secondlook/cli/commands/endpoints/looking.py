"""`secondlook endpoints list`, `show` and `delete`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from botocore.exceptions import ClientError

from secondlook.cli import options, service
from secondlook.cli.output import details, faint
from secondlook.cli.tables import table
from secondlook.cli.times import ago
from secondlook.client.service import Service
from secondlook.hosting.catalog import calling

FLOW_TAG = "secondlook:flow-definition-arn"


@click.command("list")
@options.data
@click.option(
    "--limit", default=30, show_default=True, type=click.IntRange(1, 10000), help="At most this many."
)
def list_endpoints(data: Path | None, limit: int) -> None:
    """List the endpoints, newest first."""
    server = service.reach(data)
    sagemaker = server.client("sagemaker")
    found = list(server.every("sagemaker", "list_endpoints", "Endpoints", limit + 1))
    if not found:
        click.echo("There is no endpoint. Make one: secondlook catalog deploy PRODUCT ENDPOINT", err=True)
        return
    rows = []
    for listed in found[:limit]:
        try:
            endpoint = sagemaker.describe_endpoint(EndpointName=listed["EndpointName"])
        except ClientError:  # deleted in this moment
            continue
        rows.append(
            (
                endpoint["EndpointName"],
                endpoint["EndpointStatus"],
                endpoint["EndpointConfigName"],
                _instances(endpoint),
                ago(endpoint["LastModifiedTime"]),
                endpoint.get("FailureReason"),
            )
        )
    click.echo(table(["ENDPOINT", "STATUS", "CONFIG", "INSTANCES", "SINCE", "FAILURE"], rows))
    if len(found) > limit:
        click.echo(f"There are more than these {limit:,}; --limit shows as many as it says.", err=True)


def _instances(endpoint: dict[str, Any]) -> str:
    """`2 of 3`: those that answer the server that is asked."""
    variants = endpoint.get("ProductionVariants", ())
    answering, desired = (
        sum(variant.get(member, 0) for variant in variants)
        for member in ("CurrentInstanceCount", "DesiredInstanceCount")
    )
    return f"{answering} of {desired}"


@click.command
@options.data
@click.argument("name")
def show(data: Path | None, name: str) -> None:
    """Show the endpoint NAME: its variants, what is wrong with it, how to call it."""
    server = service.reach(data)
    sagemaker = server.client("sagemaker")
    endpoint = sagemaker.describe_endpoint(EndpointName=name)
    tags = server.every("sagemaker", "list_tags", "Tags", ResourceArn=endpoint["EndpointArn"])
    update = endpoint.get("PendingDeploymentSummary")
    click.echo(
        details(
            [
                ("Endpoint", name),
                ("Status", endpoint["EndpointStatus"]),
                ("Failure", endpoint.get("FailureReason")),
                ("Config", endpoint["EndpointConfigName"]),
                (
                    "Update",
                    update
                    and f"to the config {update['EndpointConfigName']}, begun {ago(update['StartTime'])}",
                ),
                ("Reviewed by", next((tag["Value"] for tag in tags if tag["Key"] == FLOW_TAG), None)),
                ("Made", ago(endpoint["CreationTime"])),
                ("Changed", ago(endpoint["LastModifiedTime"])),
                ("ARN", endpoint["EndpointArn"]),
            ]
        )
    )
    rows = [(*_row(variant), "") for variant in endpoint.get("ProductionVariants", ())]
    rows += [(*_row(variant), "of the update") for variant in (update or {}).get("ProductionVariants", ())]
    click.echo(f"\n{table(['VARIANT', 'IMAGE', 'WEIGHT', 'INSTANCES', ''], rows)}")
    if endpoint["EndpointStatus"] == "Failed":
        click.echo(f"\n{faint('What its models said: secondlook endpoints logs')} {name}")
        return
    ways = calling.ways(name, *body_of(server, endpoint), is_asynchronous="AsyncInferenceConfig" in endpoint)
    click.echo("\n\n".join((f"\n{faint('To call it:')}", *ways)))


def _row(variant: dict[str, Any]) -> tuple[str, ...]:
    weight, desired = variant.get("CurrentWeight", 0), variant.get("DesiredWeight", 0)
    return (
        variant["VariantName"],
        ", ".join(image["SpecifiedImage"] for image in variant.get("DeployedImages", ())),
        f"{weight:g}" if weight == desired else f"{weight:g}, becoming {desired:g}",
        f"{variant.get('CurrentInstanceCount', 0)} of {variant.get('DesiredInstanceCount', 0)}",
    )


def body_of(server: Service, endpoint: dict[str, Any]) -> tuple[str, ...]:
    """The content type and the sample of the product that it runs; nothing where it runs none, or its config or model has gone."""
    sagemaker = server.client("sagemaker")
    try:
        config = sagemaker.describe_endpoint_config(EndpointConfigName=endpoint["EndpointConfigName"])
        model = sagemaker.describe_model(ModelName=config["ProductionVariants"][0]["ModelName"])
        containers = [model.get("PrimaryContainer"), *model.get("Containers", ())]
        package = next(container["ModelPackageName"] for container in containers if container)
        product = server.own.describe_product(ProductId=package)["Product"]
    except (ClientError, KeyError, StopIteration):
        return ()
    return product["ContentTypes"][0], product.get("SampleInput", "")


@click.command
@options.data
@click.argument("name")
def delete(data: Path | None, name: str) -> None:
    """Delete the endpoint NAME; its model and its config stay."""
    service.reach(data).client("sagemaker").delete_endpoint(EndpointName=name)
    click.echo(f"{name} is being deleted. Its log, its model and its config stay.")
