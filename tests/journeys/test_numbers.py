"""Numbers and times at their ends, in every member of every served operation: taken, or refused by name; never our fault.

Random members (`test_bad_input_fuzz.py`) seldom get past the first error; here all else of a call is right, and what was
taken can be read again.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any
from urllib.parse import urlencode

import pytest

from secondlook.api import operations
from secondlook.wire import specs
from secondlook.wire.specs import Shape
from tests.running import Server

from .reviewing import Review
from .signed import Answer, call, send

ENDS = [
    *(sign * (2**bits - less) for bits in (31, 32, 63) for less in (1, 0) for sign in (1, -1)),
    *(0, -1, 10**11, 10**30, 253402300799, -62135596800, 0.5, 1e38, 3.5e38, 1e308, -1e308),
    *("NaN", "Infinity", "-Infinity", "9999-12-31T23:59:59.999999Z", "0001-01-01T00:00:00Z", True, [], {}),
]

READERS = {
    "CreateEndpointConfig": ("DescribeEndpointConfig", "EndpointConfigName"),
    "CreateFlowDefinition": ("DescribeFlowDefinition", "FlowDefinitionName"),
    "CreateKey": ("ListKeys", None),
}
"""What shows again that an operation has taken: the operation, and the member of the name."""

Path = tuple[str | int, ...]


def numbers(shape: Shape, path: Path = ()) -> Iterator[Path]:
    """Where a structure has a number or a time."""
    match shape.type:
        case "structure":
            for name, member in shape.members.items():
                yield from numbers(member, (*path, name))
        case "list":
            yield from numbers(shape.member, (*path, 0))
        case "integer" | "long" | "float" | "double" | "timestamp":
            yield path


MEMBERS = [
    (service, name, paths)
    for service in ("sagemaker", "secondlook")
    for name in operations.served(service)
    if (paths := list(numbers(specs.load(service).operation(name).input)))
]


class Calls:
    """Calls in which everything is right, as a start."""

    def __init__(self, server: Server, name: str) -> None:
        self.server, self.name, self.numbers = server, name, count()
        self.review = Review(server, name)
        package = server.client("secondlook").subscribe(ProductId="fastestdet-coco", AcceptLicense=True)
        self.sagemaker = server.client("sagemaker")
        self.sagemaker.create_model(
            ModelName=name,
            ExecutionRoleArn="arn:aws:iam::123456789012:role/r",
            PrimaryContainer={"ModelPackageName": package["ModelPackageArn"]},
        )

    def right(self, operation: str) -> dict[str, Any]:
        fresh = f"{self.name}-{next(self.numbers)}"
        match operation:
            case "CreateFlowDefinition":
                kept_flow = self.sagemaker.describe_flow_definition(FlowDefinitionName=self.name)
                kept = ("HumanLoopConfig", "OutputConfig", "RoleArn")
                return {member: kept_flow[member] for member in kept} | {"FlowDefinitionName": fresh}
            case "CreateEndpointConfig":
                variant = {"VariantName": "a", "ModelName": self.name, "InstanceType": "ml.m4.xlarge"}
                return {
                    "EndpointConfigName": fresh,
                    "ProductionVariants": [{**variant, "InitialInstanceCount": 1}],
                }
            case "CreateKey":
                return {"Name": fresh}
        return {}


@pytest.fixture
def calls(server: Server, name: str) -> Calls:
    return Calls(server, name)


def put(members: Any, path: Path, value: Any) -> None:
    """Set what a path leads to, making what is missing on the way."""
    *way, last = path
    for step, following in zip(way, path[1:], strict=True):
        members = members[0] if step == 0 else members.setdefault(step, [{}] if following == 0 else {})
    members[last] = value


def described(calls: Calls, operation: str, params: dict[str, Any]) -> Answer | None:
    """What was made, as it is told; None where nothing tells it."""
    reader, name = READERS.get(operation, (None, None))
    if reader is None:
        return None
    service = "secondlook" if operation == "CreateKey" else "sagemaker"
    return call(calls.server, reader, {name: params[name]} if name else {}, service=service)


@pytest.mark.parametrize(("service", "name_of_operation", "paths"), MEMBERS)
def test_no_number_makes_the_server_fail(
    calls: Calls, service: str, name_of_operation: str, paths: list[Path]
) -> None:
    for path in paths:
        for value in ENDS:
            params = calls.right(name_of_operation)
            put(params, path, value)
            answer = call(calls.server, name_of_operation, params, service=service)
            after = described(calls, name_of_operation, params) if answer.status == 200 else None

            assert answer.status < 500, (path, value, answer.body)
            assert after is None or after.status == 200, (path, value, after.body)


@pytest.mark.parametrize("member", ["CreationTimeAfter", "CreationTimeBefore", "MaxResults"])
def test_no_number_in_a_query_makes_the_server_fail(calls: Calls, member: str) -> None:
    for value in ENDS:
        query = urlencode({"FlowDefinitionArn": calls.review.arn, member: value})
        answer = send(calls.server, "GET", f"/human-loops?{query}")

        assert answer.status < 500, (value, answer.body)


@pytest.mark.parametrize("value", ENDS)
def test_no_number_makes_objects_fail(calls: Calls, value: Any) -> None:
    bucket = f"/{calls.name}"
    upload = calls.server.client("s3").create_multipart_upload(Bucket=calls.name, Key="k")["UploadId"]
    for method, path, query in (
        ("GET", "/", {"max-buckets": value}),
        ("GET", bucket, {"max-keys": value}),
        ("GET", bucket, {"list-type": 2, "max-keys": value}),
        ("GET", bucket, {"uploads": "", "max-uploads": value}),
        ("GET", f"{bucket}/k", {"uploadId": upload, "max-parts": value}),
        ("GET", f"{bucket}/k", {"uploadId": upload, "part-number-marker": value}),
        ("GET", f"{bucket}/k", {"partNumber": value}),
        ("PUT", f"{bucket}/k", {"uploadId": upload, "partNumber": value}),
    ):
        answer = send(calls.server, method, f"{path}?{urlencode(query)}", service="s3")

        assert answer.status in {*range(500), 501}, (path, query, answer.body)
